//! Edits of JSON values, chosen by bytes.

use serde_json::{Map, Value, json};

use super::draw::Draw;

/// Texts that have a meaning to the policy in some field.
const TEXTS: [&str; 34] = [
    "",
    "Always",
    "IfNotPresent",
    "Never",
    "always",
    "nginx",
    "app:main",
    "app:1.2.3",
    "ghcr.io/acme/app:latest",
    "app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "no image!",
    "registry:5000/a/b:1",
    "${IMAGE}",
    "{{ .Values.image }}",
    "*",
    "**",
    "ghcr.io/**",
    "e2e-*",
    "default",
    "strict",
    "lenient",
    "warn",
    "enforce",
    "ignore",
    "pin",
    "if-not-present",
    "floating",
    "any",
    "In",
    "Exists",
    "CREATE",
    "UPDATE",
    "ephemeralcontainers",
    "é\u{1f980}\"\\\n",
];

/// Keys that have a meaning to the policy in some object.
const KEYS: [&str; 66] = [
    "",
    "containers",
    "initContainers",
    "ephemeralContainers",
    "volumes",
    "image",
    "reference",
    "imagePullPolicy",
    "pullPolicy",
    "name",
    "env",
    "value",
    "command",
    "args",
    "script",
    "spec",
    "template",
    "jobTemplate",
    "data",
    "metadata",
    "labels",
    "annotations",
    "ownerReferences",
    "controller",
    "kubernetes.io/config.mirror",
    "selector",
    "matchLabels",
    "matchExpressions",
    "key",
    "operator",
    "values",
    "status",
    "rbd",
    "imageName",
    "images",
    "major",
    "extensions",
    "postgresql",
    "pgbouncer",
    "componentImages",
    "kind",
    "group",
    "version",
    "operation",
    "subResource",
    "namespace",
    "userInfo",
    "username",
    "groups",
    "object",
    "oldObject",
    "mode",
    "environment",
    "environments",
    "namespaces",
    "namespaceSelector",
    "tags",
    "consider",
    "mutable",
    "immutable",
    "pullPolicies",
    "exemptions",
    "reason",
    "customResources",
    "podSpecs",
    "registries",
];

/// The number of nodes from which a value gets no more copies: a few copies in a row would
/// make it huge and the test slow.
const LARGE: usize = 1_000;

/// Edits a value in one place.
pub(crate) fn edit(value: &mut Value, others: &[Value], draw: &mut Draw<'_>) {
    let size = count(value);
    let new = match draw.below(4) {
        0 if size < LARGE => copy(draw.one_of(others), draw),
        1 if size < LARGE => copy(value, draw),
        _ => atom(draw),
    };
    let Some(target) = node(value, &mut draw.below(size)) else {
        return;
    };
    match draw.below(8) {
        0 => *target = new,
        1 => wrap(target, draw),
        _ => match target {
            Value::Array(items) => edit_list(items, new, draw),
            Value::Object(fields) => edit_object(fields, new, draw),
            Value::String(text) => edit_text(text, draw),
            _ => *target = new,
        },
    }
}

/// Counts the nodes of a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn node<'v>(value: &'v mut Value, before: &mut usize) -> Option<&'v mut Value> {
    if *before == 0 {
        return Some(value);
    }
    *before -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, before)),
        Value::Object(fields) => fields.values_mut().find_map(|item| node(item, before)),
        _ => None,
    }
}

/// Copies a node of a value.
fn copy(value: &Value, draw: &mut Draw<'_>) -> Value {
    fn part<'v>(value: &'v Value, before: &mut usize) -> Option<&'v Value> {
        if *before == 0 {
            return Some(value);
        }
        *before -= 1;
        match value {
            Value::Array(items) => items.iter().find_map(|item| part(item, before)),
            Value::Object(fields) => fields.values().find_map(|item| part(item, before)),
            _ => None,
        }
    }
    let position = draw.below(count(value));
    part(value, &mut { position }).cloned().unwrap_or_default()
}

fn atom(draw: &mut Draw<'_>) -> Value {
    match draw.below(12) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(true),
        4 => json!(false),
        5 => json!(draw.byte()),
        6 => json!(-1.5),
        _ => json!(draw.one_of(&TEXTS)),
    }
}

fn wrap(target: &mut Value, draw: &mut Draw<'_>) {
    let inner = target.take();
    *target = match draw.below(2) {
        0 => json!([inner]),
        _ => json!({*draw.one_of(&KEYS): inner}),
    };
}

fn edit_list(items: &mut Vec<Value>, new: Value, draw: &mut Draw<'_>) {
    let position = draw.below(items.len() + 1);
    match draw.below(4) {
        0 if position < items.len() => drop(items.remove(position)),
        1 if position < items.len() => items.insert(position, items[position].clone()),
        2 if !items.is_empty() => items.reverse(),
        _ => items.insert(position, new),
    }
}

fn edit_object(fields: &mut Map<String, Value>, new: Value, draw: &mut Draw<'_>) {
    let own = draw.below(fields.len().max(1));
    let own = fields.keys().nth(own).cloned().unwrap_or_default();
    let key = (*draw.one_of(&KEYS)).to_owned();
    match draw.below(4) {
        0 => drop(fields.remove(&own)),
        1 => {
            if let Some(value) = fields.remove(&own) {
                fields.insert(key, value);
            }
        }
        2 => drop(fields.insert(own, new)),
        _ => drop(fields.insert(key, new)),
    }
}

/// Edits a text in one place.
pub(crate) fn edit_text(text: &mut String, draw: &mut Draw<'_>) {
    const PIECES: [&str; 24] = [
        "/",
        ":",
        "@",
        ".",
        "-",
        "_",
        "__",
        "*",
        "A",
        "a",
        "0",
        "-1",
        "ä",
        "\0",
        "\"",
        " ",
        "[",
        "]",
        "docker.io/",
        "library/",
        "localhost",
        ":latest",
        ":1.2.3",
        "@sha256:",
    ];
    let ends: Vec<_> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let (one, other) = (*draw.one_of(&ends), *draw.one_of(&ends));
    let (start, end) = (one.min(other), one.max(other));
    match draw.below(4) {
        0 => text.replace_range(start..end, ""),
        1 if text.len() < 600 => {
            let part = text[start..end].to_owned();
            text.insert_str(end, &part);
        }
        2 => text.insert_str(start, TEXTS[draw.below(TEXTS.len())]),
        _ => text.insert_str(start, PIECES[draw.below(PIECES.len())]),
    }
}
