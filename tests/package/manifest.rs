//! Reads manifests of policies with the types of Kubewarden's resource definitions.

use std::path::Path;

use kubewarden_policy_sdk::crd::policies::{
    AdmissionPolicy, ClusterAdmissionPolicy, ClusterAdmissionPolicyGroup,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{files, yaml};

/// A manifest that Kubewarden's types read without losing a field.
pub(crate) struct Manifest {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) spec: Value,
}

impl Manifest {
    pub(crate) fn read(path: &Path) -> Self {
        let file = path.display().to_string();
        let manifest = yaml(&file);
        let text = |pointer| {
            manifest
                .pointer(pointer)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        };
        let kind = text("/kind");
        assert_eq!(unknown(&file, &manifest), Value::Null, "{file}: unknown");
        Self {
            name: text("/metadata/name"),
            spec: manifest.get("spec").unwrap().clone(),
            kind,
            file,
        }
    }

    /// Reads policy.yaml and every example.
    pub(crate) fn all() -> Vec<Self> {
        let mut paths = files("examples/policies", "yaml");
        paths.push("policy.yaml".into());
        paths.iter().map(|path| Self::read(path)).collect()
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.spec.get(name)
    }

    /// The policy, or each member of a policy group: module and settings.
    pub(crate) fn policies(&self) -> Vec<&Value> {
        match self.field("policies") {
            Some(members) => members.as_object().unwrap().values().collect(),
            None => vec![&self.spec],
        }
    }
}

/// The fields of a manifest that Kubewarden's type for its kind does not have.
pub(crate) fn unknown(file: &str, manifest: &Value) -> Value {
    let known = match manifest.get("kind").unwrap().as_str().unwrap() {
        "ClusterAdmissionPolicy" => read_as::<ClusterAdmissionPolicy>(file, manifest),
        "ClusterAdmissionPolicyGroup" => read_as::<ClusterAdmissionPolicyGroup>(file, manifest),
        "AdmissionPolicy" => read_as::<AdmissionPolicy>(file, manifest),
        other => panic!("{file}: {other}"),
    };
    without(manifest, &known)
}

/// The fields of a manifest that the type `T` reads.
fn read_as<T: DeserializeOwned + Serialize>(file: &str, manifest: &Value) -> Value {
    let read: T =
        serde_json::from_value(manifest.clone()).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::to_value(read).unwrap()
}

/// The fields of a value that `known` lacks, which shows a misspelt field at any depth.
fn without(value: &Value, known: &Value) -> Value {
    match (value, known) {
        (Value::Object(fields), Value::Object(kept)) => {
            let lost: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, field)| {
                    let kept = kept.get(name).unwrap_or(&Value::Null);
                    (name.clone(), without(field, kept))
                })
                .filter(|(_, lost)| !lost.is_null())
                .collect();
            if lost.is_empty() {
                Value::Null
            } else {
                json!(lost)
            }
        }
        (Value::Array(items), Value::Array(kept)) if items.len() == kept.len() => {
            let lost = items
                .iter()
                .zip(kept)
                .map(|(item, kept)| without(item, kept));
            lost.into_iter()
                .find(|lost| !lost.is_null())
                .unwrap_or(Value::Null)
        }
        _ if value == known => Value::Null,
        _ => value.clone(),
    }
}

#[test]
fn sees_an_unknown_field_at_any_depth() {
    let known = json!({"a": {"b": [{"c": 1}]}});
    for (value, lost) in [
        (json!({"a": {"b": [{"c": 1}]}}), Value::Null),
        (
            json!({"a": {"b": [{"c": 1, "d": 2}]}}),
            json!({"a": {"b": {"d": 2}}}),
        ),
        (
            json!({"a": {"b": [{"c": 2}]}}),
            json!({"a": {"b": {"c": 2}}}),
        ),
        (json!({"e": 1}), json!({"e": 1})),
    ] {
        assert_eq!(without(&value, &known), lost);
    }
}
