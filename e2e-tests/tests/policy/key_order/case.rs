//! Requests of every sort, whose answers must not depend on the order of keys.

use serde_json::{Value, json};

use crate::request::{MOVING, VERSION, container, create, create_pod, pod, with, without};

/// A request, and the outcome of the answer.
pub(super) struct Case {
    pub(super) name: &'static str,
    /// Request and settings.
    pub(super) payload: Value,
    pub(super) outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Accepted without a message.
    Accepted,
    /// Accepted with warnings.
    Warned,
    Rejected,
    /// Rejected, since the settings cannot be used.
    Unusable,
}

/// A PodSpec with a finding in every list of containers, and with fields that are not read.
fn spec() -> Value {
    json!({
        "containers": [
            {"name": "web", "image": MOVING, "imagePullPolicy": "Always", "env": [{"name": "IMAGE", "value": MOVING}, {"name": "A", "value": "b"}]},
            container("side", VERSION),
            container("web", "app:latest"),
        ],
        "initContainers": [container("init", MOVING), {"name": "first", "image": "first"}],
        "ephemeralContainers": [container("debug", MOVING)],
        "volumes": [{"name": "data", "image": {"reference": MOVING, "pullPolicy": "Always"}}, {"name": "tmp", "emptyDir": {}}],
        "serviceAccountName": "web",
    })
}

fn deployment(spec: Value) -> Value {
    let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": spec});
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop", "managedFields": [{"manager": "kubectl"}]},
        "spec": {"replicas": 1, "selector": {"matchLabels": {"a": "b"}}, "template": template},
        "status": {"replicas": 0},
    })
}

fn mirror() -> Value {
    let mut pod = pod(spec());
    pod["metadata"]["annotations"] =
        json!({"kubernetes.io/config.mirror": "0", "a": "b", "z": "y"});
    with(
        &create(pod),
        "/userInfo",
        json!({"username": "system:node:a", "groups": ["system:nodes"], "extra": {}}),
    )
}

fn quiet() -> Value {
    json!({"containers": [container("web", VERSION)], "volumes": []})
}

fn unreadable() -> Value {
    json!({
        "containers": [{"name": 1, "image": 2, "imagePullPolicy": 3}, 4, container("web", MOVING)],
        "initContainers": {},
        "ephemeralContainers": "debug",
        "volumes": [{"name": [], "image": {"reference": {}, "pullPolicy": "x"}}],
    })
}

fn settings() -> Value {
    json!({
        "mode": "strict",
        "environments": [{"name": "test", "mode": "lenient", "namespaces": ["e2e-*"]}, {"name": "shop", "mode": "strict", "namespaces": ["shop"]}],
        "tags": {"consider": "any", "mutable": ["app"], "immutable": ["first"]},
        "ephemeralContainers": "enforce",
        "exemptions": [{"images": ["**"], "namespaces": ["other"], "containers": ["x"], "reason": "a trial"}],
        "imageEnvVars": ["IMAGE"],
        "pullPolicies": ["IfNotPresent", "Always"],
    })
}

/// Every case.
pub(super) fn all() -> Vec<Case> {
    let found = || create(deployment(spec()));
    let lenient = || json!({"mode": "lenient"});
    let variables = || json!({"imageEnvVars": ["IMAGE"]});
    let many: Vec<Value> = (0..15).map(|_| container("web", MOVING)).collect();
    let many = json!({"containers": many, "initContainers": many});
    let web = json!({"apiVersion": "example.com/v1", "kind": "Web", "spec": spec()});
    let debug = with(
        &create_pod(spec()),
        "/subResource",
        json!("ephemeralcontainers"),
    );
    let status = with(&create_pod(spec()), "/subResource", json!("status"));
    let update = with(&found(), "/operation", json!("UPDATE"));
    let update = with(&update, "/oldObject", deployment(quiet()));
    let deletion = with(&found(), "/operation", json!("DELETE"));
    let wrong = with(
        &with(&found(), "/namespace", json!(1)),
        "/userInfo",
        json!([]),
    );
    let unknown = with(&create_pod(unreadable()), "/operation", json!("X"));
    let unusable = json!({"mode": 1, "tags": {"consider": 1, "mutable": 1}, "pullPolicies": 1});
    let unknown_fields = json!({"a": 1, "z": 1, "mode": "strict", "tags": {"y": 1, "b": 1}});
    let mut cases = Vec::new();
    let mut add = |outcome, name, request: Value, settings: Value| {
        cases.push(Case {
            name,
            payload: json!({"request": request, "settings": settings}),
            outcome,
        });
    };
    add(
        Outcome::Accepted,
        "accepted",
        create(deployment(quiet())),
        json!({}),
    );
    add(Outcome::Rejected, "a searched kind", create(web), json!({}));
    add(Outcome::Accepted, "pods/status", status, json!({}));
    add(Outcome::Accepted, "a deletion", deletion, json!({}));
    add(Outcome::Rejected, "rejected", found(), json!({}));
    add(
        Outcome::Rejected,
        "rejected by many settings",
        found(),
        settings(),
    );
    add(
        Outcome::Rejected,
        "rejected for variables too",
        create_pod(spec()),
        variables(),
    );
    add(
        Outcome::Rejected,
        "more than ten findings",
        create_pod(many),
        json!({}),
    );
    add(Outcome::Rejected, "an update", update, json!({}));
    add(
        Outcome::Rejected,
        "unreadable",
        create(deployment(unreadable())),
        json!({}),
    );
    add(
        Outcome::Rejected,
        "unreadable Pod with variables",
        create_pod(unreadable()),
        variables(),
    );
    add(Outcome::Rejected, "an unreadable request", wrong, json!({}));
    add(
        Outcome::Rejected,
        "without a kind",
        without(&found(), "/kind"),
        json!({}),
    );
    add(
        Outcome::Rejected,
        "without an object",
        without(&found(), "/object"),
        json!({}),
    );
    add(Outcome::Rejected, "an empty request", json!({}), json!({}));
    add(Outcome::Warned, "lenient", found(), lenient());
    add(
        Outcome::Warned,
        "lenient with variables",
        found(),
        json!({"mode": "lenient", "imageEnvVars": ["*"]}),
    );
    add(Outcome::Warned, "a mirror Pod", mirror(), json!({}));
    add(
        Outcome::Warned,
        "pods/ephemeralcontainers",
        debug,
        json!({}),
    );
    add(
        Outcome::Warned,
        "unreadable in lenient",
        create(deployment(unreadable())),
        lenient(),
    );
    add(
        Outcome::Warned,
        "an unreadable request and object",
        unknown,
        lenient(),
    );
    add(Outcome::Unusable, "unusable settings", found(), unusable);
    add(
        Outcome::Unusable,
        "settings with unknown fields",
        found(),
        unknown_fields,
    );
    cases
}
