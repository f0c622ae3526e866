//! The payloads of the policy's own cases (`tests/cases/requests/`).

use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The payload of every case, in the order of the files.
pub fn payloads() -> Result<Vec<Value>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/requests");
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut payloads = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path)?;
        for document in yaml_serde::Deserializer::from_str(&text) {
            let case = Value::deserialize(document)?;
            let settings = case.get("settings").cloned().unwrap_or_else(|| json!({}));
            payloads.push(json!({"request": request(&case), "settings": settings}));
        }
    }
    Ok(payloads)
}

/// The request that a case describes in its short form.
fn request(case: &Value) -> Value {
    let text = |field: &str| case.get(field).and_then(Value::as_str);
    let mut parts = text("kind").unwrap_or_default().rsplit('/');
    let (kind, version, group) = (parts.next(), parts.next(), parts.next());
    let mut request = Map::new();
    request.insert(
        "kind".to_owned(),
        json!({"group": group.unwrap_or_default(), "version": version, "kind": kind}),
    );
    request.insert(
        "operation".to_owned(),
        json!(text("operation").unwrap_or("CREATE")),
    );
    for field in [
        "namespace",
        "object",
        "oldObject",
        "subResource",
        "userInfo",
    ] {
        if let Some(value) = case.get(field) {
            request.insert(field.to_owned(), value.clone());
        }
    }
    Value::Object(request)
}
