//! Lists the differences between two objects, by path as the policy writes paths.

use serde_json::{Map, Value};

/// Every field of `new` that is missing or different in `old`, with its value. A field that
/// is missing in `new` is null.
pub(crate) fn differences(old: &Value, new: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    collect(old, new, "", &mut found);
    found
}

fn collect(old: &Value, new: &Value, path: &str, found: &mut Map<String, Value>) {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in after {
                let path = within(path, key);
                collect(before.get(key).unwrap_or(&Value::Null), value, &path, found);
            }
            for key in before.keys().filter(|key| !after.contains_key(*key)) {
                found.insert(within(path, key), Value::Null);
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                collect(before, after, &format!("{path}[{index}]"), found);
            }
        }
        _ if old != new => {
            found.insert(path.to_owned(), new.clone());
        }
        _ => {}
    }
}

fn within(path: &str, key: &str) -> String {
    if !key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    {
        return format!("{path}[{key}]");
    }
    match path {
        "" => key.to_owned(),
        _ => format!("{path}.{key}"),
    }
}
