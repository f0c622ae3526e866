//! Objects as large as an API server accepts them.

use serde_json::{Value, json};

use super::cost::{answer_to, validated};
use super::{MOST_COUNTED, NO_JSON, payload, refusals, variables};
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, with};
use crate::written::with_raw;

/// The size up to which etcd accepts objects by default, in bytes.
pub(super) const LARGE: usize = 1_500_000;

/// A payload whose object cannot be a mirror Pod, since no node sends it.
pub(super) fn plain(settings: &Value) -> Value {
    with(&payload(settings), "/request/userInfo", json!({}))
}

/// The largest list of an item that fits into an object, and the number of its items.
pub(super) fn full_list_of(item: &str) -> (String, usize) {
    let count = LARGE / (item.len() + 1);
    (format!("[{}]", vec![item; count].join(",")), count)
}

#[test]
fn a_huge_text_is_skipped_wherever_nothing_is_read() {
    let huge = "a\\n\\u00e4☃".repeat(LARGE / 12);
    for pointer in [
        "/request/uid",
        "/request/oldObject",
        "/request/object/metadata/managedFields",
        "/request/object/metadata/annotations/example.com~1note",
        "/request/object/spec/containers/0/command",
    ] {
        let payload = with_raw(&payload(&json!({})), pointer, &format!("\"{huge}\""));
        assert_eq!(
            answer_to(pointer, payload.as_bytes()),
            ACCEPTED,
            "{pointer}"
        );
    }
}

#[test]
fn huge_managed_fields_are_skipped() {
    let field = r#"{"manager":"kubectl","fieldsV1":{"f:spec":{"f:template":{"k:{\"name\":\"web\"}":{".":{},"f:image":{}}}}}}"#;
    let (fields, _) = full_list_of(field);
    let payload = with_raw(
        &payload(&variables()),
        "/request/object/metadata/managedFields",
        &fields,
    );
    assert_eq!(answer_to("managedFields", payload.as_bytes()), ACCEPTED);
}

#[test]
fn judges_a_huge_text_in_a_field_it_reads() {
    let huge = "a".repeat(LARGE);
    let accepted = [
        "/request/namespace",
        "/request/subResource",
        "/request/kind/group",
        "/request/kind/kind",
        "/request/userInfo/groups/0",
        "/request/object/metadata/annotations/kubernetes.io~1config.mirror",
        "/request/object/spec/containers/0/name",
        "/request/object/spec/containers/0/env/0/name",
        "/request/object/spec/volumes/0/name",
    ];
    for pointer in accepted {
        let payload = with(&payload(&variables()), pointer, json!(huge));
        assert_eq!(
            answer_to(pointer, payload.to_string().as_bytes()),
            ACCEPTED,
            "{pointer}"
        );
    }
    let value = "/request/object/spec/containers/0/env/0/value";
    let with_value = with(&payload(&variables()), value, json!(huge));
    let finding = Finding::at("spec.containers[0].env[0].value", "").with_reason("no-image");
    assert_eq!(
        answer_to(value, with_value.to_string().as_bytes()),
        Expected::strict([finding]).accepted()
    );
    for (pointer, path) in [
        ("/request/operation", "request.operation"),
        (
            "/request/object/spec/containers/0/imagePullPolicy",
            "spec.containers[0].imagePullPolicy",
        ),
    ] {
        for (settings, expected) in refusals(path) {
            let payload = with(&payload(&settings), pointer, json!(huge));
            assert_eq!(
                answer_to(pointer, payload.to_string().as_bytes()),
                expected,
                "{pointer}"
            );
        }
    }
}

#[test]
fn a_huge_image_is_no_reference_and_is_truncated() {
    let image = "a".repeat(LARGE);
    let payload = with(
        &plain(&json!({})),
        "/request/object/spec/containers/0/image",
        json!(image),
    );
    let quote = format!("{}…", "a".repeat(255));
    let finding = Finding::at("spec.containers[0].image", &quote).with_reason("unparsable");
    assert_eq!(
        answer_to("image", payload.to_string().as_bytes()),
        Expected::strict([finding]).rejected(403)
    );
}

#[test]
fn matches_a_huge_name_with_globs_within_limits() {
    let globs: Vec<String> = (0..20).map(|number| format!("*a*a*-{number}-*a")).collect();
    let exemptions = json!([{"images": ["**"], "containers": globs, "reason": "a trial"}]);
    let environments = json!([{"name": "test", "mode": "lenient", "namespaces": globs}]);
    let huge = json!("a".repeat(LARGE));
    let moving = with(
        &plain(&json!({})),
        "/request/object/spec/containers/0/image",
        json!(MOVING),
    );
    let found = Finding::at("spec.containers[0].image", MOVING);
    let expected = Expected::strict([found]).rejected(403);
    for (pointer, settings) in [
        (
            "/request/object/spec/containers/0/name",
            json!({"exemptions": exemptions}),
        ),
        ("/request/namespace", json!({"environments": environments})),
        (
            "/request/object/spec/containers/0/env/0/name",
            json!({"imageEnvVars": globs}),
        ),
    ] {
        let payload = with(&with(&moving, "/settings", settings), pointer, huge.clone());
        assert_eq!(
            answer_to(pointer, payload.to_string().as_bytes()),
            expected,
            "{pointer}"
        );
    }
}

#[test]
fn huge_settings_are_read_or_refused_within_limits() {
    let (namespaces, _) = full_list_of(r#""e2e-*""#);
    let valid =
        format!(r#"{{"environments":[{{"name":"a","mode":"strict","namespaces":{namespaces}}}]}}"#);
    let payload = with_raw(&payload(&json!({})), "/settings", &valid);
    assert_eq!(answer_to("valid", payload.as_bytes()), ACCEPTED);
    let list = |count: usize| format!(r#"{{"imageEnvVars":[{}]}}"#, vec!["1"; count].join(","));
    let paths: Vec<String> = (0..MOST_COUNTED)
        .map(|index| format!("imageEnvVars[{index}]"))
        .collect();
    let answer = validated("invalid", list(51_000).as_bytes());
    crate::settings::assert_problems("invalid", answer, &paths);
    let answer = validated("too long", list(52_000).as_bytes());
    crate::settings::assert_problems("too long", answer, &["settings".to_owned()]);
}

#[test]
fn refuses_large_payloads_that_are_no_request() {
    for payload in ["[", "{", "\"", " ", "1", "\\"] {
        assert_eq!(
            answer_to(payload, payload.repeat(LARGE).as_bytes()),
            *NO_JSON,
            "{payload}"
        );
    }
}
