//! Checks that adjusting changes only what it has to, and only once.

use std::sync::Arc;

use e2e_tests::host::{Host, HostError, Request};
use e2e_tests::validate_payload;
use serde_json::{Value, json};

use super::create;
use crate::ENGINE;
use crate::answer::{ACCEPTED, Answer};
use crate::request::with;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Registries that serve one digest for every image.
struct OneDigest;

impl Host for OneDigest {
    fn answer(&self, _: &Request) -> Result<Vec<u8>, HostError> {
        Ok(json!({"digest": DIGEST}).to_string().into_bytes())
    }
}

fn answer(request: &Value, settings: &Value) -> Answer {
    let engine = ENGINE.clone().with_host(Arc::new(OneDigest));
    let payload = validate_payload(request, settings);
    engine.validate_payload(&payload).unwrap().into()
}

fn if_not_present() -> Value {
    json!({"adjust": "if-not-present"})
}

fn pin() -> Value {
    json!({"adjust": "pin", "registries": ["*"]})
}

/// A PodSpec with three findings, and with fields that Kubernetes does not know.
fn pod_spec() -> Value {
    json!({
        "containers": [
            {"name": "a", "image": "ghcr.io/acme/a:main", "imagePullPolicy": "Always", "unknown": {"ü": [1, 2.5, null, "☃\u{1f600}"]}},
            {"name": "b", "image": "ghcr.io/acme/b:1.2.3", "imagePullPolicy": "Always"},
            {"name": "c", "image": "ghcr.io/acme/c"},
        ],
        "initContainers": [{"name": "i", "image": "ghcr.io/acme/i:main", "imagePullPolicy": "Always", "env": [{"name": "A", "value": "\"\\\u{7f}"}]}],
        "unknown": {"deep": [[[{"image": "x:main", "imagePullPolicy": "Always"}]]]},
        "volumes": [{"name": "v", "emptyDir": {}}],
    })
}

/// Objects of every kind with a PodSpec, and the pointer to it.
fn objects() -> Vec<(Value, &'static str)> {
    let template = "/spec/template/spec";
    [
        ("v1", "Pod", "/spec"),
        ("v1", "PodTemplate", "/template/spec"),
        ("v1", "ReplicationController", template),
        ("apps/v1", "Deployment", template),
        ("apps/v1", "ReplicaSet", template),
        ("apps/v1", "StatefulSet", template),
        ("apps/v1", "DaemonSet", template),
        ("apps/v1", "ControllerRevision", "/data/spec/template/spec"),
        ("batch/v1", "Job", template),
        (
            "batch/v1",
            "CronJob",
            "/spec/jobTemplate/spec/template/spec",
        ),
        ("argoproj.io/v1alpha1", "Rollout", template),
    ]
    .into_iter()
    .map(|(api_version, kind, path)| {
        let mut object = json!({
            "apiVersion": api_version,
            "kind": kind,
            "metadata": {"name": "web", "namespace": "shop", "annotations": {"größe": "\u{1f600}"}},
            "status": {"x": 1e300, "y": -0.0, "z": 18446744073709551615_u64},
        });
        let mut holder = &mut object;
        for step in path.split('/').skip(1) {
            holder = &mut holder[step];
        }
        *holder = pod_spec();
        (object, path)
    })
    .collect()
}

/// Adjusts an object. Adjusting the result again must change nothing.
fn adjusted(object: &Value, settings: &Value) -> Value {
    let answer_to = |object: &Value| answer(&create(object), settings);
    let first = answer_to(object);
    assert!(first.accepted, "{first:?}");
    let adjusted = first.mutated_object.unwrap();
    assert_eq!(answer_to(&adjusted), ACCEPTED);
    adjusted
}

#[test]
fn sets_only_pull_policies_in_every_kind() {
    for (object, path) in objects() {
        let mut expected = object.clone();
        for container in ["containers/0", "containers/2", "initContainers/0"] {
            let field = format!("{path}/{container}/imagePullPolicy");
            expected = with(&expected, &field, json!("IfNotPresent"));
        }
        if object["kind"] == "Rollout" {
            // An object of an unknown kind is searched everywhere.
            let field = format!("{path}/unknown/deep/0/0/0/imagePullPolicy");
            expected = with(&expected, &field, json!("IfNotPresent"));
        }
        assert_eq!(adjusted(&object, &if_not_present()), expected);
    }
}

#[test]
fn pins_only_images_in_every_kind() {
    for (object, path) in objects() {
        // A request may cause three lookups.
        let object = match object["kind"] == "Rollout" {
            true => with(&object, &format!("{path}/unknown"), json!({})),
            false => object,
        };
        let mut expected = object.clone();
        for (container, image) in [
            ("containers/0", "ghcr.io/acme/a:main"),
            ("containers/2", "ghcr.io/acme/c"),
            ("initContainers/0", "ghcr.io/acme/i:main"),
        ] {
            let pinned = json!(format!("{image}@{DIGEST}"));
            expected = with(&expected, &format!("{path}/{container}/image"), pinned);
        }
        assert_eq!(adjusted(&object, &pin()), expected);
    }
}

#[test]
fn changes_no_object_that_a_controller_owns() {
    for (object, _) in objects() {
        let owner = json!([{"apiVersion": "a.example/v1", "kind": "A", "name": "a", "uid": "1", "controller": true}]);
        let owned = with(&object, "/metadata/ownerReferences", owner);
        for settings in [if_not_present(), pin()] {
            let answer = answer(&create(&owned), &settings);
            assert_eq!((answer.accepted, answer.mutated_object), (false, None));
        }
    }
}

#[test]
fn keeps_the_order_of_keys_and_the_form_of_numbers() {
    let payload = r#"{"request":{"uid":"a","operation":"CREATE","kind":{"group":"","version":"v1","kind":"Pod"},"userInfo":{"username":"alice"},"object":{ "z":1.50,"spec":{"containers":[{"name":"a","image":"a:main","imagePullPolicy":"Always","n":1e5 }]},"a":"\u00fc" }},"settings":{"adjust":"if-not-present"}}"#;
    let answer = String::from_utf8(ENGINE.call("validate", payload.as_bytes()).unwrap()).unwrap();
    let object = r#""mutated_object":{"z":1.50,"spec":{"containers":[{"name":"a","image":"a:main","imagePullPolicy":"IfNotPresent","n":1e5}]},"a":"\u00fc"},"#;
    assert!(answer.contains(object), "{answer}");
}
