//! Tests which mode applies, and how an answer reports it.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, create_pod_of, with, without};

fn findings() -> [Finding; 1] {
    [Finding::at("spec.containers[0].image", MOVING)]
}

fn in_namespace(namespace: &str) -> Value {
    with(&create_pod_of(MOVING), "/namespace", json!(namespace))
}

fn environments() -> Value {
    json!([
        {"name": "test", "mode": "lenient", "namespaces": ["e2e-*", "ci", "pr-?"]},
        {"name": "production", "mode": "strict", "namespaces": ["shop", "e2e-production", "ci"]},
    ])
}

#[test]
fn the_first_environment_whose_namespaces_match_gives_the_mode() {
    let lenient = Expected::lenient(findings())
        .in_environment("test")
        .accepted();
    let strict = Expected::strict(findings())
        .in_environment("production")
        .rejected(403);
    let none = Expected::strict(findings()).rejected(403);
    let cases = [
        ("e2e-upgrade", &lenient),
        ("e2e-", &lenient),
        // This name matches both, and the first one wins.
        ("e2e-production", &lenient),
        ("ci", &lenient),
        ("pr-1", &lenient),
        ("shop", &strict),
        ("e2e", &none),
        ("ci-2", &none),
        ("my-ci", &none),
        ("pr-12", &none),
        ("pr-", &none),
        ("Shop", &none),
    ];
    let settings = json!({"environments": environments()});
    for (namespace, expected) in cases {
        assert_eq!(
            &answer(namespace, &in_namespace(namespace), &settings),
            expected,
            "{namespace}"
        );
    }
}

#[test]
fn where_no_environment_matches_the_mode_of_the_settings_applies() {
    let settings = json!({"mode": "lenient", "environments": environments()});
    assert_eq!(
        answer("elsewhere", &in_namespace("elsewhere"), &settings),
        Expected::lenient(findings()).accepted()
    );
    assert_eq!(
        answer("shop", &in_namespace("shop"), &settings),
        Expected::strict(findings())
            .in_environment("production")
            .rejected(403)
    );
}

#[test]
fn an_object_without_a_namespace_is_in_no_environment() {
    let settings =
        json!({"environments": [{"name": "all", "mode": "lenient", "namespaces": ["*"]}]});
    let none = Expected::strict(findings()).rejected(403);
    let request = create_pod_of(MOVING);
    assert_eq!(
        answer("absent", &without(&request, "/namespace"), &settings),
        none
    );
    for namespace in [json!(null), json!("")] {
        let request = with(&request, "/namespace", namespace.clone());
        assert_eq!(answer("empty", &request, &settings), none, "{namespace}");
    }
    assert_eq!(
        answer("shop", &request, &settings),
        Expected::lenient(findings())
            .in_environment("all")
            .accepted()
    );
}

#[test]
fn the_namespace_of_the_request_counts_not_the_objects() {
    let settings = json!({"environments": environments()});
    let request = with(
        &in_namespace("ci"),
        "/object/metadata/namespace",
        json!("shop"),
    );
    assert_eq!(
        answer("ci", &request, &settings),
        Expected::lenient(findings())
            .in_environment("test")
            .accepted()
    );
}

#[test]
fn a_named_environment_applies_to_every_request() {
    let strict =
        json!({"mode": "lenient", "environment": "production", "environments": environments()});
    let lenient = json!({"mode": "strict", "environment": "test", "environments": environments()});
    for namespace in ["shop", "ci", "elsewhere", ""] {
        let request = in_namespace(namespace);
        assert_eq!(
            answer(namespace, &request, &strict),
            Expected::strict(findings())
                .in_environment("production")
                .rejected(403),
            "{namespace}"
        );
        assert_eq!(
            answer(namespace, &request, &lenient),
            Expected::lenient(findings())
                .in_environment("test")
                .accepted(),
            "{namespace}"
        );
    }
}

#[test]
fn a_named_environment_needs_no_criteria() {
    let settings =
        json!({"environment": "run", "environments": [{"name": "run", "mode": "lenient"}]});
    assert_eq!(
        answer("run", &in_namespace("shop"), &settings),
        Expected::lenient(findings())
            .in_environment("run")
            .accepted()
    );
}

#[test]
fn the_name_of_an_environment_is_written_as_it_is() {
    let name = "\u{fc}bung \"b\"";
    let settings = json!({"environment": name, "environments": [{"name": name, "mode": "strict"}]});
    let answer = answer("quotes", &in_namespace("shop"), &settings);
    let expected = Expected::strict(findings()).in_environment(name);
    assert_eq!(answer, expected.rejected(403));
    let message = answer.message.unwrap();
    assert!(message.contains(&format!("\"{name}\"")), "{message}");
}

#[test]
fn without_a_finding_no_environment_is_named() {
    let request = create_pod_of(VERSION);
    assert_eq!(
        answer(
            "version",
            &request,
            &json!({"environments": environments()})
        ),
        ACCEPTED
    );
}
