//! Pods that a kubelet runs from files and only mirrors to the API server.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, create, create_pod_of, with};

const ANNOTATION: &str = "kubernetes.io/config.mirror";

/// The request by which a kubelet mirrors a Pod.
fn mirror() -> Value {
    let request = create_pod_of(MOVING);
    let request = with(
        &request,
        "/object/metadata/annotations",
        json!({ANNOTATION: "0123abcd"}),
    );
    let user = json!({
        "username": "system:node:worker-1",
        "groups": ["system:nodes", "system:authenticated"],
    });
    with(&request, "/userInfo", user)
}

fn finding() -> Finding {
    Finding::at("spec.containers[0].image", MOVING)
}

fn warned() -> Expected {
    Expected::strict([finding()]).accepted()
}

fn rejected() -> Expected {
    Expected::strict([finding()]).rejected(403)
}

#[test]
fn strict_mode_only_warns_of_a_mirror_pod() {
    assert_eq!(answer("mirror", &mirror(), &json!({})), warned());
    // Only the presence of the annotation counts, not its value.
    let empty = with(
        &mirror(),
        "/object/metadata/annotations",
        json!({ANNOTATION: ""}),
    );
    assert_eq!(answer("empty", &empty, &json!({})), warned());
}

#[test]
fn the_annotation_alone_makes_no_mirror_pod() {
    let cases = [
        ("no groups", json!({"username": "system:node:worker-1"})),
        ("no user", json!({})),
        ("null", json!(null)),
        ("null groups", json!({"groups": null})),
        (
            "another group",
            json!({"groups": ["system:masters", "system:nodes:worker"]}),
        ),
        ("upper case", json!({"groups": ["system:Nodes"]})),
        ("in extra", json!({"extra": {"groups": ["system:nodes"]}})),
    ];
    for (case, user) in cases {
        let request = with(&mirror(), "/userInfo", user);
        assert_eq!(answer(case, &request, &json!({})), rejected(), "{case}");
    }
}

#[test]
fn a_node_alone_makes_no_mirror_pod() {
    let cases = [
        ("none", json!(null)),
        ("empty", json!({})),
        ("another", json!({"kubernetes.io/config.source": "api"})),
        ("null", json!({ANNOTATION: null})),
    ];
    for (case, annotations) in cases {
        let request = with(&mirror(), "/object/metadata/annotations", annotations);
        assert_eq!(answer(case, &request, &json!({})), rejected(), "{case}");
    }
}

#[test]
fn only_a_pod_can_be_a_mirror_pod() {
    let template = json!({
        "metadata": {"annotations": {ANNOTATION: "0123abcd"}},
        "spec": {"containers": [container("web", MOVING)]},
    });
    let deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "annotations": {ANNOTATION: "0123abcd"}},
        "spec": {"template": template},
    });
    let request = with(
        &create(deployment),
        "/userInfo",
        json!({"groups": ["system:nodes"]}),
    );
    assert_eq!(
        answer("Deployment", &request, &json!({})),
        Expected::strict([Finding::at(
            "spec.template.spec.containers[0].image",
            MOVING
        )])
        .rejected(403)
    );
}

#[test]
fn an_unreadable_mirror_pod_is_warned_of() {
    let broken = |request: &Value| with(request, "/object/spec/containers/0/image", json!(1));
    let said = Expected::strict([]).unreadable(["spec.containers[0].image"]);
    assert_eq!(
        answer("unreadable", &broken(&mirror()), &json!({})),
        said.clone().accepted()
    );
    let of_a_user = with(
        &mirror(),
        "/userInfo/groups",
        json!(["system:authenticated"]),
    );
    assert_eq!(
        answer("unreadable", &broken(&of_a_user), &json!({})),
        said.rejected(400)
    );
}

#[test]
fn an_ephemeral_container_of_a_mirror_pod_follows_both_rules() {
    let debug = json!([container("debug", MOVING)]);
    let request = with(&mirror(), "/object/spec/ephemeralContainers", debug);
    let debug = Finding::at("spec.ephemeralContainers[0].image", MOVING);
    for (setting, findings) in [
        ("warn", vec![finding(), debug.clone()]),
        ("enforce", vec![finding(), debug]),
        ("ignore", vec![finding()]),
    ] {
        let settings = json!({"ephemeralContainers": setting});
        assert_eq!(
            answer(setting, &request, &settings),
            Expected::strict(findings).accepted(),
            "{setting}"
        );
    }
}
