//! Reads a YAML document, or JSON, as the JSON value that Kubernetes sees.
//!
//! YAML can express more than JSON. Merge keys, keys that are numbers and repeated keys are read as
//! kubectl reads them. Everything else is an error that names the field.

use std::collections::BTreeSet;
use std::ops::Range;

use mutable_tags_policy::document::FieldPath;
use saphyr_parser::{Event, Parser};
use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::tree::{Budget, Tree};
use crate::input::error::Problem;
use crate::place::Position;

/// A value, and the paths of keys that are given more than once in their mapping.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) repeated: Vec<String>,
}

/// The deepest nesting of lists and mappings that is parsed, as in kubectl's parser. Parsing time
/// grows with the square of the depth.
const MAX_LEVELS: usize = 10_000;

/// Reads a document that begins on the given line of its file.
pub(crate) fn parse_yaml(text: &str, line: usize) -> Result<Parsed, Problem> {
    if has_many_levels(text) {
        return Err(Problem::Syntax {
            message: format!("is nested more than {MAX_LEVELS} levels deep"),
            position: None,
        });
    }
    match Budget::of(text).deserialize(yaml_serde::Deserializer::from_str(text)) {
        Ok(document) => Converter::new(MergeKeys::Apply).finish(document),
        Err(error) => Err(syntax(line, &error)),
    }
}

fn has_many_levels(text: &str) -> bool {
    let (mut levels, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => levels += 1,
            b']' | b'}' => levels = levels.saturating_sub(1),
            _ => {}
        }
        deepest = levels.max(deepest);
    }
    // Brackets can be part of strings. Finding that out takes longer.
    deepest > MAX_LEVELS && has_many_nested(text)
}

fn has_many_nested(text: &str) -> bool {
    let mut levels = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), _)) => levels += 1,
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => levels = levels.saturating_sub(1),
            Ok(_) => {}
            Err(_) => return true,
        }
        if levels > MAX_LEVELS {
            return true;
        }
    }
    false
}

/// The parser counts lines from the beginning of the text.
fn syntax(line: usize, error: &yaml_serde::Error) -> Problem {
    let above = line.saturating_sub(1);
    Problem::Syntax {
        message: with_lines_below(above, &error.to_string()),
        position: error
            .location()
            .map(|location| Position::new(above + location.line(), location.column())),
    }
}

/// A message of the parser, in which lines are counted from the beginning of the file.
fn with_lines_below(above: usize, message: &str) -> String {
    const LINE: &str = " at line ";
    let mut parts = message.split(LINE);
    let mut counted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let line = part.strip_suffix(rest).map(str::parse::<usize>);
        counted.push_str(LINE);
        match line {
            Some(Ok(line)) => counted.push_str(&format!("{}{rest}", line + above)),
            _ => counted.push_str(part),
        }
    }
    counted
}

/// A value in a stream of JSON values.
pub(crate) struct Streamed {
    /// The bytes of the stream in which it stands.
    pub(crate) range: Range<usize>,
    pub(crate) parsed: Result<Parsed, Problem>,
}

/// Reads consecutive JSON values, as `kubectl` does.
pub(crate) fn parse_json(text: &str) -> Vec<Streamed> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Tree>();
    let mut values = Vec::new();
    loop {
        let read = stream.byte_offset();
        let Some(value) = stream.next() else {
            return values;
        };
        let rest = text.get(read..).unwrap_or_default();
        values.push(Streamed {
            range: text.len() - rest.trim_start().len()..match value {
                Ok(_) => stream.byte_offset(),
                Err(_) => text.len(),
            },
            parsed: match value {
                Ok(document) => Converter::new(MergeKeys::Keep).finish(document),
                Err(error) => Err(Problem::Syntax {
                    message: error.to_string(),
                    position: Some(Position::new(error.line(), error.column())),
                }),
            },
        });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MergeKeys {
    Apply,
    Keep,
}

struct Converter {
    merge_keys: MergeKeys,
    path: Vec<Step>,
    repeated: Vec<String>,
}

/// A step from a value to a value inside it.
enum Step {
    Field(String),
    Item(usize),
}

impl Converter {
    fn new(merge_keys: MergeKeys) -> Self {
        Self {
            merge_keys,
            path: Vec::new(),
            repeated: Vec::new(),
        }
    }

    fn finish(mut self, document: Tree) -> Result<Parsed, Problem> {
        let value = self.convert(document)?;
        let repeated = self.repeated;
        Ok(Parsed { value, repeated })
    }

    fn convert(&mut self, tree: Tree) -> Result<Value, Problem> {
        Ok(match tree {
            Tree::Null => Value::Null,
            Tree::Bool(boolean) => Value::Bool(boolean),
            Tree::Number(number) => Value::Number(number),
            Tree::NoNumber(number) => return Err(self.refuse(format!("the number {number}"))),
            Tree::String(text) => Value::String(text),
            Tree::Sequence(items) => Value::Array(self.items(items)?),
            Tree::Mapping(entries) => Value::Object(self.entries(entries)?),
            Tree::Tagged(tag) => return Err(self.refuse(format!("the tag {tag}"))),
        })
    }

    fn items(&mut self, items: Vec<Tree>) -> Result<Vec<Value>, Problem> {
        let mut converted = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            converted.push(self.within(Step::Item(index), item)?);
        }
        Ok(converted)
    }

    /// Converts the entries in their order, in which kubectl's parser lets a later one win: an own
    /// key over the keys that were merged before it, and a merge over the own keys before it.
    fn entries(&mut self, entries: Vec<(Tree, Tree)>) -> Result<Map<String, Value>, Problem> {
        let mut converted = Map::new();
        let mut own = BTreeSet::new();
        for (key, value) in entries {
            let key = self.key(key)?;
            if key == "<<" && self.merge_keys == MergeKeys::Apply {
                for (key, value) in self.merged(value)? {
                    if own.contains(&key) && converted.get(&key) != Some(&value) {
                        self.note_repeated(&key);
                    }
                    converted.insert(key, value);
                }
                continue;
            }
            let value = self.within(Step::Field(key.clone()), value)?;
            converted.insert(key.clone(), value);
            if let Some(key) = own.replace(key) {
                self.note_repeated(&key);
            }
        }
        Ok(converted)
    }

    fn note_repeated(&mut self, key: &str) {
        self.path.push(Step::Field(key.to_owned()));
        self.repeated.push(self.field());
        self.path.pop();
    }

    /// The entries of a merge key's mapping, or of several, of which the first wins.
    fn merged(&mut self, value: Tree) -> Result<Map<String, Value>, Problem> {
        let mappings = match self.within(Step::Field("<<".to_owned()), value)? {
            Value::Array(mappings) => mappings,
            mapping => vec![mapping],
        };
        let mut merged = Map::new();
        for mapping in mappings.into_iter().rev() {
            match mapping {
                Value::Object(entries) => merged.extend(entries),
                other => return Err(self.refuse(format!("the merge of {}", type_name(&other)))),
            }
        }
        Ok(merged)
    }

    fn key(&self, key: Tree) -> Result<String, Problem> {
        let what = match key {
            Tree::String(text) => return Ok(text),
            Tree::Bool(boolean) => return Ok(boolean.to_string()),
            Tree::Number(number) => return Ok(number.to_string()),
            Tree::NoNumber(number) => format!("the number {number}"),
            Tree::Null => "a key that is null".to_owned(),
            Tree::Sequence(_) => "a key that is a list".to_owned(),
            Tree::Mapping(_) => "a key that is a mapping".to_owned(),
            Tree::Tagged(tag) => format!("the tag {tag}"),
        };
        Err(self.refuse(what))
    }

    fn within(&mut self, step: Step, value: Tree) -> Result<Value, Problem> {
        self.path.push(step);
        let converted = self.convert(value)?;
        self.path.pop();
        Ok(converted)
    }

    fn refuse(&self, what: String) -> Problem {
        let field = self.field();
        Problem::NoJsonForm { field, what }
    }

    /// The path of the current value; empty for the document itself.
    fn field(&self) -> String {
        if self.path.is_empty() {
            return String::new();
        }
        let path = self.path.iter();
        let path = path.fold(FieldPath::default(), |path, step| match step {
            Step::Field(name) => path.with_field(name.clone()),
            Step::Item(index) => path.with_item(*index),
        });
        path.to_string()
    }
}

/// The text in a field of a value; empty where there is none.
pub(crate) fn text_at<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The name of a value's type in errors.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}
