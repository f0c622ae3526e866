//! Environment variables that name images.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Answer, FIX_WITHOUT_POLICY, Finding};
use crate::request::{MOVING, PINNED, VERSION, create_pod};

const ASSUMED: &str = ", and the Pods that will use it may pull it at every start";

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

fn found(path: &str, name: &str) -> Finding {
    Finding::at(path, MOVING)
        .held_by("environment variable", name)
        .pulled("Always", ASSUMED)
        .mended_by(FIX_WITHOUT_POLICY)
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
        found("spec.containers[0].env[1].value", "OPERATOR_IMAGE_NAME"),
        found("spec.containers[0].env[3].value", "RELATED_IMAGE_APP"),
    ];
    assert_eq!(
        answer(
            "both",
            &request,
            &settings(&["OPERATOR_IMAGE_NAME", "RELATED_IMAGE_*"])
        ),
        Answer::strict(findings.clone()).rejected(403)
    );
    let [_, related] = findings;
    assert_eq!(
        answer("one", &request, &settings(&["RELATED_IMAGE_?*"])),
        Answer::strict([related]).rejected(403)
    );
}

#[test]
fn a_variable_is_judged_in_every_list_of_containers() {
    let mut request = create_pod(json!({
        "containers": [{"name": "web"}],
        "initContainers": [{"name": "init"}],
        "ephemeralContainers": [{"name": "debug"}],
    }));
    for section in ["containers", "initContainers", "ephemeralContainers"] {
        request["object"]["spec"][section][0]["env"] = json!([{"name": "IMAGE", "value": MOVING}]);
    }
    let paths = ["containers", "ephemeralContainers", "initContainers"];
    let findings = paths.map(|section| found(&format!("spec.{section}[0].env[0].value"), "IMAGE"));
    assert_eq!(
        answer("sections", &request, &settings(&["IMAGE"])),
        Answer::strict(findings).rejected(403)
    );
}

#[test]
fn a_value_that_names_no_image_is_ignored() {
    for value in [
        json!("Not A Reference"),
        json!(""),
        json!(null),
        json!("https://example.com"),
        json!("a b"),
    ] {
        let request = pod_with(json!([{"name": "IMAGE", "value": value}]));
        assert_eq!(
            answer("value", &request, &settings(&["*"])),
            ACCEPTED,
            "{value}"
        );
    }
    let reference = json!([{"name": "IMAGE", "valueFrom": {"fieldRef": {"fieldPath": "a"}}}]);
    assert_eq!(
        answer("valueFrom", &pod_with(reference), &settings(&["*"])),
        ACCEPTED
    );
    for env in [json!(null), json!([]), json!([{}])] {
        assert_eq!(answer("env", &pod_with(env), &settings(&["*"])), ACCEPTED);
    }
}

#[test]
fn the_pull_policy_of_the_container_says_nothing_of_the_variable() {
    for policy in ["Always", "IfNotPresent", "Never"] {
        let mut request = pod_with(json!([{"name": "IMAGE", "value": MOVING}]));
        request["object"]["spec"]["containers"][0]["imagePullPolicy"] = json!(policy);
        assert_eq!(
            answer(policy, &request, &settings(&["IMAGE"])),
            Answer::strict([found("spec.containers[0].env[0].value", "IMAGE")]).rejected(403),
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
        Answer::strict([found("spec.containers[0].env[0].value", "IMAGE")]).rejected(403)
    );
}

#[test]
fn a_variable_that_cannot_be_read_makes_the_object_unreadable_where_it_is_asked_for() {
    let cases = [
        (json!({}), "spec.containers[0].env must be a list"),
        (json!([1]), "spec.containers[0].env[0] must be an object"),
        (
            json!([{"name": 1}]),
            "spec.containers[0].env[0].name must be a string",
        ),
        (
            json!([{"name": "IMAGE", "value": 1}]),
            "spec.containers[0].env[0].value must be a string",
        ),
    ];
    for (env, problem) in cases {
        let request = pod_with(env.clone());
        assert_eq!(answer("unread", &request, &json!({})), ACCEPTED, "{env}");
        assert_eq!(
            answer("read", &request, &settings(&["IMAGE"])),
            Answer::strict([]).unreadable([problem]).rejected(400),
            "{env}"
        );
    }
}
