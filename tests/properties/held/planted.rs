//! An image with a moving tag that is always pulled, put where Pods get theirs from.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::draw::Draw;
use super::typed;
use super::{Held, Subject, hold};

const PLANTED: &str = "registry.example/planted/app:main";

/// Settings that let nothing pass that is new.
const STRICT: [&str; 10] = [
    "{}",
    r#"{"mode": "strict"}"#,
    r#"{"tags": {"consider": "any", "immutable": ["nginx"]}}"#,
    r#"{"unchanged": "warn", "owned": "ignore"}"#,
    r#"{"pullPolicies": ["Never", "Always"]}"#,
    r#"{"alwaysPullImages": true, "imageEnvVars": ["*"]}"#,
    r#"{"ephemeralContainers": "ignore"}"#,
    r#"{"drift": {"check": true}, "registries": ["**"]}"#,
    r#"{"environments": [{"name": "e", "mode": "lenient", "namespaces": ["nowhere-to-be-found"]}]}"#,
    r#"{"exemptions": [{"images": ["registry.example/planted"], "reason": "another"}]}"#,
];

/// Puts the image into the object of a payload, which somebody creates, or updates from
/// an object that had no such image.
pub(crate) fn plant(mut payload: Value, draw: &mut Draw<'_>) -> Value {
    let kind = payload["request"]["kind"].clone();
    let group = kind["group"].as_str().unwrap_or_default();
    let name = kind["kind"].as_str().unwrap_or_default();
    let place = match (group, name) {
        ("postgresql.cnpg.io", "Pooler") => Some("spec.template.spec"),
        _ => typed::kind_of(&payload).map(|kind| kind.at),
    };
    let container = json!({"name": "planted", "image": PLANTED, "imagePullPolicy": "Always"});
    let mut object = field(field(&mut payload, "request"), "object").take();
    match (place, group, name) {
        (Some(at), ..) => {
            let spec = at.split('.').fold(&mut object, field);
            let (section, item) = match draw.below(3) {
                0 => ("initContainers", container),
                1 => {
                    let image = json!({"reference": PLANTED, "pullPolicy": "Always"});
                    ("volumes", json!({"name": "planted", "image": image}))
                }
                _ => ("containers", container),
            };
            insert(field(spec, section), item, draw);
        }
        (None, "postgresql.cnpg.io", "Cluster") => {
            let spec = field(&mut object, "spec");
            *field(spec, "imageName") = json!(PLANTED);
            *field(spec, "imagePullPolicy") = json!("Always");
        }
        (None, "postgresql.cnpg.io", "ImageCatalog" | "ClusterImageCatalog") => {
            let images = field(field(&mut object, "spec"), "images");
            insert(images, json!({"major": 17, "image": PLANTED}), draw);
        }
        (None, "", "ConfigMap" | "Secret") | (None, _, "CustomResourceDefinition") => {
            *field(field(&mut payload, "request"), "kind") =
                json!({"group": "a.example", "kind": "Thing"});
            return plant_anywhere(payload, object, &container, draw);
        }
        (None, ..) => return plant_anywhere(payload, object, &container, draw),
    }
    finish(payload, object, draw)
}

/// Puts a list of containers into some object of those that are searched.
fn plant_anywhere(
    payload: Value,
    mut object: Value,
    container: &Value,
    draw: &mut Draw<'_>,
) -> Value {
    let mut place = as_object(&mut object);
    loop {
        let keys: Vec<_> = place
            .iter()
            .filter(|(key, value)| {
                value.is_object() && !matches!(key.as_str(), "metadata" | "status" | "rbd")
            })
            .map(|(key, _)| key.clone())
            .collect();
        let chosen = draw.below(keys.len() + 1);
        let Some(key) = keys.get(chosen) else { break };
        place = as_object(&mut place[key]);
    }
    let section = ["containers", "initContainers"][draw.below(2)];
    insert(
        place.entry(section).or_insert(Value::Null),
        container.clone(),
        draw,
    );
    finish(payload, object, draw)
}

fn finish(mut payload: Value, object: Value, draw: &mut Draw<'_>) -> Value {
    payload["settings"] =
        serde_json::from_str(STRICT[draw.below(STRICT.len())]).expect("it is JSON");
    let request = as_object(field(&mut payload, "request"));
    request.insert("object".to_owned(), object);
    request.remove("subResource");
    let operation = if request.contains_key("oldObject") {
        "UPDATE"
    } else {
        "CREATE"
    };
    request.insert("operation".to_owned(), json!(operation));
    request.insert("userInfo".to_owned(), json!({"username": "alice"}));
    payload
}

fn as_object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = json!({});
    }
    match value {
        Value::Object(fields) => fields,
        _ => unreachable!("it is one now"),
    }
}

fn field<'v>(value: &'v mut Value, name: &str) -> &'v mut Value {
    as_object(value).entry(name).or_insert(Value::Null)
}

fn insert(list: &mut Value, item: Value, draw: &mut Draw<'_>) {
    match list {
        Value::Array(items) => items.insert(draw.below(items.len() + 1), item),
        _ => *list = json!([item]),
    }
}

/// No such payload is accepted.
pub(crate) fn is_rejected(subject: &Subject, planted: &Value) -> Held {
    let answer = Answer::to(subject, planted.to_string().as_bytes())?;
    hold(answer.is_rejected_for_object(), || {
        format!("the answer to {planted} is {}", answer.text)
    })
}
