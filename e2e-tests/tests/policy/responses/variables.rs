//! Environment variables that name images.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, PINNED, VERSION, container, create_pod, with, without};

fn settings(globs: &[&str]) -> Value {
    json!({"imageEnvVars": globs})
}

fn pod_with(env: Value) -> Value {
    let mut request = create_pod(json!({
        "containers": [{"name": "manager", "image": VERSION, "imagePullPolicy": "IfNotPresent"}],
    }));
    request["object"]["spec"]["containers"][0]["env"] = env;
    request
}

fn found(path: &str) -> Finding {
    Finding::at(path, MOVING)
}

/// A Pod with the variable `IMAGE` in every list of containers.
fn every_list() -> Value {
    let env = json!([{"name": "IMAGE", "value": MOVING}]);
    create_pod(json!({
        "containers": [{"name": "web", "env": env}],
        "initContainers": [{"name": "init", "env": env}],
        "ephemeralContainers": [{"name": "debug", "env": env}],
    }))
}

/// The findings in [`every_list`], in the order of their paths.
fn in_every_list() -> [Finding; 3] {
    ["containers", "ephemeralContainers", "initContainers"]
        .map(|list| found(&format!("spec.{list}[0].env[0].value")))
}

/// Settings that list the variable, with a value for `ephemeralContainers`.
fn following(ephemeral_containers: &str) -> Value {
    json!({"imageEnvVars": ["IMAGE"], "ephemeralContainers": ephemeral_containers})
}

fn warned(finding: &Finding) -> Expected {
    Expected::strict([finding.clone()]).accepted()
}

fn rejected(finding: &Finding) -> Expected {
    Expected::strict([finding.clone()]).rejected(403)
}

#[test]
fn a_variable_is_judged_where_the_settings_list_it() {
    let request = pod_with(json!([
        {"name": "OTHER", "value": MOVING},
        {"name": "OPERATOR_IMAGE_NAME", "value": MOVING},
        {"name": "RELATED_IMAGE_WEB", "value": VERSION},
        {"name": "RELATED_IMAGE_APP", "value": MOVING},
        {"name": "RELATED_IMAGE_PINNED", "value": PINNED},
        {"name": "operator_image_name", "value": MOVING},
    ]));
    assert_eq!(answer("none", &request, &json!({})), ACCEPTED);
    let findings = [
        found("spec.containers[0].env[1].value"),
        found("spec.containers[0].env[3].value"),
    ];
    assert_eq!(
        answer(
            "both",
            &request,
            &settings(&["OPERATOR_IMAGE_NAME", "RELATED_IMAGE_*"])
        ),
        Expected::strict(findings.clone()).rejected(403)
    );
    let [_, related] = findings;
    assert_eq!(
        answer("one", &request, &settings(&["RELATED_IMAGE_?*"])),
        Expected::strict([related]).rejected(403)
    );
}

#[test]
fn a_variable_is_judged_in_every_list_of_containers() {
    let [web, debug, init] = in_every_list();
    for (setting, findings) in [
        ("enforce", vec![web.clone(), debug.clone(), init.clone()]),
        // Findings that only warn come last.
        ("warn", vec![web.clone(), init.clone(), debug]),
        ("ignore", vec![web, init]),
    ] {
        assert_eq!(
            answer(setting, &every_list(), &following(setting)),
            Expected::strict(findings).rejected(403),
            "{setting}"
        );
    }
}

#[test]
fn variables_of_ephemeral_containers_follow_the_same_setting() {
    let env = json!([{"name": "IMAGE", "value": MOVING}]);
    let request = create_pod(json!({
        "containers": [container("web", VERSION)],
        "ephemeralContainers": [{"name": "debug", "env": env}],
    }));
    let [_, debug, _] = in_every_list();
    for (settings, expected) in [
        (settings(&["IMAGE"]), warned(&debug)),
        (following("warn"), warned(&debug)),
        (following("enforce"), rejected(&debug)),
        (following("ignore"), ACCEPTED),
    ] {
        assert_eq!(
            answer("ephemeral", &request, &settings),
            expected,
            "{settings}"
        );
        // In another container, the variable rejects whatever the setting is.
        let counterpart = create_pod(json!({"containers": [{"name": "debug", "env": env}]}));
        assert_eq!(
            answer("container", &counterpart, &settings),
            rejected(&found("spec.containers[0].env[0].value")),
            "{settings}"
        );
    }
}

#[test]
fn debugging_judges_only_variables_of_ephemeral_containers() {
    let request = with(&every_list(), "/operation", json!("UPDATE"));
    let request = with(&request, "/subResource", json!("ephemeralcontainers"));
    let [_, debug, _] = in_every_list();
    for (settings, expected) in [
        (settings(&["IMAGE"]), warned(&debug)),
        (settings(&["OTHER"]), ACCEPTED),
        (following("warn"), warned(&debug)),
        (following("enforce"), rejected(&debug)),
        (following("ignore"), ACCEPTED),
    ] {
        assert_eq!(answer("debug", &request, &settings), expected, "{settings}");
        let counterpart = without(&request, "/object/spec/ephemeralContainers/0/env");
        assert_eq!(
            answer("counterpart", &counterpart, &settings),
            ACCEPTED,
            "{settings}"
        );
    }
}

#[test]
fn a_value_that_names_no_image_is_warned_of() {
    let warned =
        warned(&Finding::at("spec.containers[0].env[0].value", "").with_reason("no-image"));
    for variable in [
        json!({"name": "IMAGE", "value": "Not A Reference"}),
        json!({"name": "IMAGE", "value": "https://example.com"}),
        json!({"name": "IMAGE", "value": "a b"}),
        json!({"name": "IMAGE", "valueFrom": {"fieldRef": {"fieldPath": "a"}}}),
    ] {
        assert_eq!(
            answer("value", &pod_with(json!([variable])), &settings(&["*"])),
            warned,
            "{variable}"
        );
    }
}

#[test]
fn a_variable_without_a_value_is_ignored() {
    for value in [json!(""), json!(null)] {
        let request = pod_with(json!([{"name": "IMAGE", "value": value}]));
        assert_eq!(
            answer("value", &request, &settings(&["*"])),
            ACCEPTED,
            "{value}"
        );
    }
    for env in [json!(null), json!([]), json!([{}])] {
        assert_eq!(answer("env", &pod_with(env), &settings(&["*"])), ACCEPTED);
    }
}

#[test]
fn a_variable_does_not_depend_on_the_pull_policy() {
    for policy in ["Always", "IfNotPresent", "Never"] {
        let mut request = pod_with(json!([{"name": "IMAGE", "value": MOVING}]));
        request["object"]["spec"]["containers"][0]["imagePullPolicy"] = json!(policy);
        assert_eq!(
            answer(policy, &request, &settings(&["IMAGE"])),
            Expected::strict([found("spec.containers[0].env[0].value")]).rejected(403),
            "{policy}"
        );
    }
}

#[test]
fn a_variable_counts_only_where_always_is_considered() {
    let request = pod_with(json!([{"name": "IMAGE", "value": MOVING}]));
    for policies in [json!(["IfNotPresent"]), json!(["Never", "IfNotPresent"])] {
        let settings = json!({"imageEnvVars": ["IMAGE"], "pullPolicies": policies});
        assert_eq!(
            answer("policies", &request, &settings),
            ACCEPTED,
            "{policies}"
        );
    }
}

#[test]
fn an_exemption_of_a_container_covers_its_variables() {
    let request = pod_with(json!([{"name": "IMAGE", "value": MOVING}]));
    let exempting = |container: &str| {
        json!({
            "imageEnvVars": ["IMAGE"],
            "exemptions": [{"images": ["**"], "containers": [container], "reason": "a trial"}],
        })
    };
    assert_eq!(answer("manager", &request, &exempting("manager")), ACCEPTED);
    assert_eq!(
        answer("other", &request, &exempting("other")),
        Expected::strict([found("spec.containers[0].env[0].value")]).rejected(403)
    );
}

#[test]
fn variables_must_be_readable_if_the_settings_list_any() {
    let cases = [
        (json!({}), "spec.containers[0].env"),
        (json!([1]), "spec.containers[0].env[0]"),
        (json!([{"name": 1}]), "spec.containers[0].env[0].name"),
        (
            json!([{"name": "IMAGE", "value": 1}]),
            "spec.containers[0].env[0].value",
        ),
    ];
    for (env, path) in cases {
        let request = pod_with(env.clone());
        assert_eq!(answer("unread", &request, &json!({})), ACCEPTED, "{env}");
        assert_eq!(
            answer("read", &request, &settings(&["IMAGE"])),
            Expected::strict([]).unreadable([path]).rejected(400),
            "{env}"
        );
    }
}
