//! Payloads that no host can send, since a host parses a payload and writes it anew: with
//! duplicate keys, halves of surrogate pairs, or numbers out of range.

use serde_json::json;

use super::{NO_JSON, payload, variables};
use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::answer_to;
use crate::request::{MOVING, VERSION, create_pod_of, with};
use crate::written::{with_raw, with_raw_key};

/// Fields that are read.
const READ: [&str; 6] = [
    "/request/kind",
    "/request/namespace",
    "/request/userInfo/groups/0",
    "/request/object/spec/containers",
    "/request/object/spec/containers/0/image",
    "/settings/mode",
];
/// Fields that are skipped.
const SKIPPED: [&str; 4] = [
    "/request/uid",
    "/request/oldObject",
    "/request/object/status",
    "/request/object/spec/containers/0/resources",
];

#[test]
fn refuses_values_that_no_host_can_send() {
    for raw in [
        r#""\ud800""#,
        r#""\ude00\ud83d""#,
        r#"{"\ud800":1}"#,
        "1e999",
        "-1e999",
        &"9".repeat(10_000),
    ] {
        for mode in ["strict", "lenient"] {
            let payload = payload(&json!({"mode": mode}));
            for pointer in READ {
                let payload = with_raw(&payload, pointer, raw);
                let case = format!("{raw} as {pointer} in {mode}");
                assert_eq!(answer_to(&case, payload.as_bytes()), *NO_JSON, "{case}");
            }
            // A value that is skipped is not decoded.
            for pointer in SKIPPED {
                let payload = with_raw(&payload, pointer, raw);
                let case = format!("{raw} as {pointer} in {mode}");
                assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
            }
        }
    }
    for pointer in ["", "/request", "/request/object", "/request/object/spec"] {
        let payload = with_raw_key(&payload(&json!({})), pointer, r#""a\ud800""#);
        assert_eq!(
            answer_to(pointer, payload.as_bytes()),
            *NO_JSON,
            "{pointer}"
        );
    }
}

#[test]
fn an_invalid_escape_makes_a_payload_no_json() {
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

#[test]
fn a_surrogate_pair_is_one_character() {
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

/// The answer to a Pod with a finding, in whose payload a field occurs twice.
fn with_duplicate(pointer: &str, one: &str, other: &str) -> Answer {
    let environments = json!([{"name": "test", "mode": "lenient", "namespaces": ["ci"]}]);
    let settings = json!({"environments": environments, "mode": "strict"});
    let payload = json!({"request": create_pod_of(MOVING), "settings": settings});
    let (_, key) = pointer.rsplit_once('/').unwrap();
    let payload = with_raw(&payload, pointer, &format!(r#"{one},"{key}":{other}"#));
    answer_to(&payload, payload.as_bytes())
}

/// Asserts that the last of two values of a field counts, in either order.
fn assert_last_counts(pointer: &str, values: [(&str, &Expected); 2]) {
    let [(one, of_one), (other, of_other)] = values;
    assert_eq!(
        &with_duplicate(pointer, other, one),
        of_one,
        "{pointer}: {one}"
    );
    assert_eq!(
        &with_duplicate(pointer, one, other),
        of_other,
        "{pointer}: {other}"
    );
}

#[test]
fn the_last_of_duplicate_keys_counts() {
    let found = || [Finding::at("spec.containers[0].image", MOVING)];
    let rejected = Expected::strict(found()).rejected(403);
    let warned = Expected::lenient(found()).accepted();
    let [moving, pinned] = [MOVING, VERSION].map(create_pod_of);
    let [moving_image, pinned_image] = [MOVING, VERSION].map(|image| json!(image).to_string());
    for (pointer, values) in [
        (
            "/request",
            [
                (moving.to_string(), &rejected),
                (pinned.to_string(), &ACCEPTED),
            ],
        ),
        (
            "/request/object",
            [
                (moving["object"].to_string(), &rejected),
                (pinned["object"].to_string(), &ACCEPTED),
            ],
        ),
        (
            "/request/object/spec",
            [
                (moving["object"]["spec"].to_string(), &rejected),
                (pinned["object"]["spec"].to_string(), &ACCEPTED),
            ],
        ),
        (
            "/request/object/spec/containers/0/image",
            [(moving_image, &rejected), (pinned_image, &ACCEPTED)],
        ),
        (
            "/request/operation",
            [
                (r#""CREATE""#.to_owned(), &rejected),
                (r#""DELETE""#.to_owned(), &ACCEPTED),
            ],
        ),
        (
            "/request/namespace",
            [
                (r#""prod""#.to_owned(), &rejected),
                (r#""ci""#.to_owned(), &warned.clone().in_environment("test")),
            ],
        ),
        (
            "/settings",
            [
                ("{}".to_owned(), &rejected),
                (r#"{"mode":"lenient"}"#.to_owned(), &warned),
            ],
        ),
        (
            "/settings/mode",
            [
                (r#""strict""#.to_owned(), &rejected),
                (r#""lenient""#.to_owned(), &warned),
            ],
        ),
    ] {
        let [(one, of_one), (other, of_other)] = &values;
        assert_last_counts(pointer, [(one, of_one), (other, of_other)]);
    }
    let escaped = with_duplicate(
        "/settings/mode",
        r#""strict","m\u006fde":"lenient""#,
        r#""strict""#,
    );
    assert_eq!(escaped, rejected);
}

/// Asserts that the last of two kinds counts, where `fields` puts both and an object into
/// a request.
fn assert_last_kind_counts(fields: impl Fn([&str; 3]) -> String) {
    let pod = r#"{"group":"","version":"v1","kind":"Pod"}"#;
    let config_map = r#"{"group":"","version":"v1","kind":"ConfigMap"}"#;
    let other = r#"{"group":"example.com","version":"v1","kind":"Web"}"#;
    // Only a search finds this image: no built-in kind has a field `tasks`.
    let object = format!(
        r#"{{"spec":{{"tasks":[{{"image":"{MOVING}","imagePullPolicy":"Always","args":[]}}],"containers":[]}}}}"#
    );
    let found = Finding::at("spec.tasks[0].image", MOVING);
    for (kind, expected) in [
        (pod, ACCEPTED),
        (config_map, ACCEPTED),
        (other, Expected::strict([found]).rejected(403)),
    ] {
        for earlier in [pod, config_map, other] {
            let fields = fields([earlier, kind, &object]);
            let payload =
                format!(r#"{{"request":{{{fields},"operation":"CREATE"}},"settings":{{}}}}"#);
            let answer = answer_to(&payload, payload.as_bytes());
            assert_eq!(answer, expected, "{payload}");
        }
    }
}

#[test]
fn of_two_kinds_before_the_object_the_last_one_counts() {
    assert_last_kind_counts(|[earlier, kind, object]| {
        format!(r#""kind":{earlier},"kind":{kind},"object":{object}"#)
    });
}

#[test]
fn of_two_kinds_after_the_object_the_last_one_counts() {
    assert_last_kind_counts(|[earlier, kind, object]| {
        format!(r#""object":{object},"kind":{earlier},"kind":{kind}"#)
    });
}

#[test]
fn of_two_kinds_around_the_object_the_last_one_counts() {
    assert_last_kind_counts(|[earlier, kind, object]| {
        format!(r#""kind":{earlier},"object":{object},"kind":{kind}"#)
    });
}
