//! What a strict verdict says: nothing, or every finding in a fixed order.

use serde_json::{Value, json};

use crate::answer::{
    ACCEPTED, ALWAYS, ALWAYS_BY_DEFAULT, Answer, EPHEMERAL, Finding, VOLUME_ALWAYS, VOLUME_FIX,
};
use crate::request::{MOVING, VERSION, container, create_pod, create_pod_of};
use crate::{answer, answer_to};

#[test]
fn an_object_without_a_finding_is_accepted_in_silence() {
    let request = create_pod_of(VERSION);
    assert_eq!(answer("version", &request, &json!({})), ACCEPTED);
    // Every byte of it, once without the constants of this suite.
    assert_eq!(
        answer("version", &request, &Value::Null),
        r#"{"accepted":true,"message":null,"code":null,"mutated_object":null,"audit_annotations":null,"warnings":null}"#
    );
}

#[test]
fn a_finding_is_rejected_with_where_what_why_and_the_fix() {
    let request = create_pod_of("ghcr.io/acme/web:main");
    assert_eq!(
        answer("main", &request, &json!({})),
        concat!(
            r#"{"accepted":false,"message":"mutable-tags (strict mode): spec.containers[0].image (container \"web\"): \"ghcr.io/acme/web:main\" has a tag that names a channel, not a build, and imagePullPolicy Always pulls it at every start: pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set imagePullPolicy to IfNotPresent where a stale image will do","#,
            r#""code":403,"mutated_object":null,"audit_annotations":{"mode":"strict","findings":"[{\"path\":\"spec.containers[0].image\",\"image\":\"ghcr.io/acme/web:main\",\"reason\":\"channel\",\"pullPolicy\":\"Always\"}]"},"warnings":null}"#
        )
    );
}

#[test]
fn settings_that_are_not_given_are_the_defaults() {
    let request = create_pod_of(MOVING);
    let rejected = Answer::strict([Finding::at("spec.containers[0].image", MOVING)]).rejected(403);
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
fn every_reason_has_its_own_words() {
    let cases = [
        ("web", "no-tag", "has no tag, which means latest"),
        (
            "web:latest",
            "latest",
            "has the tag latest, which moves with every release",
        ),
        (
            "web:1.2.3-dirty",
            "dirty",
            "has a tag built from changes that are in no commit",
        ),
        (
            "web:stable",
            "channel",
            "has a tag that names a channel, not a build",
        ),
        (
            "web:pr-17",
            "branch",
            "has a tag that names a branch or a pull request, not a build",
        ),
        (
            "web:0.0.0",
            "placeholder",
            "has a tag that is a version of zeros only",
        ),
        (
            "web:1.27",
            "floating-version",
            "has a tag that leaves a part of its version open",
        ),
    ];
    for (image, reason, why) in cases {
        let finding = Finding::at("spec.containers[0].image", image).because(reason, why);
        assert_eq!(
            answer(image, &create_pod_of(image), &json!({})),
            Answer::strict([finding]).rejected(403),
            "{image}"
        );
    }
}

#[test]
fn what_is_no_reference_is_found_whatever_its_pull_policy() {
    let cases = [
        (
            "Web:1.2.3",
            r#"is no image reference, upper-case "W" in the repository at character 1"#,
        ),
        (
            "web:1.2.3:4",
            r#"is no image reference, unexpected ":" in the tag at character 10"#,
        ),
        (
            "web@sha256:abc",
            "is no image reference, the digest has 3 hexadecimal characters where sha256 has 64",
        ),
        (
            "web:",
            "is no image reference, the tag is empty at character 5",
        ),
        (
            " web:1.2.3",
            r#"is no image reference, unexpected " " in the repository at character 1"#,
        ),
    ];
    for (image, why) in cases {
        for policy in [Some("Always"), Some("IfNotPresent"), Some("Never"), None] {
            let case = format!("{image} {policy:?}");
            let mut container = json!({"name": "web", "image": image});
            container["imagePullPolicy"] = json!(policy);
            let finding = Finding::at("spec.containers[0].image", image)
                .because("unparsable", why)
                .pulled(policy.unwrap_or("IfNotPresent"), "")
                .mended_by("correct the reference");
            assert_eq!(
                answer(
                    &case,
                    &create_pod(json!({"containers": [container]})),
                    &json!({})
                ),
                Answer::strict([finding]).rejected(403),
                "{case}"
            );
        }
    }
}

#[test]
fn a_site_without_an_image_hides_none_of_its_neighbours() {
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
            Answer::strict([Finding::at("spec.containers[1].image", MOVING)]).rejected(403),
            "{nothing}"
        );
    }
}

#[test]
fn a_container_without_a_name_is_told_by_its_path() {
    let request =
        create_pod(json!({"containers": [{"image": MOVING, "imagePullPolicy": "Always"}]}));
    let mut finding = Finding::at("spec.containers[0].image", MOVING);
    finding.holder = None;
    assert_eq!(
        answer("no name", &request, &json!({})),
        Answer::strict([finding]).rejected(403)
    );
}

#[test]
fn findings_come_in_the_order_of_their_paths_and_what_only_warns_last() {
    let request = create_pod(json!({
        "volumes": [{"name": "data", "image": {"reference": MOVING, "pullPolicy": "Always"}}],
        "initContainers": [container("one", MOVING), container("two", VERSION), container("three", "web")],
        "ephemeralContainers": [container("debug", MOVING)],
        "containers": [container("web", MOVING), {"name": "side", "image": "side"}],
    }));
    let no_tag = |finding: Finding| finding.because("no-tag", "has no tag, which means latest");
    let findings = [
        Finding::at("spec.containers[0].image", MOVING),
        no_tag(Finding::at("spec.containers[1].image", "side"))
            .held_by("container", "side")
            .pulled("Always", ALWAYS_BY_DEFAULT),
        Finding::at("spec.initContainers[0].image", MOVING).held_by("init container", "one"),
        no_tag(Finding::at("spec.initContainers[2].image", "web"))
            .held_by("init container", "three")
            .pulled("Always", ALWAYS),
        Finding::at("spec.volumes[0].image.reference", MOVING)
            .held_by("image volume", "data")
            .pulled("Always", VOLUME_ALWAYS)
            .mended_by(VOLUME_FIX),
        Finding::at("spec.ephemeralContainers[0].image", MOVING)
            .held_by("ephemeral container", "debug")
            .with_aside(EPHEMERAL),
    ];
    assert_eq!(
        answer("order", &request, &json!({})),
        Answer::strict(findings).rejected(403)
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
            Answer::strict(findings).rejected(403),
            "{case}"
        );
    }
}

#[test]
fn eleven_findings_end_with_one_more() {
    let containers: Vec<Value> = (0..11).map(|_| container("web", MOVING)).collect();
    let answer = answer(
        "eleven",
        &create_pod(json!({"containers": containers})),
        &json!({}),
    );
    assert!(
        answer.contains(r#"where a stale image will do; and 1 more","code":403,"#),
        "{answer}"
    );
    assert_eq!(answer.matches("pin its digest").count(), 10);
    assert_eq!(answer.matches(r#"\"reason\":"#).count(), 10);
}
