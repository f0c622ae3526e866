//! Tests owner references that prove nothing.

use serde_json::{Value, json};

use super::{KINDS, PATH, POD_PATH, by, rejected, update, warned, web, web_pod};
use crate::answer::{Expected, Finding, names};
use crate::request::{MOVING, VERSION, create, with};
use crate::written::with_raw;
use crate::{answer, answer_to};

const CONTROLLER: &str = "system:serviceaccount:kube-system:replicaset-controller";

fn found() -> Finding {
    Finding::at(POD_PATH, MOVING)
}

fn owner(controller: Value) -> Value {
    json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "1", "controller": controller})
}

/// The payload by which a user creates a Pod with these owner references.
fn payload(username: &str, references: &str) -> String {
    let request = by(&create(web_pod()), username);
    let payload = json!({"request": request, "settings": {}});
    with_raw(
        &payload,
        "/request/object/metadata/ownerReferences",
        references,
    )
}

fn owned() -> Expected {
    warned([found()])
}

#[test]
fn no_references_that_a_user_writes_excuse_a_finding() {
    let [yes, no] = [true, false].map(|controller| owner(json!(controller)).to_string());
    for (references, is_owned) in [
        (format!("[{yes}]"), true),
        (format!("[{no},{yes}]"), true),
        (format!("[{yes},{no}]"), true),
        (format!("[{yes},{yes}]"), true),
        (
            r#"[{"apiVersion":"apps/v1","kind":"ReplicaSet","\u0063ontroller":true}]"#.to_owned(),
            true,
        ),
        (
            r#"[{ "apiVersion" : "apps/v1", "kind" : "ReplicaSet", "controller" : true }]"#
                .to_owned(),
            true,
        ),
        (r#"[{"controller":true}]"#.to_owned(), false),
        (
            r#"[{"apiVersion":"apps/v1","kind":"Deployment","controller":true}]"#.to_owned(),
            false,
        ),
        (format!("[{no}]"), false),
        (format!("[{no},{no}]"), false),
        ("[{}]".to_owned(), false),
        ("[]".to_owned(), false),
        ("null".to_owned(), false),
        (r#"[{"controller":null}]"#.to_owned(), false),
        (r#"[{"Controller":true}]"#.to_owned(), false),
        (r#"[{"controller ":true}]"#.to_owned(), false),
        (r#"[{"blockOwnerDeletion":true}]"#.to_owned(), false),
    ] {
        let of_a_user = payload("alice", &references);
        assert_eq!(
            answer_to(&references, of_a_user.as_bytes()),
            rejected([found()]),
            "{references}"
        );
        let expected = if is_owned {
            owned()
        } else {
            rejected([found()])
        };
        let of_a_controller = payload(CONTROLLER, &references);
        assert_eq!(
            answer_to(&references, of_a_controller.as_bytes()),
            expected,
            "{references}"
        );
    }
}

#[test]
fn references_that_cannot_be_read_excuse_nothing_whoever_writes_them() {
    let at = "metadata.ownerReferences";
    for (references, field) in [
        (r#"[{"controller":"true"}]"#, "[0].controller"),
        (r#"[{"controller":1}]"#, "[0].controller"),
        (r#"{"controller":true}"#, ""),
        ("[null]", "[0]"),
    ] {
        let path = format!("{at}{field}");
        for username in ["alice", CONTROLLER] {
            let answer = answer_to(references, payload(username, references).as_bytes());
            assert_eq!(answer.code, Some(400), "{references}: {answer:?}");
            let message = answer.message.unwrap();
            assert!(names(&message, &path), "{references}: {message}");
        }
    }
}

#[test]
fn references_elsewhere_in_an_object_make_no_owner() {
    let references = json!([owner(json!(true))]);
    for pointer in [
        "/ownerReferences",
        "/spec/ownerReferences",
        "/spec/template/ownerReferences",
        "/spec/template/metadata/ownerReferences",
    ] {
        let request = create(with(&web(), pointer, references.clone()));
        let request = by(&request, CONTROLLER);
        assert_eq!(
            answer(pointer, &request, &json!({})),
            rejected([Finding::at(PATH, MOVING)]),
            "{pointer}"
        );
    }
    let request = create(with(&web_pod(), "/metadata/ownerReferences", references));
    assert_eq!(
        answer("metadata", &by(&request, CONTROLLER), &json!({})),
        warned([found()])
    );
}

#[test]
fn an_owner_that_only_the_old_object_names_is_none() {
    let references = json!([owner(json!(true))]);
    let old = with(&web_pod(), "/spec/containers/0/image", json!(VERSION));
    let [owned_old, owned_new] = [old.clone(), web_pod()]
        .map(|object| with(&object, "/metadata/ownerReferences", references.clone()));
    for (case, new, old, expected) in [
        ("old", web_pod(), owned_old, rejected([found()])),
        ("new", owned_new, old, owned()),
    ] {
        let request = by(&update(new, old), CONTROLLER);
        assert_eq!(answer(case, &request, &json!({})), expected, "{case}");
    }
}

#[test]
fn naming_an_owner_does_not_excuse_a_user() {
    let settings = json!({"unchanged": "enforce", "owned": "ignore"});
    for kind in &KINDS {
        let old = kind.of(MOVING);
        let references = json!([owner(json!(true))]);
        let new = with(&old, "/metadata/ownerReferences", references);
        for old in [old, new.clone()] {
            let request = update(new.clone(), old);
            assert_eq!(
                answer(kind.name, &request, &settings),
                rejected([kind.found(MOVING)]),
                "{}",
                kind.name
            );
            assert_eq!(
                answer(kind.name, &request, &json!({})),
                warned([kind.found(MOVING)]),
                "{}",
                kind.name
            );
        }
    }
}

#[test]
fn a_controllers_name_in_another_field_excuses_nobody() {
    for user in [
        json!({"username": "alice", "groups": [CONTROLLER], "uid": CONTROLLER}),
        json!({"username": "alice", "extra": {"username": [CONTROLLER]}}),
        json!({"username": "alice", "Username": CONTROLLER}),
        json!({"username": "alice", "groups": ["system:masters"]}),
    ] {
        let case = user.to_string();
        let owned_pod = with(
            &web_pod(),
            "/metadata/ownerReferences",
            json!([owner(json!(true))]),
        );
        let request = with(&create(owned_pod), "/userInfo", user);
        assert_eq!(
            answer(&case, &request, &json!({})),
            rejected([found()]),
            "{case}"
        );
        let request = with(&request, "/userInfo/username", json!(CONTROLLER));
        assert_eq!(answer(&case, &request, &json!({})), owned(), "{case}");
    }
}
