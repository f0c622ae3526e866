//! Input that no API server sends. The policy never traps and never fails, but always answers
//! with a reason.

pub(crate) mod cost;
mod costliest;
mod encoding;
mod field;
mod listed;
mod long_names;
mod multitude;
mod nesting;
mod payloads;
mod pod_patch;
mod searched;
mod size;
mod truncation;
mod types;
mod unsendable;

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::answer::{Answer, Expected, NO_REQUEST};
use crate::answer_to;
use crate::request::{VERSION, with};

/// The answer to any payload that is not JSON, or no request.
static NO_JSON: LazyLock<Answer> = LazyLock::new(|| {
    let answer = answer_to("no request", b"null");
    assert_eq!(answer, NO_REQUEST);
    answer
});

/// The most errors of an object that are reported. (Reading stops at 10,000, after which there
/// may be more.)
pub(crate) const MOST_ERRORS: usize = 9_999;

/// The most errors of the request itself, and of settings, that are counted.
const MOST_COUNTED: usize = 10_000;

/// The path of the error for an object with too many images or errors, or one that cannot be
/// read whole.
pub(crate) const OBJECT: &str = "object";

/// A payload that is accepted without a message. Every field that is read has a value.
fn payload(settings: &Value) -> Value {
    let container = |name: &str| {
        json!({
            "name": name,
            "image": VERSION,
            "imagePullPolicy": "Always",
            "command": ["/web", "--greeting=grüß dich ☃ 😀"],
            "env": [{"name": "IMAGE", "value": VERSION}],
            "resources": {"limits": {"cpu": "500m"}},
        })
    };
    let spec = json!({
        "containers": [container("web")],
        "initContainers": [container("init")],
        "ephemeralContainers": [container("debug")],
        "volumes": [{"name": "data", "image": {"reference": VERSION, "pullPolicy": "Always"}}],
        "serviceAccountName": "web",
    });
    let annotations =
        json!({"kubernetes.io/config.mirror": "0123abcd", "example.com/note": "a \"note\""});
    json!({
        "request": {
            "uid": "00000000-0000-4000-8000-000000000001",
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "resource": {"group": "", "version": "v1", "resource": "pods"},
            "name": "web",
            "namespace": "shop",
            "operation": "CREATE",
            "subResource": "",
            "userInfo": {"username": "alice", "uid": "1", "groups": ["system:authenticated"], "extra": {"a": ["b"]}},
            "object": {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {
                    "name": "web",
                    "annotations": annotations,
                    "managedFields": [{"manager": "kubectl"}],
                    "ownerReferences": [{"kind": "Node", "name": "a", "controller": false}],
                },
                "spec": spec,
                "status": {"phase": "Pending"},
            },
            "oldObject": null,
            "options": {"kind": "CreateOptions"},
        },
        "settings": settings,
    })
}

/// Like [`payload`], for a Deployment, whose PodSpec is nested deeper.
fn deployment_payload(settings: &Value) -> Value {
    let mut payload = payload(settings);
    let object = payload["request"]["object"].take();
    payload["request"]["kind"] = json!({"group": "apps", "version": "v1", "kind": "Deployment"});
    payload["request"]["object"] = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": object["metadata"],
        "spec": {"replicas": 1, "template": {"metadata": {"labels": {"a": "b"}}, "spec": object["spec"]}},
    });
    payload
}

/// Settings that make the policy read environment variables too.
fn variables() -> Value {
    json!({"imageEnvVars": ["IMAGE"]})
}

/// Settings for each mode, with the answer if a field cannot be read.
fn refusals(path: &str) -> [(Value, Expected); 2] {
    refusals_with(&variables(), path)
}

/// Like [`refusals`], with these settings, which select no mode.
fn refusals_with(settings: &Value, path: &str) -> [(Value, Expected); 2] {
    [
        (
            settings.clone(),
            Expected::strict([]).unreadable([path]).rejected(400),
        ),
        (
            with(settings, "/mode", json!("lenient")),
            Expected::lenient([]).unreadable([path]).accepted(),
        ),
    ]
}
