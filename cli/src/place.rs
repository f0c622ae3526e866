//! Places in the input.

use std::fmt;
use std::sync::Arc;

use crate::printable::Printable;

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    line: usize,
    column: usize,
}

impl Position {
    /// A parser may count the end of a line as column 0 of the next one, which no report may name.
    pub(crate) fn new(line: usize, column: usize) -> Self {
        Self {
            line: line.max(1),
            column: column.max(1),
        }
    }

    pub(crate) const fn line(self) -> usize {
        self.line
    }

    pub(crate) const fn column(self) -> usize {
        self.column
    }

    /// The position after so many lines and, in the last of them, so many columns.
    pub(crate) fn after(self, lines: usize, columns: usize) -> Self {
        Self {
            line: self.line + lines,
            column: match lines {
                0 => self.column + columns,
                _ => 1 + columns,
            },
        }
    }
}

/// The beginning of a file.
impl Default for Position {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// The name of standard input as a source.
pub(crate) const STANDARD_INPUT: &str = "standard input";

/// A place in the input, as errors and reports name it: `all.yaml, document 2 at line 14, items[3]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    source: Arc<str>,
    document: Option<usize>,
    line: Option<usize>,
    items: Vec<usize>,
}

impl Place {
    /// A whole file or stream.
    pub(crate) fn new(source: &str) -> Self {
        Self {
            source: Arc::from(source),
            document: None,
            line: None,
            items: Vec::new(),
        }
    }

    /// The file or stream.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Adds the number of a document, counted from 1.
    pub(crate) fn document(self, number: usize) -> Self {
        Self {
            document: Some(number),
            ..self
        }
    }

    /// Adds the line on which the document starts, counted from 1.
    pub(crate) fn line(self, line: usize) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }

    /// The position at which the document starts, where it is known.
    pub(crate) fn start(&self) -> Option<Position> {
        self.line.map(|line| Position::new(line, 1))
    }

    /// Adds the index of an item in a list, counted from 0 as in Kubernetes.
    pub(crate) fn item(mut self, index: usize) -> Self {
        self.items.push(index);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", Printable(&self.source))?;
        if let Some(document) = self.document {
            write!(formatter, ", document {document}")?;
            if let Some(line) = self.line {
                write!(formatter, " at line {line}")?;
            }
        }
        for (depth, index) in self.items.iter().enumerate() {
            let separator = if depth == 0 { ", " } else { "." };
            write!(formatter, "{separator}items[{index}]")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_document_line_and_item() {
        let place = Place::new("all.yaml").document(2).line(14).item(3);
        assert_eq!(
            place.to_string(),
            "all.yaml, document 2 at line 14, items[3]"
        );
    }
}
