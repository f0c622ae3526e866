//! Splits text into documents, so that a broken one does not hide the others.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use crate::input::error::{InputError, Problem};
use crate::input::position::{SourceValue, Text};
use crate::input::yaml::{Parsed, Streamed, parse_json, parse_yaml};
use crate::place::{Place, Position};

/// A document of the input. Documents without content are left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    pub(crate) place: Place,
    pub(crate) value: Value,
    pub(crate) text: Arc<Text>,
    /// The paths of keys that are given more than once in their mapping.
    pub(crate) repeated: Vec<String>,
}

impl Document {
    /// A value without a text.
    pub(crate) fn of(place: Place, value: Value) -> Self {
        Self {
            place,
            value,
            text: Arc::default(),
            repeated: Vec::new(),
        }
    }

    /// Whether somebody meant it as a Kubernetes object, or as a request with one.
    pub(crate) fn is_meant_as_object(&self) -> bool {
        let has = |name| self.value.get(name).is_some_and(|value| !value.is_null());
        (has("apiVersion") && has("kind")) || is_request(&self.value)
    }
}

/// Whether a value is an AdmissionReview or an AdmissionRequest. The kind of the latter is an
/// object, where that of a Kubernetes object is a name.
pub(crate) fn is_request(value: &Value) -> bool {
    let kind = value.get("kind");
    let has_any = |fields: &[&str]| fields.iter().any(|field| value.get(*field).is_some());
    kind.and_then(Value::as_str) == Some("AdmissionReview")
        || (kind.is_some_and(Value::is_object) && has_any(&["operation", "uid"]))
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
        Err(problem) => {
            let text = Arc::new(Text::new(&lossy(bytes), Position::default()));
            let error = InputError::new(place, problem).within(SourceValue::new(text));
            return vec![Err(error)];
        }
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

/// The text of bytes that are not UTF-8, as far as they can be read: it tells whether they were meant
/// as an object.
fn lossy(bytes: &[u8]) -> String {
    let from: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes).into_owned(),
    };
    let (units, _) = bytes.as_chunks::<2>();
    let units: Vec<_> = units.iter().copied().map(from).collect();
    String::from_utf16_lossy(&units)
}

fn json_documents(place: &Place, text: &str) -> Vec<Result<Document, InputError>> {
    let values = parse_json(text);
    let several = values.len() > 1;
    let mut read = Lines::default();
    let documents = values.into_iter().enumerate().map(|(index, value)| {
        let Streamed { range, parsed } = value;
        let start = read.skip_to(text, range.start);
        let text = Text::new(text.get(range).unwrap_or_default(), start);
        let place = match several {
            true => place.clone().document(index + 1),
            false => place.clone(),
        };
        (with_line(place, &parsed, start.line()), parsed, text)
    });
    keep_content(documents)
}

/// Counts the lines of a text up to a place in it.
#[derive(Default)]
struct Lines {
    offset: usize,
    position: Position,
}

impl Lines {
    fn skip_to(&mut self, text: &str, offset: usize) -> Position {
        let skipped = text.get(self.offset..offset).unwrap_or_default();
        self.offset = offset;
        for character in skipped.chars() {
            self.position = match character {
                '\n' => self.position.after(1, 0),
                _ => self.position.after(0, 1),
            };
        }
        self.position
    }
}

fn yaml_documents(place: &Place, text: &str) -> Vec<Result<Document, InputError>> {
    let chunks = chunks(text);
    let several = chunks.len() > 1;
    let documents = chunks.into_iter().enumerate().map(|(index, chunk)| {
        let place = match several {
            true => place.clone().document(index + 1),
            false => place.clone(),
        };
        let start = Position::new(chunk.line, 1);
        let text = without_mark(chunk.text);
        let parsed = parse_yaml(&text, chunk.line);
        let place = with_line(place, &parsed, chunk.content_line);
        (place, parsed, Text::new(&text, start))
    });
    keep_content(documents)
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// The text without the byte order mark at the beginning of a document, which files that were joined
/// have. The parser takes it at the beginning of a stream only.
fn without_mark(document: &str) -> Cow<'_, str> {
    if !document.contains(MARK) {
        return Cow::Borrowed(document);
    }
    let mut is_before = true;
    let lines = document.split_inclusive('\n').map(|line| {
        let content = line.strip_prefix(MARK).filter(|_| is_before);
        is_before &= content.is_none() && (is_blank(line) || is_marker(line, "---"));
        content.unwrap_or(line)
    });
    Cow::Owned(lines.collect())
}

/// A document's place with its line, unless the parser's message has the line.
fn with_line(place: Place, parsed: &Result<Parsed, Problem>, line: usize) -> Place {
    match parsed {
        Err(Problem::Syntax { .. }) => place,
        _ => place.line(line),
    }
}

fn keep_content(
    documents: impl Iterator<Item = (Place, Result<Parsed, Problem>, Text)>,
) -> Vec<Result<Document, InputError>> {
    documents
        .filter(|(_, parsed, _)| {
            let value = parsed.as_ref().map(|parsed| &parsed.value);
            !matches!(value, Ok(Value::Null))
        })
        .map(|(place, parsed, text)| {
            let text = Arc::new(text);
            match parsed {
                Ok(Parsed { value, repeated }) => Ok(Document {
                    place,
                    value,
                    text,
                    repeated,
                }),
                Err(problem) => Err(InputError::new(place, problem).within(SourceValue::new(text))),
            }
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
            let after = line.trim_start_matches('-').trim_start();
            if !after.is_empty() && !after.starts_with('#') {
                open.content_line.get_or_insert(number);
            }
        } else if is_marker(line, "...") {
            chunks.extend(open.close(text, offset));
            open = Open::at(offset + line.len(), number + 1);
        } else if !is_blank(line) && (open.started || !is_directive(line)) {
            open.started = true;
            open.content_line.get_or_insert(number);
        }
        offset += line.len();
    }
    chunks.extend(open.close(text, offset));
    chunks
}

/// A chunk whose end was not found yet.
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

/// Whether a line has no content: it is empty, or a comment.
fn is_blank(line: &str) -> bool {
    let line = line.trim_start_matches(MARK).trim();
    line.is_empty() || line.starts_with('#')
}

/// Whether a line is a directive of YAML, if it comes before a document.
fn is_directive(line: &str) -> bool {
    line.starts_with('%')
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
