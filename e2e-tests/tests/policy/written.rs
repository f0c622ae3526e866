//! Writes JSON that no library writes: with invalid values, or nested deep.

use serde_json::Value;

use crate::answer::quoted;

/// A marker that is replaced by raw text.
const MARK: &str = "@mark@";

/// JSON with `raw` as the value at `pointer`, valid or not.
pub(crate) fn with_raw(value: &Value, pointer: &str, raw: &str) -> String {
    let marked = crate::request::with(value, pointer, Value::String(MARK.to_owned()));
    replaced(&marked.to_string(), &quoted(MARK), raw)
}

/// JSON with another field in the object at `pointer`, whose key is `raw`.
pub(crate) fn with_raw_key(value: &Value, pointer: &str, raw: &str) -> String {
    let marked = crate::request::with(value, &format!("{pointer}/{MARK}"), Value::Null);
    replaced(&marked.to_string(), &quoted(MARK), raw)
}

fn replaced(json: &str, mark: &str, raw: &str) -> String {
    assert_eq!(json.matches(mark).count(), 1, "{json}");
    json.replacen(mark, raw, 1)
}

/// `count` nested lists.
pub(crate) fn nested_lists(count: usize) -> String {
    format!("{}{}", "[".repeat(count), "]".repeat(count))
}

/// `count` nested objects.
pub(crate) fn nested_objects(count: usize) -> String {
    format!("{}1{}", "{\"a\":".repeat(count), "}".repeat(count))
}
