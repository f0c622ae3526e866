//! Reads a YAML document, or JSON, as the JSON value that Kubernetes sees.
//!
//! YAML can express more than JSON. Whatever kubectl reads (merge keys, keys that are
//! numbers, keys that stand twice) is read; everything else is an error that names the field.

use serde_json::{Map, Value};

use super::tree::Tree;
use crate::input::error::Problem;

/// A value, and the paths of keys that stand in their mapping more than once.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) repeated: Vec<String>,
}

/// Reads a document that begins on the given line of its file.
pub(crate) fn parse_yaml(text: &str, line: usize) -> Result<Parsed, Problem> {
    match yaml_serde::from_str::<Tree>(text) {
        Ok(document) => Converter::new(MergeKeys::Apply).finish(document),
        Err(error) => Err(Problem::Syntax {
            message: syntax_message(text, line).unwrap_or_else(|| error.to_string()),
            template: text.contains("{{"),
        }),
    }
}

/// The parser's message, with lines of the file. The parser counts lines from the beginning
/// of the text, so that the text is parsed again behind empty lines.
fn syntax_message(text: &str, line: usize) -> Option<String> {
    let above = line.checked_sub(1).filter(|&lines| lines > 0)?;
    let padded = format!("{}{text}", "\n".repeat(above));
    Some(yaml_serde::from_str::<Tree>(&padded).err()?.to_string())
}

/// Reads consecutive JSON values, as `kubectl` does.
pub(crate) fn parse_json(text: &str) -> Vec<Result<Parsed, Problem>> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<Tree>()
        .map(|document| {
            let document = document.map_err(|error| Problem::Syntax {
                message: error.to_string(),
                template: text.contains("{{"),
            })?;
            Converter::new(MergeKeys::Keep).finish(document)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MergeKeys {
    Apply,
    Keep,
}

struct Converter {
    merge_keys: MergeKeys,
    path: Vec<String>,
    repeated: Vec<String>,
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
            converted.push(self.within(format!("[{index}]"), item)?);
        }
        Ok(converted)
    }

    fn entries(&mut self, entries: Vec<(Tree, Tree)>) -> Result<Map<String, Value>, Problem> {
        let mut own = Map::new();
        let mut merged = Vec::new();
        for (key, value) in entries {
            let key = self.key(key)?;
            if key == "<<" && self.merge_keys == MergeKeys::Apply {
                merged = self.merged(value)?;
                continue;
            }
            let converted = self.within(key.clone(), value)?;
            if own.insert(key.clone(), converted).is_some() {
                self.path.push(key);
                self.repeated.push(self.field());
                self.path.pop();
            }
        }
        // The mapping's own keys win, then those of the first merged mapping.
        for (key, value) in merged.into_iter().flatten() {
            own.entry(key).or_insert(value);
        }
        Ok(own)
    }

    fn merged(&mut self, value: Tree) -> Result<Vec<Map<String, Value>>, Problem> {
        let values = match self.within("<<".to_owned(), value)? {
            Value::Array(values) => values,
            value => vec![value],
        };
        values
            .into_iter()
            .map(|value| match value {
                Value::Object(entries) => Ok(entries),
                other => Err(self.refuse(format!("the merge of {}", type_name(&other)))),
            })
            .collect()
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

    fn within(&mut self, segment: String, value: Tree) -> Result<Value, Problem> {
        self.path.push(segment);
        let converted = self.convert(value)?;
        self.path.pop();
        Ok(converted)
    }

    fn refuse(&self, what: String) -> Problem {
        let field = self.field();
        Problem::NoJsonForm { field, what }
    }

    /// The path of the current value.
    fn field(&self) -> String {
        let mut field = String::new();
        for segment in &self.path {
            if !field.is_empty() && !segment.starts_with('[') {
                field.push('.');
            }
            field.push_str(segment);
        }
        field
    }
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
