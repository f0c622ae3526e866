//! Tests ControllerRevisions, in which an owner stores any data, beside StatefulSets, which
//! hold a template.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, container, create};

/// The request that creates a ControllerRevision with this data.
fn revision(data: Value) -> Value {
    create(json!({
        "apiVersion": "apps/v1",
        "kind": "ControllerRevision",
        "metadata": {"name": "web-1", "namespace": "shop"},
        "data": data,
        "revision": 1,
    }))
}

fn stateful_set(spec: Value) -> Value {
    create(json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": spec,
    }))
}

fn accepted(data: Value) {
    let case = data.to_string();
    assert_eq!(
        answer(&case, &revision(data), &json!({})),
        ACCEPTED,
        "{case}"
    );
}

fn refused(spec: Value, path: &str) {
    let case = spec.to_string();
    assert_eq!(
        answer(&case, &stateful_set(spec), &json!({})),
        Expected::strict([]).unreadable([path]).rejected(400),
        "{case}"
    );
}

/// Values that are no object, where a template or its PodSpec belongs.
fn others() -> [Value; 5] {
    [
        json!("text"),
        json!(1),
        json!(true),
        json!([]),
        json!([{"spec": {"containers": "web"}}]),
    ]
}

#[test]
fn data_of_another_type_is_no_template() {
    for other in others() {
        accepted(other.clone());
        refused(other, "spec");
    }
}

#[test]
fn a_spec_of_another_type_is_no_template() {
    for other in others() {
        accepted(json!({"spec": other}));
        accepted(json!({"spec": {"template": other}}));
        refused(json!({"template": other}), "spec.template");
    }
}

#[test]
fn a_pod_spec_of_another_type_is_none() {
    for other in others() {
        accepted(json!({"spec": {"template": {"spec": other}}}));
        refused(json!({"template": {"spec": other}}), "spec.template.spec");
    }
}

#[test]
fn a_pod_spec_without_containers_is_none() {
    for pod_spec in [json!({}), json!(null), json!({"containers": null})] {
        accepted(json!({"spec": {"template": {"spec": pod_spec}}}));
        refused(
            json!({"template": {"spec": pod_spec}}),
            "spec.template.spec.containers",
        );
    }
}

#[test]
fn a_template_is_judged_in_either_kind() {
    let template = json!({"template": {"spec": {"containers": [container("web", MOVING)]}}});
    let finding =
        |root: &str| Finding::at(&format!("{root}.template.spec.containers[0].image"), MOVING);
    assert_eq!(
        answer("revision", &revision(json!({"spec": template})), &json!({})),
        Expected::strict([finding("data.spec")]).rejected(403)
    );
    assert_eq!(
        answer("set", &stateful_set(template), &json!({})),
        Expected::strict([finding("spec")]).rejected(403)
    );
}

#[test]
fn a_template_must_be_readable_in_either_kind() {
    for (pod_spec, field) in [
        (json!({"containers": "web"}), "containers"),
        (json!({"containers": [{"image": 1}]}), "containers[0].image"),
        (json!({"volumes": [1]}), "volumes[0]"),
    ] {
        let template = json!({"template": {"spec": pod_spec}});
        let path = |root: &str| format!("{root}.template.spec.{field}");
        assert_eq!(
            answer("revision", &revision(json!({"spec": template})), &json!({})),
            Expected::strict([])
                .unreadable([path("data.spec")])
                .rejected(400),
            "{pod_spec}"
        );
        refused(template, &path("spec"));
    }
}
