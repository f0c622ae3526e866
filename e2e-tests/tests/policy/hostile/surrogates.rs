//! Halves of surrogate pairs, which JSON can write and no string can hold.

use serde_json::json;

use super::field;
use super::{NO_JSON, deployment_payload, payload, refusals, variables};
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::answer_to;
use crate::request::{MOVING, with};
use crate::written::{with_raw, with_raw_key};

/// Each is half a pair, or two halves in the wrong order.
const HALVES: [&str; 6] = [
    r#""\ud800""#,
    r#""\udfff""#,
    r#""a\ud83d""#,
    r#""\ud83d\u0041b""#,
    r#""\ude00\ud83d""#,
    r#""\ud83d\n""#,
];

#[test]
fn half_a_pair_in_a_field_that_is_read_is_unreadable() {
    for field in field::all() {
        for half in HALVES {
            for (settings, expected) in refusals(&field.path) {
                let case = format!("{half} as {} with {settings}", field.path);
                let payload = with_raw(&(field.payload)(&settings), &field.pointer, half);
                assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
            }
        }
    }
}

#[test]
fn half_a_pair_in_a_value_that_is_skipped_changes_nothing() {
    for pointer in [
        "/request/uid",
        "/request/kind/version",
        "/request/userInfo/uid",
        "/request/userInfo/extra/a",
        "/request/oldObject",
        "/request/object/status/phase",
        "/request/object/metadata/annotations/example.com~1note",
        "/request/object/spec/serviceAccountName",
        "/request/object/spec/containers/0/command/1",
        "/more",
    ] {
        for half in HALVES {
            let case = format!("{half} as {pointer}");
            let payload = with_raw(&payload(&variables()), pointer, half);
            assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
        }
    }
}

#[test]
fn half_a_pair_in_a_key_changes_nothing() {
    let pod = [
        "",
        "/request",
        "/request/kind",
        "/request/userInfo",
        "/request/userInfo/extra",
        "/request/object",
        "/request/object/metadata",
        "/request/object/metadata/annotations",
        "/request/object/spec",
        "/request/object/spec/containers/0",
        "/request/object/spec/containers/0/env/0",
        "/request/object/spec/initContainers/0",
        "/request/object/spec/volumes/0",
        "/request/object/spec/volumes/0/image",
        "/request/object/status",
    ];
    let deployment = [
        "/request/object",
        "/request/object/spec",
        "/request/object/spec/template",
    ];
    for settings in [json!({}), variables()] {
        let pods = pod.map(|pointer| (pointer, payload(&settings)));
        let deployments = deployment.map(|pointer| (pointer, deployment_payload(&settings)));
        for (pointer, payload) in pods.iter().chain(&deployments) {
            for half in HALVES {
                let case = format!("{half} in {pointer} with {settings}");
                let payload = with_raw_key(payload, pointer, half);
                assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
            }
        }
    }
}

#[test]
fn half_a_pair_in_a_key_hides_no_finding_and_no_problem() {
    let base = payload(&json!({}));
    let base = with(&base, "/request/userInfo", json!({}));
    let moving = with(
        &base,
        "/request/object/spec/containers/0/image",
        json!(MOVING),
    );
    let wrong = with(&base, "/request/object/spec/containers/0/image", json!([]));
    let found = Expected::strict([Finding::at("spec.containers[0].image", MOVING)]).rejected(403);
    let refused = Expected::strict([])
        .unreadable(["spec.containers[0].image"])
        .rejected(400);
    for pointer in [
        "",
        "/request",
        "/request/object",
        "/request/object/spec",
        "/request/object/spec/containers/0",
    ] {
        for (payload, expected) in [(&moving, &found), (&wrong, &refused)] {
            let payload = with_raw_key(payload, pointer, r#""a\ud800""#);
            assert_eq!(
                &answer_to(pointer, payload.as_bytes()),
                expected,
                "{pointer}"
            );
        }
    }
}

#[test]
fn a_whole_pair_is_a_character() {
    let base = with(&payload(&json!({})), "/request/userInfo", json!({}));
    let moving = with(
        &base,
        "/request/object/spec/containers/0/image",
        json!(MOVING),
    );
    let payload = with_raw(
        &moving,
        "/request/object/spec/containers/0/name",
        r#""\ud83d\ude00""#,
    );
    let answer = answer_to("pair", payload.as_bytes());
    let finding = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(answer, Expected::strict([finding]).rejected(403));
    assert!(answer.quotes("😀"), "{answer:?}");
}

#[test]
fn half_a_pair_in_the_settings_makes_them_unusable() {
    for half in HALVES {
        for settings in [
            format!(r#"{{"mode":{half}}}"#),
            format!("{{{half}:1}}"),
            format!(r#"{{"exemptions":[{{"namespaces":["a"],"reason":{half}}}]}}"#),
        ] {
            let payload = with_raw(&payload(&json!({})), "/settings", &settings);
            assert_eq!(
                answer_to(&settings, payload.as_bytes()),
                Expected::unusable_settings(["settings"]),
                "{settings}"
            );
        }
    }
}

#[test]
fn an_escape_that_is_none_makes_a_payload_no_json() {
    for escape in [
        r#""\u""#,
        r#""\ud8""#,
        r#""\ug000""#,
        r#""\x41""#,
        r#""\""#,
        r#""\u{41}""#,
    ] {
        for pointer in [
            "/request/uid",
            "/request/object/spec/containers/0/image",
            "/more",
        ] {
            let payload = with_raw(&payload(&variables()), pointer, escape);
            let case = format!("{escape} as {pointer}");
            assert_eq!(answer_to(&case, payload.as_bytes()), *NO_JSON, "{case}");
        }
    }
}
