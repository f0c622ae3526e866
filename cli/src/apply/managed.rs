//! Reads what server-side apply keeps of the last apply: the fields that each manager owns.
//!
//! <https://kubernetes.io/docs/reference/using-api/server-side-apply/>

use serde_json::{Map, Value};

use crate::input::yaml::text_at;

/// The manager of `kubectl apply --server-side`.
const KUBECTL: &str = "kubectl";

/// The part of an object that was applied last on the server; nothing where it was not applied
/// there, or where several others than kubectl did.
pub(super) fn last_applied(object: &Value) -> Option<Value> {
    let entries = object.pointer("/metadata/managedFields")?.as_array()?;
    let applied: Vec<_> = entries
        .iter()
        .filter(|entry| text_at(entry, "operation") == "Apply")
        .filter(|entry| entry.get("subresource").is_none_or(Value::is_null))
        .collect();
    let of_kubectl = |entry: &&&Value| text_at(entry, "manager") == KUBECTL;
    let entry = match applied.as_slice() {
        [only] => only,
        several => several.iter().find(of_kubectl)?,
    };
    owned(object, entry.get("fieldsV1")?)
}

/// The part of a value that a set of fields names: `f:NAME` a field, `k:KEYS` the item of a list with
/// these keys, `v:VALUE` an item of a set. An empty set means the whole value.
fn owned(value: &Value, fields: &Value) -> Option<Value> {
    let fields: Map<_, _> = fields.as_object()?.clone();
    let inner = fields.iter().filter(|(name, _)| *name != ".");
    let inner: Vec<_> = inner.collect();
    match value {
        _ if inner.is_empty() => Some(value.clone()),
        Value::Object(object) => {
            let parts = inner.into_iter().filter_map(|(name, fields)| {
                let name = name.strip_prefix("f:")?;
                Some((name.to_owned(), owned(object.get(name)?, fields)?))
            });
            Some(Value::Object(parts.collect()))
        }
        Value::Array(items) => {
            let parts = items.iter().filter_map(|item| {
                let (_, fields) = inner.iter().find(|(name, _)| names(name, item))?;
                owned(item, fields)
            });
            Some(Value::Array(parts.collect()))
        }
        other => Some(other.clone()),
    }
}

/// Whether a name of a set, such as `k:{"name":"app"}` or `v:"a"`, names an item of a list.
fn names(name: &str, item: &Value) -> bool {
    let parse = |json: &str| serde_json::from_str::<Value>(json).ok();
    if let Some(keys) = name.strip_prefix("k:").and_then(parse) {
        let keys = keys.as_object().into_iter().flatten();
        return keys
            .into_iter()
            .all(|(key, value)| item.get(key) == Some(value));
    }
    name.strip_prefix("v:").and_then(parse).as_ref() == Some(item)
}
