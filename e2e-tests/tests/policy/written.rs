//! JSON that no library writes: with values that are no values, or nested deep.

use serde_json::Value;

use crate::answer::quoted;

/// A text that stands for one that is put in its place.
const MARK: &str = "@mark@";

/// JSON in which `raw` stands where `pointer` leads, whatever it is.
pub(crate) fn with_raw(value: &Value, pointer: &str, raw: &str) -> String {
    let marked = crate::request::with(value, pointer, Value::String(MARK.to_owned()));
    replaced(&marked.to_string(), &quoted(MARK), raw)
}

/// JSON with one more field, of which the key is raw, in the object that
/// `pointer` leads to.
pub(crate) fn with_raw_key(value: &Value, pointer: &str, raw: &str) -> String {
    let marked = crate::request::with(value, &format!("{pointer}/{MARK}"), Value::Null);
    replaced(&marked.to_string(), &quoted(MARK), raw)
}

fn replaced(json: &str, mark: &str, raw: &str) -> String {
    assert_eq!(json.matches(mark).count(), 1, "{json}");
    json.replacen(mark, raw, 1)
}

/// `count` lists within each other.
pub(crate) fn nested_lists(count: usize) -> String {
    format!("{}{}", "[".repeat(count), "]".repeat(count))
}

/// `count` objects within each other.
pub(crate) fn nested_objects(count: usize) -> String {
    format!("{}1{}", "{\"a\":".repeat(count), "}".repeat(count))
}
