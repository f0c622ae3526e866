//! Tests ephemeral containers, which `kubectl debug` adds to a running Pod.

use serde_json::{Value, json};

use super::update;
use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, pod, with};

/// A Pod with these ephemeral containers, beside a container that is found.
fn debugged(names: &[&str]) -> Value {
    let debuggers: Vec<Value> = names.iter().map(|name| container(name, MOVING)).collect();
    pod(json!({"containers": [container("web", MOVING)], "ephemeralContainers": debuggers}))
}

/// The request by which a Pod gets other ephemeral containers.
fn debug(new: Value, old: Value) -> Value {
    let request = update(new, old);
    with(&request, "/subResource", json!("ephemeralcontainers"))
}

fn found(index: usize) -> Finding {
    let path = format!("spec.ephemeralContainers[{index}].image");
    Finding::at(&path, MOVING)
}

#[test]
fn an_added_ephemeral_container_follows_the_setting() {
    let request = debug(debugged(&["a"]), debugged(&[]));
    for (setting, expected) in [
        ("warn", Expected::strict([found(0)]).accepted()),
        ("enforce", Expected::strict([found(0)]).rejected(403)),
        ("ignore", ACCEPTED),
    ] {
        let settings = json!({"ephemeralContainers": setting});
        assert_eq!(answer(setting, &request, &settings), expected, "{setting}");
    }
}

#[test]
fn an_unchanged_ephemeral_container_only_warns_even_if_enforced() {
    let settings = json!({"ephemeralContainers": "enforce", "unchanged": "enforce"});
    let same = debug(debugged(&["a"]), debugged(&["a"]));
    assert_eq!(
        answer("same", &same, &settings),
        Expected::strict([found(0)]).accepted()
    );
    let added = debug(debugged(&["a", "b"]), debugged(&["a"]));
    assert_eq!(
        answer("added", &added, &settings),
        Expected::strict([found(1), found(0)]).rejected(403)
    );
}

#[test]
fn an_ephemeral_container_that_was_a_container_is_new() {
    let settings = json!({"ephemeralContainers": "enforce"});
    let old = pod(json!({"containers": [container("a", MOVING)]}));
    let new = pod(json!({
        "containers": [container("a", VERSION)],
        "ephemeralContainers": [container("a", MOVING)],
    }));
    assert_eq!(
        answer("moved", &debug(new, old), &settings),
        Expected::strict([found(0)]).rejected(403)
    );
}

#[test]
fn an_update_of_the_whole_pod_judges_its_containers_too() {
    let settings = json!({"ephemeralContainers": "enforce"});
    let old = with(
        &debugged(&["a"]),
        "/spec/containers/0/image",
        json!(VERSION),
    );
    let request = update(debugged(&["a"]), old.clone());
    let web = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(
        answer("whole", &request, &settings),
        Expected::strict([web, found(0)]).rejected(403)
    );
    assert_eq!(
        answer("part", &debug(debugged(&["a"]), old), &settings),
        Expected::strict([found(0)]).accepted()
    );
}

#[test]
fn an_ephemeral_container_is_judged_though_an_owner_is_named() {
    let settings = json!({"ephemeralContainers": "enforce"});
    let owners = json!([{"kind": "ReplicaSet", "name": "web", "controller": true}]);
    let owned = |names: &[&str]| {
        with(
            &debugged(names),
            "/metadata/ownerReferences",
            owners.clone(),
        )
    };
    let request = debug(owned(&["a"]), owned(&[]));
    assert_eq!(
        answer("user", &request, &settings),
        Expected::strict([found(0)]).rejected(403)
    );
    let settings = json!({"ephemeralContainers": "enforce", "controllers": ["alice"]});
    assert_eq!(
        answer("controller", &request, &settings),
        Expected::strict([found(0)]).accepted()
    );
}
