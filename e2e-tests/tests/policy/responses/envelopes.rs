//! Tests requests whose envelope cannot be read. Those that cannot bring an image are accepted.

use serde_json::{Value, json};

use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::answer_to;
use crate::request::{MOVING, create_pod_of, with};
use crate::written::with_raw;

/// Fields, unreadable values, and the paths of the errors.
const UNREADABLE: [(&str, &str, &str); 4] = [
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

/// A request for an object of an unknown kind.
fn of_another_kind(operation: &str) -> Value {
    let kind = json!({"group": "example.com", "version": "v1", "kind": "Web"});
    with(&request(operation), "/kind", kind)
}

/// The answer to a request with `raw` as the value of a field.
fn judged(request: &Value, field: &str, raw: &str, settings: &Value) -> Answer {
    let payload = json!({"request": request, "settings": settings});
    let payload = with_raw(&payload, &format!("/request/{field}"), raw);
    answer_to(&payload, payload.as_bytes())
}

fn refused(path: &str) -> Expected {
    Expected::strict([]).unreadable([path]).rejected(400)
}

#[test]
fn deletions_and_connections_need_no_readable_envelope() {
    for (field, raw, path) in UNREADABLE {
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
fn refuses_an_unreadable_envelope_whatever_the_kind_is() {
    for (field, raw, path) in UNREADABLE {
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
fn an_unreadable_operation_does_not_count_as_a_deletion() {
    for raw in [r#"["DELETE"]"#, r#""delete""#] {
        let answer = judged(&request("CREATE"), "operation", raw, &json!({}));
        assert_eq!(answer, refused("request.operation"), "{raw}");
    }
    let answer = judged(&request("CREATE"), "operation", r#""DELETE""#, &json!({}));
    assert_eq!(answer, ACCEPTED);
}

#[test]
fn an_unreadable_kind_does_not_count_as_a_searched_one() {
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
