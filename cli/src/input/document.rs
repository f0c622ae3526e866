//! Splits text into documents, so that a broken one does not hide the others.

use std::sync::Arc;

use serde_json::Value;

use crate::input::error::{InputError, Problem};
use crate::input::position::Text;
use crate::input::yaml::{Parsed, parse_json, parse_yaml};
use crate::place::Place;

/// A document of the input. Documents without content are left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    pub(crate) place: Place,
    pub(crate) value: Value,
    pub(crate) text: Arc<Text>,
    /// The paths of keys that stand in their mapping more than once.
    pub(crate) repeated: Vec<String>,
}

impl Document {
    /// A value that no document was read for.
    pub(crate) fn of(place: Place, value: Value) -> Self {
        Self {
            place,
            value,
            text: Arc::default(),
            repeated: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// JSON only.
    Json,
    /// YAML, or JSON.
    Any,
}

/// Reads all documents of a file or stream.
pub(crate) fn documents(
    source: &str,
    bytes: &[u8],
    syntax: Syntax,
) -> Vec<Result<Document, InputError>> {
    let place = Place::new(source);
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problem) => return vec![Err(InputError::new(place, problem))],
    };
    if syntax == Syntax::Json {
        return json_documents(&place, text);
    }
    if text.trim_start().starts_with('{') {
        let documents = json_documents(&place, text);
        // Text that begins like JSON can still be YAML.
        if documents.iter().all(Result::is_ok) {
            return documents;
        }
    }
    yaml_documents(&place, text)
}

fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Problem::WideEncoding);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.iter().take(error.valid_up_to());
        Problem::NotUtf8 {
            line: valid.filter(|&&byte| byte == b'\n').count() + 1,
        }
    })
}

fn json_documents(place: &Place, text: &str) -> Vec<Result<Document, InputError>> {
    let values = parse_json(text);
    let several = values.len() > 1;
    // Positions in a stream of several values are not looked for.
    let written = match several {
        true => Text::default(),
        false => Text::new(text, 1),
    };
    let written = Arc::new(written);
    let documents = values.into_iter().enumerate().map(|(index, value)| {
        let place = if several {
            place.clone().document(index + 1)
        } else {
            place.clone()
        };
        (place, value, Arc::clone(&written))
    });
    keep_content(documents)
}

fn yaml_documents(place: &Place, text: &str) -> Vec<Result<Document, InputError>> {
    let chunks = chunks(text);
    let several = chunks.len() > 1;
    let documents = chunks.into_iter().enumerate().map(|(index, chunk)| {
        let numbered = if several {
            place.clone().document(index + 1)
        } else {
            place.clone()
        };
        let text = Arc::new(Text::new(chunk.text, chunk.line));
        let (place, parsed) = match parse_yaml(chunk.text, chunk.line) {
            Ok(value) => (numbered.line(chunk.content_line), Ok(value)),
            // The parser's message already has the line.
            Err(problem @ Problem::Syntax { .. }) => (numbered, Err(problem)),
            Err(problem) => (numbered.line(chunk.content_line), Err(problem)),
        };
        (place, parsed, text)
    });
    keep_content(documents)
}

fn keep_content(
    documents: impl Iterator<Item = (Place, Result<Parsed, Problem>, Arc<Text>)>,
) -> Vec<Result<Document, InputError>> {
    documents
        .filter(|(_, parsed, _)| {
            let value = parsed.as_ref().map(|parsed| &parsed.value);
            !matches!(value, Ok(Value::Null))
        })
        .map(|(place, parsed, text)| match parsed {
            Ok(Parsed { value, repeated }) => Ok(Document {
                place,
                value,
                text,
                repeated,
            }),
            Err(problem) => Err(InputError::new(place, problem).in_text(text)),
        })
        .collect()
}

/// The text of one YAML document.
#[derive(Debug, PartialEq, Eq)]
struct Chunk<'a> {
    text: &'a str,
    line: usize,
    /// The first line that is not a comment, directive or marker.
    content_line: usize,
}

/// Finds the documents of a YAML stream without parsing them: YAML forbids markers at the
/// start of a line within a document (section 9.1.2).
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut open = Open::at(0, 1);
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let number = index + 1;
        if is_marker(line, "---") {
            if open.started {
                chunks.extend(open.close(text, offset));
                open = Open::at(offset, number);
            }
            open.started = true;
            let behind = line.trim_start_matches('-').trim_start();
            if !behind.is_empty() && !behind.starts_with('#') {
                open.content_line.get_or_insert(number);
            }
        } else if is_marker(line, "...") {
            chunks.extend(open.close(text, offset));
            open = Open::at(offset + line.len(), number + 1);
        } else if !is_prelude(line, open.started) {
            open.started = true;
            open.content_line.get_or_insert(number);
        }
        offset += line.len();
    }
    chunks.extend(open.close(text, offset));
    chunks
}

struct Open {
    offset: usize,
    line: usize,
    started: bool,
    content_line: Option<usize>,
}

impl Open {
    fn at(offset: usize, line: usize) -> Self {
        Self {
            offset,
            line,
            started: false,
            content_line: None,
        }
    }

    fn close<'a>(&self, text: &'a str, end: usize) -> Option<Chunk<'a>> {
        let text = text.get(self.offset..end).filter(|_| self.started)?;
        Some(Chunk {
            text,
            line: self.line,
            content_line: self.content_line.unwrap_or(self.line),
        })
    }
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// Whether a line can precede a document without being part of it.
fn is_prelude(line: &str, started: bool) -> bool {
    let trimmed = line.trim();
    trimmed.is_empty() || trimmed.starts_with('#') || (!started && line.starts_with('%'))
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
