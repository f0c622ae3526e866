//! The changes that a policy made to an object.

use std::fmt;

use json_patch::PatchOperation;
use json_patch::jsonptr::Pointer;
use serde_json::Value;

/// The longest value that is shown whole, in characters.
const LONGEST: usize = 120;

/// A change, as a report shows it: `spec.replicas: 1 becomes 2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mutation {
    path: String,
    what: String,
}

impl Mutation {
    /// The changes that turn `object` into `mutated`.
    pub(crate) fn between(object: &Value, mutated: &Value) -> Vec<Self> {
        let mut current = object.clone();
        let mut mutations = Vec::new();
        for operation in json_patch::diff(object, mutated).0 {
            let old = current.pointer(operation.path().as_str()).map(brief);
            let old = old.unwrap_or_default();
            let what = match &operation {
                PatchOperation::Add(add) => format!("{} is added", brief(&add.value)),
                PatchOperation::Remove(_) => format!("{old} is removed"),
                PatchOperation::Replace(new) => format!("{old} becomes {}", brief(&new.value)),
                // A diff does not use these operations.
                PatchOperation::Move(_) | PatchOperation::Copy(_) | PatchOperation::Test(_) => {
                    continue;
                }
            };
            mutations.push(Self {
                path: path(&current, operation.path()),
                what,
            });
            // The indices of an operation refer to the object after the previous operation.
            if json_patch::patch(&mut current, &[operation]).is_err() {
                break;
            }
        }
        mutations
    }
}

impl fmt::Display for Mutation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.what)
    }
}

fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Converts a JSON pointer to a path: `/spec/containers/0` becomes `spec.containers[0]`.
fn path(object: &Value, pointer: &Pointer) -> String {
    let mut path = String::new();
    let mut value = Some(object);
    for token in pointer.tokens() {
        let name = token.decoded();
        let is_item = value.is_some_and(Value::is_array);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if is_item || name.is_empty() || !name.bytes().all(is_plain) {
            path = format!("{path}[{name}]");
        } else if path.is_empty() {
            path.push_str(&name);
        } else {
            path = format!("{path}.{name}");
        }
        value = value.and_then(|value| match value {
            Value::Object(fields) => fields.get(name.as_ref()),
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        });
    }
    if path.is_empty() {
        path.push_str("object");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn between(object: &Value, mutated: &Value) -> Vec<String> {
        let mutations = Mutation::between(object, mutated);
        mutations.iter().map(Mutation::to_string).collect()
    }

    #[test]
    fn a_change_is_told_with_its_path_and_both_values() {
        let object = json!({
            "metadata": {"annotations": {"a.b/c": "1"}},
            "spec": {"containers": [{"image": "a:1", "tty": true}, {"image": "b"}, {"image": "c"}]},
        });
        let mutated = json!({
            "metadata": {"annotations": {"a.b/c": "2"}},
            "spec": {"containers": [{"image": "a:1@sha256:0"}, {"image": "b", "imagePullPolicy": "Never"}]},
        });
        assert_eq!(
            between(&object, &mutated),
            [
                "metadata.annotations[a.b/c]: \"1\" becomes \"2\"",
                "spec.containers[0].image: \"a:1\" becomes \"a:1@sha256:0\"",
                "spec.containers[0].tty: true is removed",
                "spec.containers[1].imagePullPolicy: \"Never\" is added",
                "spec.containers[2]: {\"image\":\"c\"} is removed",
            ]
        );
    }

    #[test]
    fn a_numeric_name_is_not_an_index() {
        assert_eq!(
            between(&json!({"data": {"0": "a"}}), &json!({"data": {}})),
            ["data.0: \"a\" is removed"]
        );
    }

    #[test]
    fn names_the_whole_object_and_truncates_long_values() {
        let long = "x".repeat(200);
        assert_eq!(
            between(&json!(1), &json!(long)),
            [format!("object: 1 becomes \"{}…", "x".repeat(119))]
        );
        assert_eq!(between(&json!({"a": 1}), &json!({"a": 1})), [""; 0]);
    }
}
