//! Small changes of a payload.

use e2e_tests::random::Random;
use serde_json::{Map, Value, json};

use crate::place::{at, last_name, places};

/// Texts that take work: in tags, patterns, references to variables, placeholders and patches.
const TEXTS: [&str; 22] = [
    "",
    "a",
    "a:a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a",
    "a:1a_1a_1a_1a_1a_1a_1a_1a_1a_1a_1a_1a",
    "a:1.2.3-rc1-1.2.3-rc1-1.2.3-rc1",
    "acme/a:1.2.3",
    "ghcr.io/acme/web:main",
    "a.example/a/a/a/a/a/a/a/a/a/a/a/a/a:main",
    "ghcr.io/a:b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "**/a*/*a*",
    "*a*a*a*a*a",
    "--i*",
    "--image=a:b",
    "$(A)$(A)$(A)",
    "${A}",
    "{{ .a }}",
    "a=b:c,d=e:f g=h:i",
    "Always",
    "spec[*].a[*].image",
    "/spec/containers/0/image",
    r#"[{"op":"add","path":"/spec/containers/0/image","value":"a:b"}]"#,
    r#"[{"op":"add","path":"/spec/containers/0/imagePullPolicy","value":"Always"}]"#,
];

/// The parts of a payload that are changed.
const PARTS: [&str; 4] = [
    "/request/object",
    "/request/object",
    "/request/oldObject",
    "/settings",
];

/// Changes a payload in one way. `others` are payloads from which parts are taken.
pub(crate) fn mutate(payload: &mut Value, others: &[Value], random: &mut Random) {
    let Some(other) = random.choose(others) else {
        return;
    };
    match random.below(9) {
        0 | 1 => take_over(payload, other, random),
        2 => remove(payload, random),
        3 | 4 => {
            let text = random.choose(&TEXTS).copied().unwrap_or_default();
            set(payload, random, |_| json!(text));
        }
        5 => add_setting(payload, other, random),
        6 => set(
            payload,
            random,
            |value| json!({"template": value, "image": "a", "args": []}),
        ),
        7 => set(payload, random, |value| json!([value, value])),
        _ => update(payload, random),
    }
}

/// A place in a part of the payload that has one.
fn pointer(payload: &Value, random: &mut Random) -> Option<String> {
    let part = random.choose(&PARTS)?;
    let places = places(payload.pointer(part)?);
    Some(at(part, random.choose(&places)?))
}

/// Sets a value to what becomes of it.
fn set(payload: &mut Value, random: &mut Random, new: impl FnOnce(&Value) -> Value) {
    if let Some(pointer) = pointer(payload, random)
        && let Some(value) = payload.pointer_mut(&pointer)
    {
        *value = new(value);
    }
}

/// Sets a value to one of the same name in another payload.
fn take_over(payload: &mut Value, other: &Value, random: &mut Random) {
    let Some(pointer) = pointer(payload, random) else {
        return;
    };
    let mut same = places(other);
    same.retain(|place| last_name(place) == last_name(&pointer));
    if let Some(place) = random.choose(&same)
        && let (Some(value), Some(taken)) = (payload.pointer_mut(&pointer), other.pointer(place))
    {
        *value = taken.clone();
    }
}

fn remove(payload: &mut Value, random: &mut Random) {
    let Some(pointer) = pointer(payload, random) else {
        return;
    };
    let Some((outer, _)) = pointer.rsplit_once('/') else {
        return;
    };
    match payload.pointer_mut(outer) {
        Some(Value::Array(items)) => {
            items.pop();
        }
        Some(Value::Object(fields)) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            if let Some(name) = random.choose(&names) {
                fields.remove(name);
            }
        }
        _ => {}
    }
}

/// Adds a field of the settings of another payload.
fn add_setting(payload: &mut Value, other: &Value, random: &mut Random) {
    let settings = other.pointer("/settings").and_then(Value::as_object);
    let settings: Vec<_> = settings.into_iter().flatten().collect();
    if let Some((name, value)) = random.choose(&settings)
        && let Some(own) = payload.pointer_mut("/settings")
    {
        if !own.is_object() {
            *own = Value::Object(Map::new());
        }
        if let Some(own) = own.as_object_mut() {
            own.insert((*name).clone(), (*value).clone());
        }
    }
}

/// Makes the payload an update of what it creates, with another label.
fn update(payload: &mut Value, random: &mut Random) {
    let object = payload.pointer("/request/object").cloned();
    let Some(request) = payload
        .pointer_mut("/request")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    request.insert("oldObject".to_owned(), object.unwrap_or_default());
    request.insert("operation".to_owned(), json!("UPDATE"));
    let labels = [
        "/request/object/metadata",
        "/request/object/spec/template/metadata",
        "/request/object/spec",
    ];
    let pointer = random.choose(&labels).copied().unwrap_or_default();
    if let Some(fields) = payload.pointer_mut(pointer).and_then(Value::as_object_mut) {
        fields.insert(
            "labels".to_owned(),
            json!({"changed": random.below(10).to_string()}),
        );
    }
}
