//! Lists of names in a sentence: the first few names, and the number of the others.

use std::fmt;

use crate::printable::Printable;

/// Names, of which the first few are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    first: Vec<String>,
    count: usize,
}

impl Names {
    /// The number of names that are kept. Nobody would read more.
    const FIRST: usize = 5;

    pub(crate) fn add(&mut self, name: &str) {
        if self.first.len() < Self::FIRST {
            self.first.push(name.to_owned());
        }
        self.count += 1;
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<'n> FromIterator<&'n String> for Names {
    fn from_iter<I: IntoIterator<Item = &'n String>>(names: I) -> Self {
        names.into_iter().fold(Self::default(), |mut all, name| {
            all.add(name);
            all
        })
    }
}

/// Displays `a, b, c, d, e and 3 more`.
impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable(&self.first.join(", ")))?;
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// Files, and the documents in them, which are added in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Files {
    names: Names,
    documents: usize,
    last: String,
}

impl Files {
    /// Adds a document of a file.
    pub(crate) fn add(&mut self, file: &str) {
        if self.last != file {
            self.names.add(file);
            file.clone_into(&mut self.last);
        }
        self.documents += 1;
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn documents(&self) -> usize {
        self.documents
    }
}

/// A count with its noun: `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_five_and_counts_the_others() {
        let mut names = Names::default();
        names.add("a");
        names.add("b");
        assert_eq!(names.to_string(), "a, b");
        for name in ["c", "d", "e", "f", "g"] {
            names.add(name);
        }
        assert_eq!(names.to_string(), "a, b, c, d, e and 2 more");
    }

    #[test]
    fn counts_the_documents_of_a_file_and_names_it_once() {
        let mut files = Files::default();
        for file in ["a.yaml", "a.yaml", "b.yaml"] {
            files.add(file);
        }
        assert_eq!(files.names().to_string(), "a.yaml, b.yaml");
        assert_eq!(files.documents(), 3);
    }
}
