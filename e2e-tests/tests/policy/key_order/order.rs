//! Orders of keys, and JSON that is written in one.

use std::cmp::Ordering;

use serde_json::Value;

/// Compares two keys.
pub(crate) type Order = fn(&str, &str) -> Ordering;

/// Orders in which clients write keys, beside the sorted one.
pub(crate) const ORDERS: [(&str, Order); 4] = [
    ("Go's order", as_go),
    ("reversed order", reversed),
    ("Go's order reversed", reversed_go),
    ("containers last", containers_last),
];

/// Keys in the order of the fields of Go's structs. Any other key follows, in sorted order.
const GO: [&str; 43] = [
    "request",
    "settings",
    "uid",
    "group",
    "version",
    "kind",
    "apiVersion",
    "resource",
    "subResource",
    "requestKind",
    "requestResource",
    "requestSubResource",
    "name",
    "namespace",
    "labels",
    "annotations",
    "managedFields",
    "operation",
    "userInfo",
    "username",
    "groups",
    "extra",
    "object",
    "oldObject",
    "dryRun",
    "options",
    "metadata",
    "replicas",
    "selector",
    "template",
    "spec",
    "status",
    "volumes",
    "initContainers",
    "containers",
    "ephemeralContainers",
    "image",
    "reference",
    "env",
    "value",
    "resources",
    "imagePullPolicy",
    "pullPolicy",
];

pub(crate) fn sorted(a: &str, b: &str) -> Ordering {
    a.cmp(b)
}

fn reversed(a: &str, b: &str) -> Ordering {
    b.cmp(a)
}

fn as_go(a: &str, b: &str) -> Ordering {
    let rank = |key: &str| {
        GO.iter()
            .position(|known| *known == key)
            .unwrap_or(GO.len())
    };
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}

fn reversed_go(a: &str, b: &str) -> Ordering {
    as_go(b, a)
}

/// Sorted order, except that containers come last.
fn containers_last(a: &str, b: &str) -> Ordering {
    (a == "containers")
        .cmp(&(b == "containers"))
        .then_with(|| a.cmp(b))
}

/// Writes JSON with its keys in this order, at every depth.
pub(crate) fn in_order(value: &Value, order: Order) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|(a, _), (b, _)| order(a, b));
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), in_order(value, order))
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| in_order(item, order)).collect();
            format!("[{}]", items.join(","))
        }
        _ => value.to_string(),
    }
}
