//! Values of the wrong type in every field that is read.

use serde_json::{Value, json};

use super::field::{self, Holds};
use super::{NO_JSON, payload, refusals, variables};
use crate::answer::{ACCEPTED, Expected};
use crate::answer_to;
use crate::request::{MOVING, with};
use crate::written::with_raw;

#[test]
fn accepts_the_payload_that_the_other_tests_change() {
    for field in field::all() {
        let payload = (field.payload)(&variables());
        assert!(
            payload.pointer(&field.pointer).is_some(),
            "{}",
            field.pointer
        );
        assert_eq!(
            answer_to("payload", payload.to_string().as_bytes()),
            ACCEPTED
        );
    }
}

#[test]
fn a_wrong_type_is_unreadable_and_its_field_is_named() {
    let values = [
        json!(17),
        json!(-1.5),
        json!(true),
        json!(false),
        json!("text"),
        json!([]),
        json!({}),
    ];
    for field in field::all() {
        for value in values.iter().filter(|value| !field.holds.admits(value)) {
            for (settings, expected) in refusals(&field.path) {
                let case = format!("{value} as {} with {settings}", field.path);
                let payload = with(&(field.payload)(&settings), &field.pointer, value.clone());
                assert_eq!(
                    answer_to(&case, payload.to_string().as_bytes()),
                    expected,
                    "{case}"
                );
            }
        }
    }
}

#[test]
fn null_counts_as_missing() {
    for field in field::all() {
        for (settings, refusal) in refusals(field.null.unwrap_or_default()) {
            let case = format!("null as {} with {settings}", field.path);
            let payload = with(&(field.payload)(&settings), &field.pointer, json!(null));
            let expected = field.null.map_or(ACCEPTED, |_| refusal);
            assert_eq!(
                answer_to(&case, payload.to_string().as_bytes()),
                expected,
                "{case}"
            );
        }
    }
}

#[test]
fn an_unknown_name_is_unreadable_and_not_quoted() {
    for field in field::all() {
        if !matches!(field.holds, Holds::PullPolicy | Holds::Operation) {
            continue;
        }
        for name in ["s3cret", "always", "create", " ", "\u{0}"] {
            for (settings, expected) in refusals(&field.path) {
                let case = format!("{name:?} as {} with {settings}", field.path);
                let payload = with(&(field.payload)(&settings), &field.pointer, json!(name));
                assert_eq!(
                    answer_to(&case, payload.to_string().as_bytes()),
                    expected,
                    "{case}"
                );
            }
        }
    }
}

#[test]
fn accepts_any_number_in_fields_that_are_not_read() {
    for number in ["-1e-999", "123456789012345678901234567890"] {
        for pointer in [
            "/request/uid",
            "/request/object/status",
            "/request/object/spec/containers/0/resources",
        ] {
            let payload = with_raw(&payload(&variables()), pointer, number);
            let case = format!("{number} as {pointer}");
            assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
        }
    }
}

#[test]
fn refuses_a_request_that_is_no_object() {
    for request in ["null", "true", "17", "1e999", "\"text\"", "[]", "[{}]"] {
        let payload = format!(r#"{{"request":{request},"settings":{{}}}}"#);
        assert_eq!(
            answer_to(request, payload.as_bytes()),
            *NO_JSON,
            "{request}"
        );
    }
}

#[test]
fn settings_of_a_wrong_type_cannot_be_used() {
    for (settings, path) in [
        ("true", "settings"),
        ("17", "settings"),
        ("\"text\"", "settings"),
        ("[{\"mode\":\"strict\"}]", "settings"),
        ("{\"mode\":17}", "mode"),
        ("{\"mode\":[\"strict\"]}", "mode"),
        ("{\"tags\":\"any\"}", "tags"),
    ] {
        let image = "/request/object/spec/containers/0/image";
        let payload = with(&payload(&json!({})), image, json!(MOVING));
        let payload = with_raw(&payload, "/settings", settings);
        assert_eq!(
            answer_to(settings, payload.as_bytes()),
            Expected::unusable_settings([path]),
            "{settings}"
        );
    }
}

#[test]
fn two_wrong_types_are_reported_together() {
    let payload = payload(&json!({}));
    let payload = with(&payload, "/request/namespace", json!(["shop"]));
    let payload = with(&payload, "/request/userInfo/groups", json!([1, "a", {}]));
    let expected = Expected::strict([])
        .unreadable([
            "request.namespace",
            "request.userInfo.groups[0]",
            "request.userInfo.groups[2]",
        ])
        .rejected(400);
    assert_eq!(answer_to("two", payload.to_string().as_bytes()), expected);
}

#[test]
fn fields_that_are_not_read_may_hold_anything() {
    let values: [Value; 7] = [
        json!(17),
        json!(true),
        json!("text"),
        json!([[]]),
        json!({"a": [1]}),
        json!(null),
        json!(-0.5),
    ];
    for pointer in [
        "/request/uid",
        "/request/resource",
        "/request/name",
        "/request/kind/version",
        "/request/userInfo/uid",
        "/request/userInfo/extra",
        "/request/oldObject",
        "/request/options",
        "/request/object/kind",
        "/request/object/status",
        "/request/object/metadata/name",
        "/request/object/metadata/managedFields",
        "/request/object/metadata/annotations/example.com~1note",
        "/request/object/spec/serviceAccountName",
        "/request/object/spec/containers/0/command",
        "/request/object/spec/containers/0/resources",
        "/request/object/spec/containers/0/env",
    ] {
        for value in &values {
            let payload = with(&payload(&json!({})), pointer, value.clone());
            let case = format!("{value} as {pointer}");
            assert_eq!(
                answer_to(&case, payload.to_string().as_bytes()),
                ACCEPTED,
                "{case}"
            );
        }
    }
}
