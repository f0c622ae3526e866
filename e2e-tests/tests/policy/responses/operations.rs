//! Tests which requests are judged at all.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, create_pod_of, with, without};

const SUBRESOURCES: [&str; 10] = [
    "status",
    "scale",
    "resize",
    "binding",
    "eviction",
    "exec",
    "attach",
    "log",
    "EphemeralContainers",
    "ephemeralcontainers/x",
];

fn rejected() -> Expected {
    Expected::strict([Finding::at("spec.containers[0].image", MOVING)]).rejected(403)
}

/// A request that would be rejected if it created or changed the object.
fn request(operation: &str) -> Value {
    with(&create_pod_of(MOVING), "/operation", json!(operation))
}

#[test]
fn creations_and_updates_are_judged() {
    for operation in ["CREATE", "UPDATE"] {
        assert_eq!(
            answer(operation, &request(operation), &json!({})),
            rejected(),
            "{operation}"
        );
    }
}

#[test]
fn deletions_and_connections_are_accepted_whatever_their_object_is() {
    for operation in ["DELETE", "CONNECT"] {
        for object in [
            json!(null),
            json!([1]),
            json!({"spec": 1}),
            request("")["object"].clone(),
        ] {
            let case = format!("{operation} {object}");
            let request = with(&request(operation), "/object", object);
            assert_eq!(answer(&case, &request, &json!({})), ACCEPTED, "{case}");
        }
        let request = without(&request(operation), "/object");
        assert_eq!(
            answer(operation, &request, &json!({})),
            ACCEPTED,
            "{operation}"
        );
    }
}

#[test]
fn accepts_every_subresource_that_changes_no_image() {
    for operation in ["CREATE", "UPDATE", "DELETE", "CONNECT"] {
        for subresource in SUBRESOURCES {
            let request = with(&request(operation), "/subResource", json!(subresource));
            for object in [
                json!(null),
                json!([1]),
                json!({"spec": 1}),
                request["object"].clone(),
            ] {
                let case = format!("{operation} {subresource} {object}");
                let request = with(&request, "/object", object);
                assert_eq!(answer(&case, &request, &json!({})), ACCEPTED, "{case}");
            }
        }
    }
}

#[test]
fn no_subresource_is_the_object_itself() {
    for subresource in [json!(""), json!(null)] {
        let request = with(&request("CREATE"), "/subResource", subresource.clone());
        assert_eq!(
            answer("none", &request, &json!({})),
            rejected(),
            "{subresource}"
        );
    }
}

#[test]
fn the_subresource_of_the_original_request_decides_nothing() {
    let request = with(&request("UPDATE"), "/requestSubResource", json!("status"));
    assert_eq!(
        answer("requestSubResource", &request, &json!({})),
        rejected()
    );
}

#[test]
fn judges_the_kind_that_the_object_was_converted_to() {
    // `requestKind` has the kind that an older client asked for.
    let old = json!({"group": "extensions", "version": "v1beta1", "kind": "Other"});
    let request = with(&request("CREATE"), "/requestKind", old);
    assert_eq!(answer("requestKind", &request, &json!({})), rejected());
}

#[test]
fn an_unknown_operation_is_unreadable() {
    for operation in ["create", "PATCH", "CREATE ", "*", "\u{0}", "CREATE\u{0}"] {
        assert_eq!(
            answer(operation, &request(operation), &json!({})),
            Expected::strict([])
                .unreadable(["request.operation"])
                .rejected(400),
            "{operation:?}"
        );
        assert_eq!(
            answer(operation, &request(operation), &json!({"mode": "lenient"})),
            Expected::lenient([])
                .unreadable(["request.operation"])
                .accepted(),
            "{operation:?}"
        );
    }
}

#[test]
fn a_missing_operation_is_unreadable() {
    let expected = Expected::strict([])
        .unreadable(["request.operation"])
        .rejected(400);
    assert_eq!(answer("empty", &request(""), &json!({})), expected);
    let request = without(&request(""), "/operation");
    assert_eq!(answer("missing", &request, &json!({})), expected);
}

#[test]
fn a_searched_kind_without_images_is_accepted() {
    for (group, kind) in [
        ("", "Web"),
        ("apps", "Pod"),
        ("", "Deployment"),
        ("x.io", "Y"),
    ] {
        let kind = json!({"group": group, "version": "v1", "kind": kind});
        let request = with(&request("CREATE"), "/kind", kind.clone());
        for object in [json!(null), json!([1]), json!({"spec": 1})] {
            let case = format!("{kind} {object}");
            let request = with(&request, "/object", object);
            assert_eq!(answer(&case, &request, &json!({})), ACCEPTED, "{case}");
        }
        let case = kind.to_string();
        assert_eq!(answer(&case, &request, &json!({})), rejected(), "{case}");
    }
}
