//! The cases of `cases/requests`, and the payloads that they describe.

use serde_json::{Value, json};

/// The name and the text of every file of cases.
pub(crate) const FILES: [(&str, &str); 22] = [
    ("adjust", include_str!("../cases/requests/adjust.yaml")),
    (
        "cloudnative_pg",
        include_str!("../cases/requests/cloudnative_pg.yaml"),
    ),
    (
        "container_types",
        include_str!("../cases/requests/container_types.yaml"),
    ),
    (
        "custom_resources",
        include_str!("../cases/requests/custom_resources.yaml"),
    ),
    ("drift", include_str!("../cases/requests/drift.yaml")),
    (
        "environments",
        include_str!("../cases/requests/environments.yaml"),
    ),
    (
        "exemptions",
        include_str!("../cases/requests/exemptions.yaml"),
    ),
    ("kinds", include_str!("../cases/requests/kinds.yaml")),
    ("messages", include_str!("../cases/requests/messages.yaml")),
    (
        "mirror_pods",
        include_str!("../cases/requests/mirror_pods.yaml"),
    ),
    (
        "namespace_selectors",
        include_str!("../cases/requests/namespace_selectors.yaml"),
    ),
    (
        "operations",
        include_str!("../cases/requests/operations.yaml"),
    ),
    (
        "operators",
        include_str!("../cases/requests/operators.yaml"),
    ),
    ("owners", include_str!("../cases/requests/owners.yaml")),
    (
        "publishers",
        include_str!("../cases/requests/publishers.yaml"),
    ),
    (
        "pull_policies",
        include_str!("../cases/requests/pull_policies.yaml"),
    ),
    (
        "references",
        include_str!("../cases/requests/references.yaml"),
    ),
    ("search", include_str!("../cases/requests/search.yaml")),
    ("tags", include_str!("../cases/requests/tags.yaml")),
    (
        "unreadable",
        include_str!("../cases/requests/unreadable.yaml"),
    ),
    ("updates", include_str!("../cases/requests/updates.yaml")),
    (
        "variables",
        include_str!("../cases/requests/variables.yaml"),
    ),
];

pub(crate) fn cases(text: &'static str) -> Vec<Value> {
    use serde::Deserialize as _;
    yaml_serde::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).unwrap())
        .collect()
}

/// The fields of a case that hold the expected evaluation.
pub(crate) const EXPECTED: [&str; 8] = [
    "verdict",
    "mode",
    "errors",
    "findings",
    "exempted",
    "warnings",
    "edits",
    "mutatedJson",
];

/// The payload of a case. `kind` is `[group/]version/kind`, and `json` replaces an
/// `object` that YAML cannot express.
pub(crate) fn payload(case: &Value) -> String {
    const INPUT: [&str; 11] = [
        "note",
        "host",
        "settings",
        "kind",
        "operation",
        "subResource",
        "namespace",
        "user",
        "object",
        "json",
        "oldObject",
    ];
    for key in case.as_object().unwrap().keys() {
        let key = key.as_str();
        assert!(
            INPUT.contains(&key) || EXPECTED.contains(&key),
            "a case has no field {key}"
        );
    }
    let text = |name: &str, default: &'static str| {
        case.get(name)
            .map_or(default, |value| value.as_str().unwrap())
            .to_owned()
    };
    let kind = text("kind", "");
    let mut kind = kind.rsplit('/');
    let (name, version) = (kind.next().unwrap(), kind.next().unwrap());
    let group = kind.next().unwrap_or_default();
    let object = case
        .get("json")
        .map(|json| json.as_str().unwrap().to_owned())
        .unwrap_or_else(|| case.get("object").unwrap().to_string());
    let mut request = json!({
        "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
        "kind": {"group": group, "version": version, "kind": name},
        "operation": text("operation", "CREATE"),
        "namespace": text("namespace", "default"),
        "userInfo": case.get("user").cloned().unwrap_or_else(|| json!({"username": "alice"})),
        "object": "OBJECT",
    });
    if let Some(subresource) = case.get("subResource") {
        let fields = request.as_object_mut().unwrap();
        fields.insert("subResource".to_owned(), subresource.clone());
    }
    if let Some(old) = case.get("oldObject") {
        let fields = request.as_object_mut().unwrap();
        fields.insert("oldObject".to_owned(), old.clone());
    }
    let settings = case.get("settings").cloned().unwrap_or_else(|| json!({}));
    json!({"request": request, "settings": settings})
        .to_string()
        .replace("\"OBJECT\"", &object)
}
