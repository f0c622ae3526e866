//! Reads a YAML document, or JSON, as the JSON value that Kubernetes sees.
//!
//! YAML can express more than JSON. Whatever kubectl reads (merge keys, keys that are
//! numbers) is read; everything else is an error that names the field.

use serde_json::{Map, Number, Value};
use yaml_serde::Value as Yaml;

use super::error::Problem;

/// Reads a document that begins on the given line of its file.
pub(super) fn parse_yaml(text: &str, line: usize) -> Result<Value, Problem> {
    match yaml_serde::from_str::<Yaml>(text) {
        Ok(document) => Converter::new(MergeKeys::Apply).convert(document),
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
    Some(yaml_serde::from_str::<Yaml>(&padded).err()?.to_string())
}

/// Reads consecutive JSON values, as `kubectl` does.
pub(super) fn parse_json(text: &str) -> Vec<Result<Value, Problem>> {
    // Values of yaml_serde refuse duplicate keys, of which those of serde_json would keep the
    // last.
    serde_json::Deserializer::from_str(text)
        .into_iter::<Yaml>()
        .map(|document| {
            let document = document.map_err(|error| Problem::Syntax {
                message: error.to_string(),
                template: text.contains("{{"),
            })?;
            Converter::new(MergeKeys::Keep).convert(document)
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
}

impl Converter {
    fn new(merge_keys: MergeKeys) -> Self {
        Self {
            merge_keys,
            path: Vec::new(),
        }
    }

    fn convert(&mut self, yaml: Yaml) -> Result<Value, Problem> {
        Ok(match yaml {
            Yaml::Null => Value::Null,
            Yaml::Bool(boolean) => Value::Bool(boolean),
            Yaml::Number(number) => Value::Number(self.number(&number)?),
            Yaml::String(text) => Value::String(text),
            Yaml::Sequence(items) => Value::Array(self.items(items)?),
            Yaml::Mapping(entries) => Value::Object(self.entries(entries)?),
            Yaml::Tagged(tagged) => return Err(self.refuse(format!("the tag {}", tagged.tag))),
        })
    }

    fn number(&self, number: &yaml_serde::Number) -> Result<Number, Problem> {
        let integer = number
            .as_u64()
            .map(Number::from)
            .or_else(|| number.as_i64().map(Number::from));
        integer
            .or_else(|| number.as_f64().and_then(Number::from_f64))
            .ok_or_else(|| self.refuse(format!("the number {number}")))
    }

    fn items(&mut self, items: Vec<Yaml>) -> Result<Vec<Value>, Problem> {
        let mut converted = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            converted.push(self.within(format!("[{index}]"), item)?);
        }
        Ok(converted)
    }

    fn entries(&mut self, entries: yaml_serde::Mapping) -> Result<Map<String, Value>, Problem> {
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
                return Err(self.refuse(format!("the key {key:?}, which stands there twice,")));
            }
        }
        // The mapping's own keys win, then those of the first merged mapping.
        for (key, value) in merged.into_iter().flatten() {
            own.entry(key).or_insert(value);
        }
        Ok(own)
    }

    fn merged(&mut self, value: Yaml) -> Result<Vec<Map<String, Value>>, Problem> {
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

    fn key(&self, key: Yaml) -> Result<String, Problem> {
        match key {
            Yaml::String(text) => Ok(text),
            Yaml::Bool(boolean) => Ok(boolean.to_string()),
            Yaml::Number(number) => Ok(self.number(&number)?.to_string()),
            Yaml::Null => Err(self.refuse("a key that is null".to_owned())),
            Yaml::Sequence(_) => Err(self.refuse("a key that is a list".to_owned())),
            Yaml::Mapping(_) => Err(self.refuse("a key that is a mapping".to_owned())),
            Yaml::Tagged(tagged) => Err(self.refuse(format!("the tag {}", tagged.tag))),
        }
    }

    fn within(&mut self, segment: String, value: Yaml) -> Result<Value, Problem> {
        self.path.push(segment);
        let converted = self.convert(value)?;
        self.path.pop();
        Ok(converted)
    }

    fn refuse(&self, what: String) -> Problem {
        let mut field = String::new();
        for segment in &self.path {
            if !field.is_empty() && !segment.starts_with('[') {
                field.push('.');
            }
            field.push_str(segment);
        }
        Problem::NoJsonForm { field, what }
    }
}

/// The name of a value's type in errors.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}
