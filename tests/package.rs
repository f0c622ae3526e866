//! What the policy is distributed with agrees with itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use mutable_tags_policy::policy::Capability;
use mutable_tags_policy::settings::Settings;
use mutable_tags_policy::workload::Kind;
use serde_json::{Value, json};

fn yaml(text: &str) -> Value {
    yaml_serde::from_str(text).unwrap()
}

fn metadata() -> Value {
    yaml(include_str!("../metadata.yml"))
}

fn policy() -> Value {
    yaml(include_str!("../policy.yaml"))
}

#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        metadata().pointer("/annotations/io.kubewarden.policy.version"),
        Some(&json!(version))
    );
    let module = policy();
    let module = module.pointer("/spec/module").unwrap().as_str().unwrap();
    assert!(module.ends_with(&format!(":v{version}")), "{module}");
}

#[test]
fn the_policy_asks_for_what_the_metadata_asks_for() {
    let policy = policy();
    for (field, pointer) in [
        ("rules", "/spec/rules"),
        ("mutating", "/spec/mutating"),
        ("backgroundAudit", "/spec/backgroundAudit"),
    ] {
        assert_eq!(policy.pointer(pointer), metadata().get(field), "{field}");
    }
}

#[test]
fn the_rules_name_every_kind_that_is_read() {
    let kinds = [
        ("", "Pod", "pods"),
        ("", "PodTemplate", "podtemplates"),
        ("", "ReplicationController", "replicationcontrollers"),
        ("apps", "ControllerRevision", "controllerrevisions"),
        ("apps", "DaemonSet", "daemonsets"),
        ("apps", "Deployment", "deployments"),
        ("apps", "ReplicaSet", "replicasets"),
        ("apps", "StatefulSet", "statefulsets"),
        ("batch", "CronJob", "cronjobs"),
        ("batch", "Job", "jobs"),
        ("postgresql.cnpg.io", "Cluster", "clusters"),
        (
            "postgresql.cnpg.io",
            "ClusterImageCatalog",
            "clusterimagecatalogs",
        ),
        ("postgresql.cnpg.io", "ImageCatalog", "imagecatalogs"),
        ("postgresql.cnpg.io", "Pooler", "poolers"),
    ];
    let mut expected: Vec<_> = kinds
        .iter()
        .map(|(group, kind, resource)| {
            let known = Kind::new((*group).into(), (*kind).into());
            assert!(!known.is_searched(), "{kind}");
            ((*group).to_owned(), (*resource).to_owned())
        })
        .collect();
    let mut asked = Vec::new();
    for rule in metadata().get("rules").unwrap().as_array().unwrap() {
        let texts = |field: &str| -> Vec<String> {
            let list = rule.get(field).unwrap().as_array().unwrap();
            list.iter()
                .map(|text| text.as_str().unwrap().to_owned())
                .collect()
        };
        let operations = texts("operations");
        for resource in texts("resources") {
            if resource == "pods/ephemeralcontainers" {
                assert_eq!(operations, ["UPDATE"], "{resource}");
            } else {
                assert_eq!(operations, ["CREATE", "UPDATE"], "{resource}");
                asked.extend(
                    texts("apiGroups")
                        .into_iter()
                        .map(|group| (group, resource.clone())),
                );
            }
        }
    }
    asked.sort();
    expected.sort();
    assert_eq!(asked, expected);
}

#[test]
fn the_settings_of_the_policy_are_valid() {
    let settings = policy().pointer("/spec/settings").unwrap().to_string();
    assert!(Settings::parse(&settings).is_ok());
}

/// Whether settings have something anywhere below a key.
fn has(settings: &Value, key: &str) -> bool {
    match settings {
        Value::Object(fields) => fields
            .iter()
            .any(|(own, value)| own == key || has(value, key)),
        Value::Array(items) => items.iter().any(|item| has(item, key)),
        _ => false,
    }
}

#[test]
fn every_example_of_a_policy_grants_what_its_settings_need_and_no_more() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/policies");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let example = yaml(&std::fs::read_to_string(&path).unwrap());
        let spec = example.get("spec").unwrap();
        let settings = spec.get("settings").unwrap();
        assert_eq!(
            Settings::parse(&settings.to_string()).err(),
            None,
            "{path:?}"
        );
        let is_adjusting = settings.get("adjust").is_some();
        assert_eq!(spec.get("mutating"), Some(&json!(is_adjusting)), "{path:?}");
        assert_eq!(
            spec.get("backgroundAudit"),
            Some(&json!(!is_adjusting)),
            "{path:?}"
        );
        let needed: Vec<_> = [("namespaceSelector", "Namespace"), ("drift", "Pod")]
            .iter()
            .filter(|(key, _)| has(settings, key))
            .map(|(_, kind)| json!({"apiVersion": "v1", "kind": kind}))
            .collect();
        let granted = spec.get("contextAwareResources");
        assert_eq!(
            granted.cloned().unwrap_or_else(|| json!([])),
            json!(needed),
            "{path:?}"
        );
        let asked = metadata();
        let asked = asked.get("contextAwareResources").unwrap();
        for resource in &needed {
            assert!(asked.as_array().unwrap().contains(resource), "{resource}");
        }
        assert_eq!(spec.get("module"), policy().pointer("/spec/module"));
        read += 1;
    }
    assert_eq!(read, 4);
}

#[test]
fn the_metadata_names_every_host_capability_that_is_used() {
    let used = [
        Capability::GetResource,
        Capability::ListResourcesByNamespace,
        Capability::ManifestDigest,
        Capability::Manifest,
    ];
    let used = used.map(|capability| {
        let (namespace, operation) = capability.call();
        json!(format!("{namespace}/{operation}"))
    });
    assert_eq!(metadata().get("hostCapabilities"), Some(&json!(used)));
}
