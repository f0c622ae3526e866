//! Places in a payload, as JSON pointers.

use e2e_tests::random::Random;
use serde_json::Value;

/// The pointer of a place below another.
pub(crate) fn at(outer: &str, place: &str) -> String {
    format!("{outer}{place}")
}

/// Every place below a value, itself included: those of fields with all names.
pub(crate) fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

fn collect(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{place}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{place}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(place);
}

/// A place below a part of a payload whose value can be repeated.
pub(crate) fn repeatable(payload: &Value, part: &str, random: &mut Random) -> Option<String> {
    let part = payload.pointer(part)?;
    let mut places = places(part);
    places.retain(|place| {
        matches!(
            part.pointer(place),
            Some(Value::Array(_) | Value::Object(_) | Value::String(_))
        )
    });
    random.choose(&places).cloned()
}

/// The last name on a place.
pub(crate) fn last_name(place: &str) -> &str {
    place.rsplit('/').next().unwrap_or_default()
}
