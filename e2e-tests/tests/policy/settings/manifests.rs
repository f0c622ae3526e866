//! Checks that the module accepts the settings of policy.yaml and of every example.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::{assert_invalid, validate};

/// policy.yaml and the examples, with the settings of every policy of this project.
fn manifests() -> Vec<(PathBuf, Value)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths: Vec<_> = fs::read_dir(root.join("examples/policies"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    paths.push(root.join("policy.yaml"));
    paths.iter().flat_map(settings_in).collect()
}

fn settings_in(path: &PathBuf) -> Vec<(PathBuf, Value)> {
    let manifest: Value = yaml_serde::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let spec = &manifest["spec"];
    let policies = match spec["policies"].as_object() {
        Some(members) => members.values().collect(),
        None => vec![spec],
    };
    policies
        .into_iter()
        .filter(|policy| {
            policy["module"]
                .as_str()
                .unwrap()
                .contains("/mutable-tags:")
        })
        .map(|policy| (path.clone(), policy["settings"].clone()))
        .collect()
}

#[test]
fn the_settings_of_every_manifest_are_valid() {
    let manifests = manifests();
    assert!(manifests.len() >= 13, "{}", manifests.len());
    for (path, settings) in manifests {
        assert!(validate(settings.to_string().as_bytes()).valid, "{path:?}");
    }
}

#[test]
fn a_misspelt_setting_of_a_manifest_would_be_refused() {
    let (_, mut settings) = manifests().pop().unwrap();
    let mode = settings.as_object_mut().unwrap().remove("mode").unwrap();
    settings["modes"] = mode;
    let message = assert_invalid(&settings.to_string(), &["settings"]);
    assert!(message.contains(r#""modes""#), "{message}");
}
