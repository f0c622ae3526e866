//! A small payload, and the parts of it that are repeated until it is as large as wanted.

use serde_json::{Value, json};

use crate::place::at;

/// Texts that stand for the parts until these are repeated.
const OBJECT: &str = "\u{1}object";
const OLD_OBJECT: &str = "\u{1}oldObject";
const SETTINGS: &str = "\u{1}settings";
/// The character that stands for the number of a copy.
const NUMBER: char = '\u{2}';
/// The digits of such a number. With equally many, names stay in order.
const DIGITS: usize = 6;

/// The parts of a payload that a candidate repeats.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repeated {
    /// A place below the object: its list, object or text is repeated, in the old object too.
    pub(crate) in_object: Option<String>,
    /// A place below the settings.
    pub(crate) in_settings: Option<String>,
    /// Whether each repeated name or text gets a number, so that none equals another.
    pub(crate) is_numbered: bool,
}

/// The sizes that a payload is to have, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) payload: usize,
    pub(crate) settings: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) payload: Value,
    pub(crate) repeated: Repeated,
}

impl Candidate {
    /// The payload with its parts repeated; `None` where that cannot be as small as wanted.
    pub(crate) fn grown(&self, size: Size) -> Option<Vec<u8>> {
        let Repeated {
            in_object,
            in_settings,
            is_numbered,
        } = &self.repeated;
        let mut payload = self.payload.clone();
        let mut parts = Vec::new();
        for (outer, place, marker) in [
            ("/request/object", in_object, OBJECT),
            ("/request/oldObject", in_object, OLD_OBJECT),
            ("/settings", in_settings, SETTINGS),
        ] {
            if let Some(place) = place
                && let Some(value) = payload.pointer_mut(&at(outer, place))
            {
                parts.push((marker, std::mem::replace(value, json!(marker))));
            }
        }
        let text = payload.to_string();
        let objects = parts
            .iter()
            .filter(|(marker, _)| *marker != SETTINGS)
            .count();
        let bytes = size.payload.checked_sub(text.len())? / objects.max(1);
        let mut grown = text;
        for (marker, value) in parts {
            let bytes = if marker == SETTINGS {
                size.settings
            } else {
                bytes
            };
            let quoted = json!(marker).to_string();
            grown = grown.replacen(&quoted, &repeated(&value, bytes, *is_numbered), 1);
        }
        (grown.len() <= size.payload + size.settings).then_some(grown.into_bytes())
    }

    /// The kind, the operation and the repeated places. Of the candidates of one class only the
    /// costliest is kept.
    pub(crate) fn class(&self) -> String {
        let text = |pointer| self.payload.pointer(pointer).and_then(Value::as_str);
        let place = |place: &Option<String>| match place {
            Some(place) => place.replace(|character: char| character.is_ascii_digit(), "*"),
            None => "-".to_owned(),
        };
        format!(
            "{} {} object{} settings{}",
            text("/request/operation").unwrap_or_default(),
            text("/request/kind/kind").unwrap_or_default(),
            place(&self.repeated.in_object),
            place(&self.repeated.in_settings),
        )
    }
}

/// The JSON of a value that repeats what it holds, in up to so many bytes.
fn repeated(value: &Value, bytes: usize, is_numbered: bool) -> String {
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| match is_numbered {
                true => numbered(item).to_string(),
                false => item.to_string(),
            });
            let items: Vec<String> = items.collect();
            format!("[{}]", copies(&items.join(","), bytes))
        }
        Value::Object(fields) => {
            // A field keeps its meaning only under its own name, after which the others follow.
            let each = bytes / fields.len().max(1);
            let fields = fields.iter().map(|(name, value)| {
                let copy = format!("{}:{value}", json!(format!("{name}{NUMBER}")));
                format!("{}:{value},{}", json!(name), copies(&copy, each))
            });
            let fields: Vec<String> = fields.collect();
            format!("{{{}}}", fields.join(",")).replace(",}", "}")
        }
        Value::String(text) => {
            let text = json!(text).to_string();
            let inner = text.trim_matches('"');
            format!("\"{}\"", inner.repeat(bytes / inner.len().max(1)))
        }
        other => other.to_string(),
    }
}

/// Copies of a text, with commas between them, each with another number.
fn copies(text: &str, bytes: usize) -> String {
    let number = json!(NUMBER).to_string();
    let number = number.trim_matches('"');
    let count = bytes / (text.len() + DIGITS);
    let copies = (0..count).map(|position| text.replace(number, &format!("{position:0DIGITS$}")));
    copies.collect::<Vec<_>>().join(",")
}

/// An item with the place of a number after its text, or after its name.
fn numbered(item: &Value) -> Value {
    let mut item = item.clone();
    let text = match &mut item {
        Value::String(text) => Some(text),
        Value::Object(fields) => match fields.get_mut("name") {
            Some(Value::String(name)) => Some(name),
            _ => None,
        },
        _ => None,
    };
    if let Some(text) = text {
        text.push(NUMBER);
    }
    item
}
