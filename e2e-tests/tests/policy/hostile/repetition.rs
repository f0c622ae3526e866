//! Keys that stand twice.

use serde_json::json;

use super::{field, payload, refusals, variables};
use crate::answer::{ACCEPTED, Expected, NO_REQUEST};
use crate::answer_to;
use crate::request::{MOVING, VERSION, with};
use crate::written::{with_raw, with_twin};

#[test]
fn a_field_that_is_read_and_stands_twice_is_unreadable() {
    for field in field::all() {
        // An item of a list has no key.
        if field.path.ends_with(']') {
            continue;
        }
        let path = if field.path == "object" {
            "request.object"
        } else {
            &field.path
        };
        for (settings, expected) in refusals(path) {
            let case = format!("{} twice with {settings}", field.path);
            let payload = with_twin(&(field.payload)(&settings), &field.pointer);
            assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
        }
    }
}

#[test]
fn a_field_that_is_not_read_may_stand_twice() {
    for pointer in [
        "/request/uid",
        "/request/name",
        "/request/resource",
        "/request/kind/version",
        "/request/userInfo/uid",
        "/request/object/kind",
        "/request/object/status",
        "/request/object/metadata/name",
        "/request/object/metadata/annotations/example.com~1note",
        "/request/object/spec/serviceAccountName",
        "/request/object/spec/containers/0/command",
    ] {
        let payload = with_twin(&payload(&variables()), pointer);
        assert_eq!(
            answer_to(pointer, payload.as_bytes()),
            ACCEPTED,
            "{pointer}"
        );
    }
}

#[test]
fn a_second_image_hides_no_first_one() {
    let base = payload(&json!({}));
    for (first, second) in [(VERSION, MOVING), (MOVING, VERSION)] {
        let raw = format!(r#""{first}","image":"{second}""#);
        let payload = with_raw(&base, "/request/object/spec/containers/0/image", &raw);
        assert_eq!(
            answer_to(first, payload.as_bytes()),
            Expected::strict([])
                .unreadable(["spec.containers[0].image"])
                .rejected(400),
            "{first} {second}"
        );
    }
}

#[test]
fn a_key_that_is_written_with_an_escape_is_the_same_key() {
    let base = payload(&json!({}));
    let raw = format!(r#""{VERSION}","i\u006dage":"{MOVING}""#);
    let payload = with_raw(&base, "/request/object/spec/containers/0/image", &raw);
    assert_eq!(
        answer_to("escape", payload.as_bytes()),
        Expected::strict([])
            .unreadable(["spec.containers[0].image"])
            .rejected(400)
    );
}

#[test]
fn a_key_that_stands_a_thousand_times_is_told_once() {
    let base = payload(&json!({}));
    let raw = format!("[]{}", ",\"containers\":[]".repeat(1000));
    let payload = with_raw(&base, "/request/object/spec/containers", &raw);
    assert_eq!(
        answer_to("thousand", payload.as_bytes()),
        Expected::strict([])
            .unreadable(["spec.containers"])
            .rejected(400)
    );
}

#[test]
fn a_request_or_settings_that_stand_twice_are_refused_in_either_mode() {
    for mode in ["strict", "lenient"] {
        let settings = json!({"mode": mode});
        for pointer in ["/request", "/settings"] {
            let base = with(&payload(&settings), "/request/operation", json!("DELETE"));
            let answer = answer_to(pointer, with_twin(&base, pointer).as_bytes());
            assert_eq!(answer, NO_REQUEST, "{pointer} {mode}");
        }
    }
}

#[test]
fn a_setting_that_stands_twice_cannot_be_used() {
    let payload = with_twin(&payload(&json!({"mode": "lenient"})), "/settings/mode");
    assert_eq!(
        answer_to("mode", payload.as_bytes()),
        Expected::unusable_settings(["mode"])
    );
}
