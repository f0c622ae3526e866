//! Tests strict verdicts, which name every finding in a fixed order.

use e2e_tests::validate_payload;
use serde_json::{Value, json};

use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, create_pod, create_pod_of};
use crate::{answer, answer_to, text_of};

#[test]
fn an_object_without_a_finding_is_accepted_in_silence() {
    let request = create_pod_of(VERSION);
    for settings in [json!({}), Value::Null] {
        // Every byte is asserted here, without the constants of this suite.
        assert_eq!(
            text_of("version", &validate_payload(&request, &settings)),
            r#"{"accepted":true,"message":null,"code":null,"mutated_object":null,"audit_annotations":null,"warnings":null}"#
        );
        assert_eq!(answer("version", &request, &settings), ACCEPTED);
    }
}

#[test]
fn a_finding_is_rejected_with_its_path_and_reason() {
    let request = create_pod_of("ghcr.io/acme/web:main");
    let text = text_of("main", &validate_payload(&request, &json!({})));
    assert!(
        text.contains(r#","code":403,"mutated_object":null,"audit_annotations":{"mode":"strict","findings":"[{\"path\":\"spec.containers[0].image\",\"image\":\"ghcr.io/acme/web:main\",\"reason\":\"channel\",\"pullPolicy\":\"Always\"}]"},"warnings":null}"#),
        "{text}"
    );
}

#[test]
fn settings_that_are_not_given_are_the_defaults() {
    let request = create_pod_of(MOVING);
    let rejected =
        Expected::strict([Finding::at("spec.containers[0].image", MOVING)]).rejected(403);
    for settings in ["{}", "null", "\"\"", "[]"] {
        let payload = format!(r#"{{"request":{request},"settings":{settings}}}"#);
        assert_eq!(
            answer_to(settings, payload.as_bytes()),
            rejected,
            "{settings}"
        );
    }
    let payload = format!(r#"{{"request":{request}}}"#);
    assert_eq!(answer_to("none", payload.as_bytes()), rejected);
}

#[test]
fn every_sort_of_tag_has_its_own_reason() {
    for (image, reason) in [
        ("web", "no-tag"),
        ("web:latest", "latest"),
        ("web:1.2.3-dirty", "dirty"),
        ("web:stable", "channel"),
        ("web:pr-17", "branch"),
        ("web:0.0.0", "placeholder"),
        ("web:1.27", "floating-version"),
    ] {
        let finding = Finding::at("spec.containers[0].image", image).with_reason(reason);
        assert_eq!(
            answer(image, &create_pod_of(image), &json!({})),
            Expected::strict([finding]).rejected(403),
            "{image}"
        );
    }
}

#[test]
fn an_invalid_reference_is_found_whatever_its_pull_policy() {
    for image in [
        "Web:1.2.3",
        "web:1.2.3:4",
        "web@sha256:abc",
        "web:",
        " web:1.2.3",
    ] {
        for policy in [Some("Always"), Some("IfNotPresent"), Some("Never"), None] {
            let case = format!("{image} {policy:?}");
            let mut container = json!({"name": "web", "image": image});
            container["imagePullPolicy"] = json!(policy);
            let finding = Finding::at("spec.containers[0].image", image)
                .with_reason("unparsable")
                .with_pull_policy(policy.unwrap_or("IfNotPresent"));
            assert_eq!(
                answer(
                    &case,
                    &create_pod(json!({"containers": [container]})),
                    &json!({})
                ),
                Expected::strict([finding]).rejected(403),
                "{case}"
            );
        }
    }
}

#[test]
fn a_container_without_an_image_hides_no_neighbour() {
    for nothing in [
        json!({"name": "a"}),
        json!({"name": "a", "image": null}),
        json!({"name": "a", "image": ""}),
        json!({}),
    ] {
        let request = create_pod(json!({
            "containers": [nothing, container("web", MOVING)],
            "volumes": [{"name": "v", "image": {}}, {"name": "w", "image": null}, {"name": "x", "emptyDir": {}}],
        }));
        assert_eq!(
            answer("neighbour", &request, &json!({})),
            Expected::strict([Finding::at("spec.containers[1].image", MOVING)]).rejected(403),
            "{nothing}"
        );
    }
}

#[test]
fn a_container_without_a_name_is_identified_by_path() {
    let request =
        create_pod(json!({"containers": [{"image": MOVING, "imagePullPolicy": "Always"}]}));
    let finding = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(
        answer("no name", &request, &json!({})),
        Expected::strict([finding]).rejected(403)
    );
}

#[test]
fn sorts_findings_by_path_and_puts_warnings_last() {
    let request = create_pod(json!({
        "volumes": [{"name": "data", "image": {"reference": MOVING, "pullPolicy": "Always"}}],
        "initContainers": [container("one", MOVING), container("two", VERSION), container("three", "web")],
        "ephemeralContainers": [container("debug", MOVING)],
        "containers": [container("web", MOVING), {"name": "side", "image": "side"}],
    }));
    let findings = [
        Finding::at("spec.containers[0].image", MOVING),
        Finding::at("spec.containers[1].image", "side").with_reason("no-tag"),
        Finding::at("spec.initContainers[0].image", MOVING),
        Finding::at("spec.initContainers[2].image", "web").with_reason("no-tag"),
        Finding::at("spec.volumes[0].image.reference", MOVING),
        Finding::at("spec.ephemeralContainers[0].image", MOVING),
    ];
    assert_eq!(
        answer("order", &request, &json!({})),
        Expected::strict(findings).rejected(403)
    );
}

#[test]
fn ten_findings_are_named_and_the_others_counted() {
    for count in [1, 2, 9, 10, 11, 12, 250] {
        let case = format!("{count} findings");
        let containers: Vec<Value> = (0..count).map(|_| container("web", MOVING)).collect();
        let findings =
            (0..count).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
        assert_eq!(
            answer(
                &case,
                &create_pod(json!({"containers": containers})),
                &json!({})
            ),
            Expected::strict(findings).rejected(403),
            "{case}"
        );
    }
}
