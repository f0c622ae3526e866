//! Plants an image with a mutable tag and pull policy `Always` where the policy must find
//! it.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::draw::Draw;
use super::typed;
use super::{Held, Subject, hold};

const PLANTED: &str = "registry.example/planted/app:main";

/// Settings that reject every new finding.
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

/// Puts the image into the object of a payload, which creates the object, or updates it
/// from one without this image.
pub(crate) fn plant(payload: Value, draw: &mut Draw<'_>) -> Value {
    match draw.below(12) {
        0 => plant_known(payload, "initContainers", draw),
        1 => plant_known(payload, "volumes", draw),
        2 => with_enforcement(plant_known(payload, "ephemeralContainers", draw)),
        3 => as_debug_request(with_enforcement(plant_known(
            payload,
            "ephemeralContainers",
            draw,
        ))),
        4 | 5 => plant_known(payload, "containers", draw),
        row => plant_declared(payload, declared(row - 6), draw),
    }
}

/// Puts the image where built-in kinds have one: for a PodSpec, into this list of
/// containers.
fn plant_known(mut payload: Value, list_name: &str, draw: &mut Draw<'_>) -> Value {
    let kind = payload["request"]["kind"].clone();
    let group = kind["group"].as_str().unwrap_or_default();
    let name = kind["kind"].as_str().unwrap_or_default();
    let spec_path = match (group, name) {
        ("postgresql.cnpg.io", "Pooler") => Some("spec.template.spec"),
        _ => typed::kind_of(&payload).map(|kind| kind.at),
    };
    let mut object = field(field(&mut payload, "request"), "object").take();
    match (spec_path, group, name) {
        (Some(at), ..) => {
            let spec = at.split('.').fold(&mut object, field);
            let item = match list_name {
                "volumes" => {
                    let image = json!({"reference": PLANTED, "pullPolicy": "Always"});
                    json!({"name": "planted", "image": image})
                }
                _ => container(),
            };
            insert(field(spec, list_name), item, draw);
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
            *field(field(&mut payload, "request"), "kind") = custom_kind();
            return plant_anywhere(payload, object, list_name, draw);
        }
        (None, ..) => return plant_anywhere(payload, object, list_name, draw),
    }
    finish(payload, object, draw)
}

/// Puts a list of containers anywhere into an object of a searched kind.
fn plant_anywhere(
    payload: Value,
    mut object: Value,
    list_name: &str,
    draw: &mut Draw<'_>,
) -> Value {
    let mut current = as_object(&mut object);
    loop {
        let keys: Vec<_> = current
            .iter()
            .filter(|(key, value)| {
                value.is_object() && !matches!(key.as_str(), "metadata" | "status" | "rbd")
            })
            .map(|(key, _)| key.clone())
            .collect();
        let chosen = draw.below(keys.len() + 1);
        let Some(key) = keys.get(chosen) else { break };
        current = as_object(&mut current[key]);
    }
    let list_name = match list_name {
        "volumes" => "containers",
        other => other,
    };
    insert(
        current.entry(list_name).or_insert(Value::Null),
        container(),
        draw,
    );
    finish(payload, object, draw)
}

/// Puts the image where `customResources` declares one for the kind of the object.
fn plant_declared(mut payload: Value, (mut row, at, item): Declared, draw: &mut Draw<'_>) -> Value {
    let kind = field(field(&mut payload, "request"), "kind");
    if !is_name(&kind["kind"], |c| c.is_ascii_alphanumeric()) {
        *kind = custom_kind();
    }
    row["kind"] = kind["kind"].clone();
    if is_name(&kind["group"], |c| c.is_ascii_lowercase() || c == '.') {
        row["apiGroup"] = kind["group"].clone();
    } else {
        kind["group"] = json!("");
    }
    let mut object = field(field(&mut payload, "request"), "object").take();
    match at {
        [way @ .., "[*]"] => {
            let list = way.iter().copied().fold(&mut object, field);
            insert(list, item, draw);
        }
        way => *way.iter().copied().fold(&mut object, field) = item,
    }
    let mut payload = finish(payload, object, draw);
    payload["settings"]["customResources"] = json!([row]);
    payload
}

/// A location as `customResources` declares it, the keys on the way to it, and the value to
/// put there.
type Declared = (Value, &'static [&'static str], Value);

/// Returns one of six examples, by its number.
fn declared(row: usize) -> Declared {
    let pods = json!({"containers": [container()]});
    match row {
        0 => (json!({"podSpecs": ["spec.pods"]}), &["spec", "pods"], pods),
        1 => (
            json!({"podSpecs": ["spec.roles[*].spec"]}),
            &["spec", "roles", "[*]"],
            json!({"spec": pods}),
        ),
        2 => (
            json!({"containers": ["spec.box"]}),
            &["spec", "box"],
            container(),
        ),
        3 => (
            json!({"containers": ["spec.boxes[*]"]}),
            &["spec", "boxes", "[*]"],
            container(),
        ),
        4 => (
            json!({"images": [{"image": "spec.run.main", "pullPolicy": "spec.run.pull"}]}),
            &["spec", "run"],
            json!({"main": PLANTED, "pull": "Always"}),
        ),
        _ => (
            json!({"images": [{"image": "metadata.annotations[a.example/image]"}]}),
            &["metadata", "annotations", "a.example/image"],
            json!(PLANTED),
        ),
    }
}

/// Whether `customResources` can name this group or kind.
fn is_name(value: &Value, is_allowed: fn(char) -> bool) -> bool {
    value
        .as_str()
        .is_some_and(|text| !matches!(text, "" | "core" | "v1") && text.chars().all(is_allowed))
}

fn container() -> Value {
    json!({"name": "planted", "image": PLANTED, "imagePullPolicy": "Always"})
}

fn custom_kind() -> Value {
    json!({"group": "a.example", "kind": "Thing"})
}

/// Enforces findings in ephemeral containers too.
fn with_enforcement(mut payload: Value) -> Value {
    payload["settings"]["ephemeralContainers"] = json!("enforce");
    payload
}

/// Turns a payload into one that adds an ephemeral container, as `kubectl debug` does.
fn as_debug_request(mut payload: Value) -> Value {
    let request = &mut payload["request"];
    if request["kind"]["group"].as_str().unwrap_or_default() == ""
        && request["kind"]["kind"] == "Pod"
    {
        request["subResource"] = json!("ephemeralcontainers");
    }
    payload
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

/// A payload with a planted image is rejected.
pub(crate) fn is_rejected(subject: &Subject, planted: &Value) -> Held {
    let answer = Answer::to(subject, planted.to_string().as_bytes())?;
    hold(answer.is_rejected_for_object(), || {
        format!("the answer to {planted} is {}", answer.text)
    })
}
