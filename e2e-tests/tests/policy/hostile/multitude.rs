//! Objects with as many containers, findings and errors as the limits allow, and with more.

use serde_json::{Value, json};

use super::cost::answer_to;
use super::size::{LARGE, full_list_of, plain};
use super::{MOST_COUNTED, MOST_ERRORS, OBJECT, payload, variables};
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container};
use crate::written::with_raw;

/// A number of containers that the limit allows.
const MANY: usize = 10_000;

/// A payload with `raw` as its list of containers.
fn with_containers(settings: &Value, raw: &str) -> String {
    with_raw(&plain(settings), "/request/object/spec/containers", raw)
}

#[test]
fn a_thousand_containers_without_a_finding_are_accepted() {
    let mut container = container("web", VERSION);
    container["args"] = json!("a".repeat(1400));
    container["env"] = json!([{"name": "IMAGE", "value": VERSION}]);
    for settings in [json!({}), variables()] {
        let payload = with_containers(
            &settings,
            &format!("[{}]", vec![container.to_string(); 1000].join(",")),
        );
        assert!(payload.len() > LARGE);
        assert_eq!(answer_to("containers", payload.as_bytes()), ACCEPTED);
    }
}

#[test]
fn every_finding_of_many_is_counted() {
    for item in [container("web", MOVING).to_string(), json!({"name": "web", "image": MOVING, "imagePullPolicy": "Always", "args": "a".repeat(1400)}).to_string()] {
        let (_, full) = full_list_of(&item);
        let count = full.min(MANY);
        let list = list_of(&item, count);
        let findings: Vec<Finding> = (0..count)
            .map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING))
            .collect();
        let case = format!("{count} findings");
        assert_eq!(
            answer_to(&case, with_containers(&json!({}), &list).as_bytes()),
            Expected::strict(findings.clone()).rejected(403),
            "{case}"
        );
        assert_eq!(
            answer_to(&case, with_containers(&json!({"mode": "lenient"}), &list).as_bytes()),
            Expected::lenient(findings).accepted(),
            "{case}"
        );
    }
}

/// Asserts the answers to a list of containers, in strict and in lenient mode.
fn assert_answers(case: &str, list: &str, strict: Expected, lenient: Expected) {
    for (settings, expected) in [(json!({}), strict), (json!({"mode": "lenient"}), lenient)] {
        let payload = with_containers(&settings, list);
        let answer = answer_to(case, payload.as_bytes());
        assert_eq!(answer, expected, "{case} with {settings}");
    }
}

/// Asserts that a list of containers exceeds the limits.
fn assert_too_much(case: &str, list: &str) {
    let strict = Expected::strict([]).unreadable([OBJECT]).rejected(400);
    let lenient = Expected::lenient([]).unreadable([OBJECT]).accepted();
    assert_answers(case, list, strict, lenient);
}

pub(super) fn list_of(item: &str, count: usize) -> String {
    format!("[{}]", vec![item; count].join(","))
}

#[test]
fn counts_as_many_findings_as_the_limit_allows() {
    // A path counts as 64 bytes, 16 for each of its 4 steps, and 19 for names: beside the 485
    // bytes of three others, 2 MiB hold 14,263 of them.
    let limit = 14_263;
    let item = r#"{"image":"a"}"#;
    let findings = || {
        (0..limit).map(|index| {
            let path = format!("spec.containers[{index}].image");
            Finding::at(&path, "a").with_reason("no-tag")
        })
    };
    assert_answers(
        "as many",
        &list_of(item, limit),
        Expected::strict(findings()).rejected(403),
        Expected::lenient(findings()).accepted(),
    );
    assert_too_much("one more", &list_of(item, limit + 1));
    let (full, _) = full_list_of(item);
    assert_too_much("full", &full);
}

#[test]
fn counts_as_many_errors_as_the_limit_allows() {
    for (item, field) in [
        ("1", ""),
        ("[]", ""),
        (r#"{"image":1}"#, ".image"),
        (r#"{"name":1}"#, ".name"),
        (r#"{"imagePullPolicy":"x"}"#, ".imagePullPolicy"),
    ] {
        let paths = || (0..MOST_ERRORS).map(|index| format!("spec.containers[{index}]{field}"));
        assert_answers(
            item,
            &list_of(item, MOST_ERRORS),
            Expected::strict([]).unreadable(paths()).rejected(400),
            Expected::lenient([]).unreadable(paths()).accepted(),
        );
        assert_too_much(item, &list_of(item, MOST_ERRORS + 1));
        let (full, _) = full_list_of(item);
        assert_too_much(item, &full);
    }
}

#[test]
fn counts_errors_of_the_request_up_to_a_limit() {
    let (full, _) = full_list_of("1");
    for (groups, count) in [
        (list_of("1", MOST_COUNTED - 1), MOST_COUNTED - 1),
        (list_of("1", MOST_COUNTED), MOST_COUNTED),
        (list_of("1", MOST_COUNTED + 1), MOST_COUNTED),
        (full, MOST_COUNTED),
    ] {
        let paths = (0..count).map(|index| format!("request.userInfo.groups[{index}]"));
        let payload = with_raw(&payload(&json!({})), "/request/userInfo/groups", &groups);
        assert_eq!(
            answer_to("groups", payload.as_bytes()),
            Expected::strict([]).unreadable(paths).rejected(400)
        );
    }
}

#[test]
fn many_empty_items_are_accepted() {
    for list_name in [
        "containers",
        "initContainers",
        "ephemeralContainers",
        "volumes",
    ] {
        let pointer = format!("/request/object/spec/{list_name}");
        for item in ["{}", r#"{"name":"a"}"#, r#"{"image":null}"#] {
            let (list, _) = full_list_of(item);
            let payload = with_raw(&payload(&json!({})), &pointer, &list);
            let case = format!("{item} in {list_name}");
            assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
        }
    }
}

#[test]
fn matches_many_findings_with_patterns_within_limits() {
    let patterns: Vec<String> = (0..20)
        .map(|number| format!("**/a*a*/{number}/*:*"))
        .collect();
    let settings = json!({
        "tags": {"mutable": patterns, "immutable": ["nothing"]},
        "exemptions": [{"images": patterns, "reason": "a trial"}],
    });
    let list = list_of(&container("web", MOVING).to_string(), 2_000);
    let findings =
        (0..2_000).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
    assert_eq!(
        answer_to("patterns", with_containers(&settings, &list).as_bytes()),
        Expected::strict(findings).rejected(403)
    );
}
