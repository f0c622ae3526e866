//! The bytes of responses: every field is present, always in the same order.

use mutable_tags_policy::admission::{validate, validate_settings};
use serde_json::json;

use crate::host::CaseHost;
use crate::test;

/// The response to the creation of a Pod with one image, in lenient mode.
fn answer(image: &str) -> String {
    let payload = json!({
        "request": {
            "kind": {"kind": "Pod"},
            "operation": "CREATE",
            "object": {"spec": {"containers": [{"image": image}]}},
        },
        "settings": {"environment": "test", "environments": [{"name": "test", "mode": "lenient"}]},
    });
    let answer = validate(payload.to_string().as_bytes(), &CaseHost::silent());
    String::from_utf8(answer).unwrap()
}

#[test]
fn answers_silently_with_every_field_null() {
    assert_eq!(
        answer("a:1.2.3"),
        r#"{"accepted":true,"message":null,"code":null,"mutated_object":null,"audit_annotations":null,"warnings":null}"#
    );
}

#[test]
fn answers_with_every_field_in_order() {
    let answer = answer("a");
    let fields = [
        r#"{"accepted":true,"message":"mutable-tags ("#,
        r#"","code":null,"mutated_object":null,"audit_annotations":{"mode":"lenient","environment":"test","findings":"[{\"path\":\"spec.containers[0].image\",\"image\":\"a\",\"reason\":\"no-tag\",\"pullPolicy\":\"Always\"}]"},"warnings":["#,
        "]}",
    ];
    let mut rest = answer.as_str();
    for field in fields {
        let (_, after) = rest.split_once(field).expect(field);
        rest = after;
    }
    assert!(answer.starts_with(fields[0]), "{answer}");
    assert_eq!(rest, "", "{answer}");
}

#[test]
fn answers_to_settings_with_both_fields() {
    let valid = validate_settings(b"{}");
    assert_eq!(
        String::from_utf8(valid).unwrap(),
        r#"{"valid":true,"message":null}"#
    );
    let invalid = String::from_utf8(validate_settings(b"5")).unwrap();
    assert!(
        invalid.starts_with(r#"{"valid":false,"message":"settings "#),
        "{invalid}"
    );
}
