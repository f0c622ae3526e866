//! Checks that the example manifests differ only in what they demonstrate.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

fn example(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/upgrade");
    yaml_serde::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn manager(deployment: &mut Value) -> &mut Value {
    &mut deployment["spec"]["template"]["spec"]["containers"][0]
}

#[test]
fn only_the_pull_policy_comes_between_before_and_after() {
    let mut expected = example("before.yaml");
    assert_eq!(manager(&mut expected)["imagePullPolicy"], Value::Null);
    manager(&mut expected)["imagePullPolicy"] = json!("Always");
    assert_eq!(example("after.yaml"), expected);
}

#[test]
fn only_the_digest_comes_between_after_and_pinned() {
    let mut pinned = example("pinned.yaml");
    let image = manager(&mut pinned)["image"].as_str().unwrap().to_owned();
    let (reference, digest) = image.split_once("@sha256:").unwrap();
    assert_eq!(digest.len(), 64);
    assert_eq!(manager(&mut pinned)["env"][0]["value"], image.as_str());
    manager(&mut pinned)["image"] = json!(reference);
    manager(&mut pinned)["env"][0]["value"] = json!(reference);
    assert_eq!(example("after.yaml"), pinned);
}

#[test]
fn only_a_template_annotation_comes_between_after_and_again() {
    let mut expected = example("after.yaml");
    expected["spec"]["template"]["metadata"]["annotations"] =
        json!({"kubectl.kubernetes.io/restartedAt": "2026-01-31T12:00:00Z"});
    assert_eq!(example("again.yaml"), expected);
}
