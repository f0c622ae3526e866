//! Orders of keys.

use std::cmp::Ordering;

/// Whether a key comes before another.
pub(super) type Order = fn(&str, &str) -> Ordering;

/// The orders that clients write in, but for the sorted one.
pub(super) const ORDERS: [(&str, Order); 4] = [
    ("Go's order", as_go),
    ("reversed order", reversed),
    ("Go's order reversed", reversed_go),
    ("containers last", containers_last),
];

/// The order of the fields of Go's structs, as far as two of them meet in one
/// object; what is not here comes behind, as it is sorted.
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

pub(super) fn sorted(a: &str, b: &str) -> Ordering {
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

/// The containers alone come last: between what is sorted and what is not.
fn containers_last(a: &str, b: &str) -> Ordering {
    (a == "containers")
        .cmp(&(b == "containers"))
        .then_with(|| a.cmp(b))
}
