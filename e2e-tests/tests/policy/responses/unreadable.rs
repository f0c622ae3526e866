//! Tests answers to requests and settings that cannot be read.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, container, create, create_pod, create_pod_of, with};

fn lenient() -> Value {
    json!({"mode": "lenient"})
}

#[test]
fn an_unreadable_object_is_rejected_or_warned_of_by_mode() {
    let request = create_pod(json!({"containers": [{"name": "web", "image": 17}]}));
    let path = "spec.containers[0].image";
    assert_eq!(
        answer("strict", &request, &json!({})),
        Expected::strict([]).unreadable([path]).rejected(400)
    );
    let answer = answer("lenient", &request, &lenient());
    assert_eq!(answer, Expected::lenient([]).unreadable([path]).accepted());
    assert!(answer.warnings[0].contains(path), "{answer:?}");
}

#[test]
fn every_kind_but_controller_revisions_needs_containers() {
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
        let expected = missing.map_or(ACCEPTED, |path| {
            Expected::strict([]).unreadable([path]).rejected(400)
        });
        assert_eq!(
            answer(kind, &create(object), &json!({})),
            expected,
            "{kind}"
        );
    }
}

#[test]
fn errors_are_named_by_path_before_the_findings() {
    let request = create_pod(json!({
        "containers": [{"image": []}, container("web", MOVING), 7],
        "ephemeralContainers": {},
        "initContainers": [{"name": true, "imagePullPolicy": "Sometimes"}],
        "volumes": [{"image": "data"}],
    }));
    let paths = [
        "spec.containers[0].image",
        "spec.containers[2]",
        "spec.ephemeralContainers",
        "spec.initContainers[0].imagePullPolicy",
        "spec.initContainers[0].name",
        "spec.volumes[0].image",
    ];
    let findings = [Finding::at("spec.containers[1].image", MOVING)];
    assert_eq!(
        answer("strict", &request, &json!({})),
        Expected::strict(findings.clone())
            .unreadable(paths)
            .rejected(400)
    );
    assert_eq!(
        answer("lenient", &request, &lenient()),
        Expected::lenient(findings).unreadable(paths).accepted()
    );
}

#[test]
fn errors_and_findings_together_are_named_up_to_ten() {
    let mut containers: Vec<Value> = (0..8).map(|_| json!({"image": 1})).collect();
    containers.extend((0..5).map(|_| container("web", MOVING)));
    let request = create_pod(json!({"containers": containers}));
    let paths = || (0..8).map(|index| format!("spec.containers[{index}].image"));
    let findings =
        (8..13).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
    assert_eq!(
        answer("strict", &request, &json!({})),
        Expected::strict(findings.clone())
            .unreadable(paths())
            .rejected(400)
    );
    assert_eq!(
        answer("lenient", &request, &lenient()),
        Expected::lenient(findings).unreadable(paths()).accepted()
    );
}

#[test]
fn the_environment_decides_of_an_unreadable_object_too() {
    let settings = json!({"environments": [
        {"name": "test", "mode": "lenient", "namespaces": ["ci"]},
    ]});
    let request = create_pod(json!({}));
    let path = "spec.containers";
    assert_eq!(
        answer("shop", &request, &settings),
        Expected::strict([]).unreadable([path]).rejected(400)
    );
    assert_eq!(
        answer("ci", &with(&request, "/namespace", json!("ci")), &settings),
        Expected::lenient([])
            .in_environment("test")
            .unreadable([path])
            .accepted()
    );
    let request = with(&request, "/operation", json!("X"));
    let path = "request.operation";
    assert_eq!(
        answer("ci", &with(&request, "/namespace", json!("ci")), &settings),
        Expected::lenient([])
            .in_environment("test")
            .unreadable([path])
            .accepted()
    );
}

#[test]
fn unusable_settings_are_a_server_error_with_every_problem() {
    let cases = [
        (json!({"mode": "loose"}), &["mode"][..]),
        (
            json!({"mode": "loose", "pullPolicies": "Always"}),
            &["mode", "pullPolicies"],
        ),
        (json!(1), &["settings"]),
        (json!("strict"), &["settings"]),
        (json!(["strict"]), &["settings"]),
    ];
    for (settings, paths) in cases {
        for operation in ["CREATE", "UPDATE"] {
            let request = with(&create_pod_of(MOVING), "/operation", json!(operation));
            assert_eq!(
                answer(operation, &request, &settings),
                Expected::unusable_settings(paths.iter().copied()),
                "{settings}"
            );
        }
    }
}
