//! JSON that no library writes: with keys in an order of one's own, keys that
//! stand twice, and values that are no values.

use serde_json::Value;

use crate::answer::quoted;

/// A text that stands for one that is put in its place.
const MARK: &str = "@mark@";

/// JSON in which `raw` stands where `pointer` leads, whatever it is.
pub(crate) fn with_raw(value: &Value, pointer: &str, raw: &str) -> String {
    let marked = crate::request::with(value, pointer, Value::String(MARK.to_owned()));
    replaced(&marked.to_string(), &quoted(MARK), raw)
}

/// JSON in which the field that `pointer` leads to stands twice, alike both times.
pub(crate) fn with_twin(value: &Value, pointer: &str) -> String {
    let original = value.pointer(pointer).unwrap().to_string();
    let key = quoted(&last_step(pointer));
    let raw = format!("{original},{key}:{original}");
    with_raw(value, pointer, &raw)
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

fn last_step(pointer: &str) -> String {
    let (_, key) = pointer.rsplit_once('/').unwrap();
    key.replace("~1", "/")
}

/// `count` lists or objects within each other.
pub(crate) fn nested_lists(count: usize) -> String {
    format!("{}{}", "[".repeat(count), "]".repeat(count))
}

/// `count` objects within each other.
pub(crate) fn nested_objects(count: usize) -> String {
    format!("{}1{}", "{\"a\":".repeat(count), "}".repeat(count))
}
