//! Requests whose envelope cannot be read: what they cannot bring is not refused.

use serde_json::{Value, json};

use crate::answer::{ACCEPTED, Answer, Finding};
use crate::answer_to;
use crate::request::{MOVING, create_pod_of, with};
use crate::written::with_raw;

/// Fields that cannot be read, and what is said of them.
const FAULTS: [(&str, &str, &str); 5] = [
    ("userInfo", "[]", "request.userInfo must be an object"),
    (
        "userInfo",
        r#"{"groups":[1]}"#,
        "request.userInfo.groups[0] must be a string",
    ),
    (
        "userInfo",
        r#"{},"userInfo":{}"#,
        "request.userInfo is given more than once",
    ),
    ("namespace", "1", "request.namespace must be a string"),
    ("subResource", "{}", "request.subResource must be a string"),
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
fn judged(request: &Value, field: &str, raw: &str, settings: &Value) -> String {
    let payload = json!({"request": request, "settings": settings});
    let payload = with_raw(&payload, &format!("/request/{field}"), raw);
    answer_to(&payload, payload.as_bytes())
}

fn refused(problem: &str) -> String {
    Answer::strict([]).unreadable([problem]).rejected(400)
}

/// A field that stands twice.
fn twice(field: &str, one: &str, other: &str) -> String {
    format!(r#"{one},"{field}":{other}"#)
}

#[test]
fn what_brings_nothing_is_accepted_whatever_its_envelope_is() {
    for (field, raw, problem) in FAULTS {
        for operation in ["DELETE", "CONNECT"] {
            let answer = judged(&request(operation), field, raw, &json!({}));
            assert_eq!(answer, ACCEPTED, "{operation} {field} {raw}");
        }
        for operation in ["CREATE", "UPDATE"] {
            let answer = judged(&request(operation), field, raw, &json!({}));
            assert_eq!(answer, refused(problem), "{operation} {field} {raw}");
        }
    }
}

#[test]
fn an_envelope_that_cannot_be_read_is_refused_whatever_the_kind_is() {
    for (field, raw, problem) in FAULTS {
        for operation in ["CREATE", "UPDATE"] {
            let answer = judged(&of_another_kind(operation), field, raw, &json!({}));
            assert_eq!(answer, refused(problem), "{operation} {field} {raw}");
        }
        for operation in ["DELETE", "CONNECT"] {
            let answer = judged(&of_another_kind(operation), field, raw, &json!({}));
            assert_eq!(answer, ACCEPTED, "{operation} {field} {raw}");
        }
    }
}

#[test]
fn an_operation_that_cannot_be_read_is_none_that_brings_nothing() {
    let unknown = "request.operation must be CREATE, UPDATE, DELETE or CONNECT";
    let repeated = "request.operation is given more than once";
    for (raw, problem) in [
        (r#"["DELETE"]"#, "request.operation must be a string"),
        (r#""delete""#, unknown),
        (&twice("operation", r#""DELETE""#, r#""CREATE""#), repeated),
        (&twice("operation", r#""CREATE""#, r#""DELETE""#), repeated),
        (&twice("operation", r#""DELETE""#, r#""DELETE""#), repeated),
    ] {
        let answer = judged(&request("CREATE"), "operation", raw, &json!({}));
        assert_eq!(answer, refused(problem), "{raw}");
    }
    let answer = judged(&request("CREATE"), "operation", r#""DELETE""#, &json!({}));
    assert_eq!(answer, ACCEPTED);
}

#[test]
fn a_kind_that_cannot_be_read_is_none_that_is_searched() {
    let pod = r#"{"group":"","version":"v1","kind":"Pod"}"#;
    let other = r#"{"group":"","version":"v1","kind":"Web"}"#;
    for (raw, problem) in [
        (r#"["Web"]"#, "request.kind must be an object"),
        (
            r#"{"group":1,"kind":"Web"}"#,
            "request.kind.group must be a string",
        ),
        (
            r#"{"group":"","kind":"Web","kind":"Pod"}"#,
            "request.kind.kind is given more than once",
        ),
        (
            &twice("kind", other, pod),
            "request.kind is given more than once",
        ),
        (
            &twice("kind", pod, other),
            "request.kind is given more than once",
        ),
    ] {
        let answer = judged(&request("CREATE"), "kind", raw, &json!({}));
        assert_eq!(answer, refused(problem), "{raw}");
    }
    let answer = judged(&request("CREATE"), "kind", other, &json!({}));
    let found = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(answer, Answer::strict([found]).rejected(403));
}

#[test]
fn of_two_namespaces_none_gives_the_mode() {
    let environments = json!([{"name": "test", "mode": "lenient", "namespaces": ["ci"]}]);
    let settings = json!({"environments": environments});
    let problem = "request.namespace is given more than once";
    let (ci, prod) = (r#""ci""#, r#""prod""#);
    for raw in [
        twice("namespace", prod, ci),
        twice("namespace", ci, prod),
        twice("namespace", ci, ci),
    ] {
        assert_eq!(
            judged(&request("CREATE"), "namespace", &raw, &settings),
            Answer::strict([])
                .in_no_environment()
                .unreadable([problem])
                .rejected(400),
            "{raw}"
        );
    }
    let found = || [Finding::at("spec.containers[0].image", MOVING)];
    assert_eq!(
        judged(&request("CREATE"), "namespace", ci, &settings),
        Answer::lenient(found()).in_environment("test").accepted()
    );
    assert_eq!(
        judged(&request("CREATE"), "namespace", prod, &settings),
        Answer::strict(found()).in_no_environment().rejected(403)
    );
}

#[test]
fn of_two_namespaces_the_default_mode_decides() {
    let environments = json!([{"name": "production", "mode": "strict", "namespaces": ["prod"]}]);
    let settings = json!({"mode": "lenient", "environments": environments});
    let problem = "request.namespace is given more than once";
    for (one, other) in [(r#""prod""#, r#""ci""#), (r#""ci""#, r#""prod""#)] {
        let raw = twice("namespace", one, other);
        assert_eq!(
            judged(&request("CREATE"), "namespace", &raw, &settings),
            Answer::lenient([])
                .in_no_environment()
                .unreadable([problem])
                .accepted(),
            "{raw}"
        );
    }
}
