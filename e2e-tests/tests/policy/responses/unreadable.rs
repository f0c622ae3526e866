//! What is said where request or settings cannot be read.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{Answer, Finding, quoted};
use crate::request::{MOVING, container, create, create_pod, create_pod_of, with};

const LENIENT: &str = r#"{"mode":"lenient"}"#;

fn lenient() -> Value {
    serde_json::from_str(LENIENT).unwrap()
}

#[test]
fn an_unreadable_object_is_rejected_in_strict_with_its_field() {
    let request = create_pod(json!({"containers": [{"name": "web", "image": 17}]}));
    assert_eq!(
        answer("strict", &request, &json!({})),
        concat!(
            r#"{"accepted":false,"message":"mutable-tags (strict mode): the request cannot be judged: spec.containers[0].image must be a string","#,
            r#""code":400,"mutated_object":null,"audit_annotations":{"mode":"strict","findings":"[]"},"warnings":null}"#
        )
    );
}

#[test]
fn an_unreadable_object_is_accepted_in_lenient_with_a_warning_that_says_the_same() {
    let request = create_pod(json!({"containers": [{"name": "web", "image": 17}]}));
    assert_eq!(
        answer("lenient", &request, &lenient()),
        concat!(
            r#"{"accepted":true,"message":"mutable-tags (lenient mode): the request cannot be judged: spec.containers[0].image must be a string","#,
            r#""code":null,"mutated_object":null,"audit_annotations":{"mode":"lenient","findings":"[]"},"#,
            r#""warnings":["the request cannot be judged: spec.containers[0].image must be a string"]}"#
        )
    );
}

#[test]
fn every_kind_needs_its_containers_but_the_one_that_holds_anything() {
    let cases = [
        ("v1", "Pod", Some("spec.containers")),
        ("v1", "PodTemplate", Some("template.spec.containers")),
        (
            "v1",
            "ReplicationController",
            Some("spec.template.spec.containers"),
        ),
        (
            "apps/v1",
            "Deployment",
            Some("spec.template.spec.containers"),
        ),
        (
            "apps/v1",
            "ReplicaSet",
            Some("spec.template.spec.containers"),
        ),
        (
            "apps/v1",
            "StatefulSet",
            Some("spec.template.spec.containers"),
        ),
        (
            "apps/v1",
            "DaemonSet",
            Some("spec.template.spec.containers"),
        ),
        ("batch/v1", "Job", Some("spec.template.spec.containers")),
        (
            "batch/v1",
            "CronJob",
            Some("spec.jobTemplate.spec.template.spec.containers"),
        ),
        ("apps/v1", "ControllerRevision", None),
    ];
    for (api_version, kind, missing) in cases {
        let object = json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "web"}});
        let expected = missing.map_or_else(
            || crate::answer::ACCEPTED.to_owned(),
            |path| {
                let problem = format!("{path} is missing");
                Answer::strict([])
                    .unreadable([problem.as_str()])
                    .rejected(400)
            },
        );
        assert_eq!(
            answer(kind, &create(object), &json!({})),
            expected,
            "{kind}"
        );
    }
}

#[test]
fn all_problems_are_named_in_the_order_of_their_paths_before_the_findings() {
    let request = create_pod(json!({
        "containers": [{"image": []}, container("web", MOVING), 7],
        "ephemeralContainers": {},
        "initContainers": [{"name": true, "imagePullPolicy": "Sometimes"}],
        "volumes": [{"image": "data"}],
    }));
    let problems = [
        "spec.containers[0].image must be a string",
        "spec.containers[2] must be an object",
        "spec.ephemeralContainers must be a list",
        "spec.initContainers[0].imagePullPolicy must be Always, IfNotPresent or Never",
        "spec.initContainers[0].name must be a string",
        "spec.volumes[0].image must be an object",
    ];
    let findings = [Finding::at("spec.containers[1].image", MOVING)];
    assert_eq!(
        answer("strict", &request, &json!({})),
        Answer::strict(findings.clone())
            .unreadable(problems)
            .rejected(400)
    );
    assert_eq!(
        answer("lenient", &request, &lenient()),
        Answer::lenient(findings).unreadable(problems).accepted()
    );
}

#[test]
fn problems_and_findings_share_the_ten_places() {
    let mut containers: Vec<Value> = (0..8).map(|_| json!({"image": 1})).collect();
    containers.extend((0..5).map(|_| container("web", MOVING)));
    let request = create_pod(json!({"containers": containers}));
    let problems: Vec<String> = (0..8)
        .map(|index| format!("spec.containers[{index}].image must be a string"))
        .collect();
    let problems = || problems.iter().map(String::as_str);
    let findings =
        (8..13).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
    assert_eq!(
        answer("strict", &request, &json!({})),
        Answer::strict(findings.clone())
            .unreadable(problems())
            .rejected(400)
    );
    assert_eq!(
        answer("lenient", &request, &lenient()),
        Answer::lenient(findings).unreadable(problems()).accepted()
    );
}

#[test]
fn the_environment_decides_of_an_unreadable_object_too() {
    let settings = json!({"environments": [
        {"name": "test", "mode": "lenient", "namespaces": ["ci"]},
    ]});
    let request = create_pod(json!({}));
    let problem = "spec.containers is missing";
    assert_eq!(
        answer("shop", &request, &settings),
        Answer::strict([])
            .in_no_environment()
            .unreadable([problem])
            .rejected(400)
    );
    assert_eq!(
        answer("ci", &with(&request, "/namespace", json!("ci")), &settings),
        Answer::lenient([])
            .in_environment("test")
            .unreadable([problem])
            .accepted()
    );
    let request = with(&request, "/operation", json!("X"));
    let problem = "request.operation must be CREATE, UPDATE, DELETE or CONNECT";
    assert_eq!(
        answer("ci", &with(&request, "/namespace", json!("ci")), &settings),
        Answer::lenient([])
            .in_environment("test")
            .unreadable([problem])
            .accepted()
    );
}

#[test]
fn settings_that_cannot_be_used_are_an_error_of_the_server_with_every_problem() {
    let cases = [
        (
            json!({"mode": "loose"}),
            r#"mode must be strict or lenient, not "loose""#,
        ),
        (
            json!({"mode": "loose", "pullPolicies": "Always"}),
            r#"mode must be strict or lenient, not "loose"; pullPolicies must be a list"#,
        ),
        (json!(1), "settings must be an object"),
        (json!("strict"), "settings must be an object"),
        (json!(["strict"]), "settings must be an object"),
    ];
    for (settings, problem) in cases {
        for operation in ["CREATE", "UPDATE"] {
            let request = with(&create_pod_of(MOVING), "/operation", json!(operation));
            let message =
                format!("mutable-tags: the settings of the policy cannot be used: {problem}");
            assert_eq!(
                answer(operation, &request, &settings),
                format!(
                    r#"{{"accepted":false,"message":{},"code":500,"mutated_object":null,"audit_annotations":null,"warnings":null}}"#,
                    quoted(&message)
                ),
                "{settings}"
            );
        }
    }
}
