//! Requests whose envelope cannot be read: what they cannot bring is not refused.

use serde_json::{Value, json};

use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::answer_to;
use crate::request::{MOVING, create_pod_of, with};
use crate::written::with_raw;

/// Fields, what cannot be read there, and its path.
const FAULTS: [(&str, &str, &str); 4] = [
    ("userInfo", "[]", "request.userInfo"),
    (
        "userInfo",
        r#"{"groups":[1]}"#,
        "request.userInfo.groups[0]",
    ),
    ("namespace", "1", "request.namespace"),
    ("subResource", "{}", "request.subResource"),
];

/// A request for a Pod with a finding.
fn request(operation: &str) -> Value {
    with(&create_pod_of(MOVING), "/operation", json!(operation))
}

/// A request for an object of which nothing is known.
fn of_another_kind(operation: &str) -> Value {
    let kind = json!({"group": "example.com", "version": "v1", "kind": "Web"});
    with(&request(operation), "/kind", kind)
}

/// What is said of a request in which `raw` stands for a field.
fn judged(request: &Value, field: &str, raw: &str, settings: &Value) -> Answer {
    let payload = json!({"request": request, "settings": settings});
    let payload = with_raw(&payload, &format!("/request/{field}"), raw);
    answer_to(&payload, payload.as_bytes())
}

fn refused(path: &str) -> Expected {
    Expected::strict([]).unreadable([path]).rejected(400)
}

#[test]
fn what_brings_nothing_is_accepted_whatever_its_envelope_is() {
    for (field, raw, path) in FAULTS {
        for operation in ["DELETE", "CONNECT"] {
            let answer = judged(&request(operation), field, raw, &json!({}));
            assert_eq!(answer, ACCEPTED, "{operation} {field} {raw}");
        }
        for operation in ["CREATE", "UPDATE"] {
            let answer = judged(&request(operation), field, raw, &json!({}));
            assert_eq!(answer, refused(path), "{operation} {field} {raw}");
        }
    }
}

#[test]
fn an_envelope_that_cannot_be_read_is_refused_whatever_the_kind_is() {
    for (field, raw, path) in FAULTS {
        for operation in ["CREATE", "UPDATE"] {
            let answer = judged(&of_another_kind(operation), field, raw, &json!({}));
            assert_eq!(answer, refused(path), "{operation} {field} {raw}");
        }
        for operation in ["DELETE", "CONNECT"] {
            let answer = judged(&of_another_kind(operation), field, raw, &json!({}));
            assert_eq!(answer, ACCEPTED, "{operation} {field} {raw}");
        }
    }
}

#[test]
fn an_operation_that_cannot_be_read_is_none_that_brings_nothing() {
    for raw in [r#"["DELETE"]"#, r#""delete""#] {
        let answer = judged(&request("CREATE"), "operation", raw, &json!({}));
        assert_eq!(answer, refused("request.operation"), "{raw}");
    }
    let answer = judged(&request("CREATE"), "operation", r#""DELETE""#, &json!({}));
    assert_eq!(answer, ACCEPTED);
}

#[test]
fn a_kind_that_cannot_be_read_is_none_that_is_searched() {
    let other = r#"{"group":"","version":"v1","kind":"Web"}"#;
    for (raw, path) in [
        (r#"["Web"]"#, "request.kind"),
        (r#"{"group":1,"kind":"Web"}"#, "request.kind.group"),
    ] {
        let answer = judged(&request("CREATE"), "kind", raw, &json!({}));
        assert_eq!(answer, refused(path), "{raw}");
    }
    let answer = judged(&request("CREATE"), "kind", other, &json!({}));
    let found = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(answer, Expected::strict([found]).rejected(403));
}
