//! A small payload, and the parts of it that are repeated until it is as large as wanted.

use serde_json::{Map, Value};

use crate::place::at;

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
        let mut bytes = size.payload;
        // Numbers and the rest of the payload take up bytes as well, so that fewer copies fit.
        for _ in 0..4 {
            let payload = self.repeated_up_to(bytes, size.settings).to_string();
            let excess = payload.len().saturating_sub(size.payload + size.settings);
            if excess == 0 {
                return Some(payload.into_bytes());
            }
            bytes = bytes.checked_sub(excess + bytes / 16)?;
        }
        None
    }

    fn repeated_up_to(&self, bytes: usize, settings: usize) -> Value {
        let mut payload = self.payload.clone();
        let Repeated {
            in_object,
            in_settings,
            is_numbered,
        } = &self.repeated;
        if let Some(place) = in_object {
            let new = at("/request/object", place);
            let old = at("/request/oldObject", place);
            let is_in_both = payload.pointer(&old).is_some();
            let each = if is_in_both { bytes / 2 } else { bytes };
            for pointer in [new, old] {
                if let Some(value) = payload.pointer_mut(&pointer) {
                    repeat(value, each, *is_numbered);
                }
            }
        }
        if let Some(place) = in_settings
            && let Some(value) = payload.pointer_mut(&at("/settings", place))
        {
            repeat(value, settings, *is_numbered);
        }
        payload
    }

    /// The kind, the operation and the repeated places. Of the candidates of one class only the
    /// dearest is kept.
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

/// Repeats what a value holds until it has about so many bytes.
fn repeat(value: &mut Value, bytes: usize, is_numbered: bool) {
    let copies = bytes / (value.to_string().len() + 1);
    match value {
        Value::Array(items) => {
            let mut all = Vec::new();
            for number in 0..copies {
                all.extend(items.iter().map(|item| match is_numbered {
                    true => numbered(item, number),
                    false => item.clone(),
                }));
            }
            *items = all;
        }
        Value::Object(fields) => {
            let mut all = Map::new();
            for number in 0..copies {
                let fields = fields.iter();
                all.extend(fields.map(|(name, value)| (format!("{name}{number}"), value.clone())));
            }
            // A field keeps its meaning only under its own name.
            all.append(fields);
            *fields = all;
        }
        Value::String(text) => *text = text.repeat(copies),
        _ => {}
    }
}

/// An item with a number behind its text, or behind its name.
fn numbered(item: &Value, number: usize) -> Value {
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
        text.push_str(&number.to_string());
    }
    item
}
