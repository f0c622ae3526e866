//! Keys that stand twice, in the new object and in the old one: which value counts
//! depends on who reads it, so that they vouch for nothing.

use serde_json::{Value, json};

use super::{
    assert_written, deployment, found, rejected, restarted, warned, web, written_update_of,
};
use crate::answer::{Expected, Finding};
use crate::answer_to;
use crate::request::{MOVING, VERSION, container};
use crate::written::with_raw;

fn pinned() -> Value {
    deployment(json!([container("web", VERSION)]))
}

/// The steps to what is judged, each with what stands there in an object.
const STEPS: [(&str, &str); 4] = [
    ("/spec", "spec"),
    ("/spec/template", "spec.template"),
    ("/spec/template/spec", "spec.template.spec"),
    (
        "/spec/template/spec/containers",
        "spec.template.spec.containers",
    ),
];

/// A Deployment in which `key` stands twice: first as in `one`, then as in `other`.
fn twice(pointer: &str, one: &Value, other: &Value) -> String {
    let (_, key) = pointer.rsplit_once('/').unwrap();
    let [one_value, other_value] = [one, other].map(|object| object.pointer(pointer).unwrap());
    with_raw(
        other,
        pointer,
        &format!("{one_value},\"{key}\":{other_value}"),
    )
}

/// What exactly is said depends on which of the values is read.
fn assert_not_accepted(path: &str, new: &str, old: &str) {
    let answer = answer_to(path, super::written_update(new, old).as_bytes());
    assert!(!answer.accepted, "{path} of {old}: {answer:?}");
}

#[test]
fn a_step_that_is_given_twice_in_the_new_object_cannot_be_judged() {
    for (pointer, path) in STEPS {
        let expected = Expected::strict([found()]).unreadable([path]).rejected(400);
        for (one, other) in [(web(), pinned()), (pinned(), web())] {
            let new = twice(pointer, &one, &other);
            assert_written(path, &new, &pinned().to_string(), &expected);
        }
        let escaped = twice(pointer, &web(), &pinned()).replacen("e\":", "\\u0065\":", 1);
        assert_written(path, &escaped, &pinned().to_string(), &expected);
    }
}

#[test]
fn a_step_that_is_given_twice_in_both_objects_hides_no_other_first_value() {
    for (pointer, path) in STEPS {
        let [new, old] = [web(), pinned()].map(|first| twice(pointer, &first, &pinned()));
        assert_not_accepted(path, &new, &old);
    }
    for (pointer, path) in STEPS.iter().take(2) {
        let [new, old] = [restarted(&web()), web()].map(|first| twice(pointer, &first, &pinned()));
        assert_not_accepted(path, &new, &old);
    }
}

#[test]
fn a_field_of_a_container_that_is_given_twice_hides_no_other_image() {
    let image = |first: &str| {
        let container = format!(
            r#"[{{"name":"web","image":"{first}","image":"{VERSION}","imagePullPolicy":"Always"}}]"#
        );
        with_raw(&web(), "/spec/template/spec/containers", &container)
    };
    let said = Expected::strict([]).unreadable(["spec.template.spec.containers[0].image"]);
    let refused = said.clone().rejected(400);
    assert_written("other", &image(MOVING), &image(VERSION), &refused);
    assert_written("same", &image(MOVING), &image(MOVING), &said.accepted());
}

#[test]
fn a_key_that_stands_twice_elsewhere_in_a_template_changes_it_unless_it_is_the_same_text() {
    let labels = |raw: &str| with_raw(&web(), "/spec/template/metadata/labels", raw);
    let twice = labels(r#"{"a":"1","a":"2"}"#);
    assert_written("same", &twice, &twice, &warned([found()]));
    for other in [
        r#"{"a":"2"}"#,
        r#"{"a":"1"}"#,
        r#"{"a":"2","a":"1"}"#,
        r#"{"a":"1", "a":"2"}"#,
    ] {
        let other = labels(other);
        assert_written("old", &twice, &other, &rejected([found()]));
        assert_written("new", &other, &twice, &rejected([found()]));
    }
}

#[test]
fn an_old_object_in_which_a_step_stands_twice_vouches_for_nothing() {
    for (pointer, path) in STEPS {
        for (one, other) in [(web(), pinned()), (pinned(), web()), (web(), web())] {
            let old = twice(pointer, &one, &other);
            assert_not_accepted(path, &web().to_string(), &old);
        }
    }
    let old = web().to_string();
    assert_written("once", &web().to_string(), &old, &warned([found()]));
}

#[test]
fn a_pod_whose_old_object_has_two_specs_vouches_for_nothing() {
    let pod = super::web_pod();
    let spec = pod["spec"].to_string();
    let old = with_raw(
        &pod,
        "/spec",
        &format!(r#"{spec},"spec":{{"containers":[]}}"#),
    );
    for (old, expected) in [
        (old, rejected([Finding::at(super::POD_PATH, MOVING)])),
        (
            pod.to_string(),
            warned([Finding::at(super::POD_PATH, MOVING)]),
        ),
    ] {
        let payload = written_update_of("", "Pod", &pod.to_string(), &old);
        assert_eq!(answer_to("Pod", payload.as_bytes()), expected, "{old}");
    }
}

#[test]
fn an_old_object_that_is_given_twice_is_refused() {
    for (one, other) in [(web(), pinned()), (pinned(), web()), (web(), web())] {
        let old = format!(r#"{one},"oldObject":{other}"#);
        let expected = Expected::strict([])
            .unreadable(["request.oldObject"])
            .rejected(400);
        assert_written("twice", &web().to_string(), &old, &expected);
    }
}
