//! Tests exemptions that apply, each beside a counterpart that differs in one field and does
//! not apply.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of, with, without};

fn rejected() -> Expected {
    Expected::strict([Finding::at("spec.containers[0].image", MOVING)]).rejected(403)
}

/// The answer to a Pod in the namespace `shop`, with a container `web` of the image
/// `registry.example.com/shop/web:main`.
fn judged_with(exemption: &Value) -> Answer {
    answer(
        &exemption.to_string(),
        &create_pod_of(MOVING),
        &json!({"exemptions": [exemption]}),
    )
}

#[test]
fn all_criteria_of_an_exemption_must_match() {
    let exemption = json!({
        "images": ["registry.example.com/shop/web"],
        "namespaces": ["shop"],
        "containers": ["web"],
        "reason": "accepted until the next release",
    });
    assert_eq!(judged_with(&exemption), ACCEPTED);
    for (criterion, other) in [
        ("/images", "registry.example.com/shop/app"),
        ("/namespaces", "shop-2"),
        ("/containers", "app"),
    ] {
        let counterpart = with(&exemption, criterion, json!([other]));
        assert_eq!(judged_with(&counterpart), rejected(), "{counterpart}");
        let either = with(
            &exemption,
            criterion,
            json!([other, exemption.pointer(criterion).unwrap()[0]]),
        );
        assert_eq!(judged_with(&either), ACCEPTED, "{either}");
    }
}

#[test]
fn a_criterion_that_is_not_given_matches_everything() {
    let whole = json!({
        "images": ["**"],
        "namespaces": ["*"],
        "containers": ["*"],
        "reason": "a trial",
    });
    for criteria in [
        &["/images"][..],
        &["/namespaces"],
        &["/containers"],
        &["/images", "/containers"],
        &["/namespaces", "/containers"],
    ] {
        let exemption = criteria
            .iter()
            .fold(whole.clone(), |rest, criterion| without(&rest, criterion));
        assert_eq!(judged_with(&exemption), ACCEPTED, "{exemption}");
    }
    for empty in [json!([]), json!(null), json!(""), json!([""])] {
        let exemption = with(&whole, "/containers", empty);
        assert_eq!(judged_with(&exemption), ACCEPTED, "{exemption}");
    }
}

#[test]
fn an_exemption_matches_by_patterns() {
    let cases = [
        (
            "/images",
            "registry.example.com/shop/*",
            "registry.example.com/*",
        ),
        ("/images", "registry.example.com/**", "example.com/**"),
        (
            "/images",
            "registry.example.com/shop/web:m*",
            "registry.example.com/shop/web:n*",
        ),
        ("/images", "**/w?b:main", "**/w?b:main2"),
        ("/namespaces", "sh?p", "sho"),
        ("/namespaces", "s*", "s"),
        ("/containers", "w*b", "w*c"),
        ("/containers", "???", "????"),
    ];
    let whole = json!({
        "images": ["**"],
        "namespaces": ["*"],
        "containers": ["*"],
        "reason": "a trial",
    });
    for (criterion, matching, other) in cases {
        let exemption = with(&whole, criterion, json!([matching]));
        assert_eq!(judged_with(&exemption), ACCEPTED, "{exemption}");
        let counterpart = with(&whole, criterion, json!([other]));
        assert_eq!(judged_with(&counterpart), rejected(), "{counterpart}");
    }
}

#[test]
fn any_one_of_several_exemptions_is_enough() {
    let other = json!({"namespaces": ["other"], "reason": "a trial"});
    let matching = json!({"namespaces": ["shop"], "reason": "a trial"});
    for (exemptions, expected) in [
        (json!([other, matching]), ACCEPTED),
        (json!([matching, other]), ACCEPTED),
        (json!([other, other]), rejected()),
    ] {
        let settings = json!({"exemptions": exemptions});
        assert_eq!(
            answer("several", &create_pod_of(MOVING), &settings),
            expected,
            "{settings}"
        );
    }
}

#[test]
fn two_exemptions_do_not_add_up_to_one() {
    let settings = json!({"exemptions": [
        {"images": ["registry.example.com/shop/web"], "namespaces": ["other"], "reason": "a trial"},
        {"images": ["other"], "namespaces": ["shop"], "reason": "a trial"},
    ]});
    assert_eq!(
        answer("two halves", &create_pod_of(MOVING), &settings),
        rejected()
    );
}

#[test]
fn an_object_without_a_namespace_matches_no_namespace() {
    let settings = json!({"exemptions": [{"namespaces": ["*"], "reason": "a trial"}]});
    let request = create_pod_of(MOVING);
    assert_eq!(answer("in one", &request, &settings), ACCEPTED);
    let request = without(&request, "/namespace");
    assert_eq!(answer("in none", &request, &settings), rejected());
}

#[test]
fn an_exemption_of_one_container_leaves_the_others() {
    let request = create_pod(json!({
        "containers": [container("web", MOVING), container("istio-proxy", MOVING), {"image": MOVING, "imagePullPolicy": "Always"}],
        "initContainers": [container("istio-proxy", MOVING)],
        "volumes": [{"name": "istio-proxy", "image": {"reference": MOVING, "pullPolicy": "Always"}}],
    }));
    let settings = json!({"exemptions": [
        {"images": ["**"], "containers": ["istio-proxy"], "reason": "the mesh injects it"},
    ]});
    assert_eq!(
        answer("mesh", &request, &settings),
        Expected::strict([
            Finding::at("spec.containers[0].image", MOVING),
            Finding::at("spec.containers[2].image", MOVING),
            Finding::at("spec.volumes[0].image.reference", MOVING),
        ])
        .rejected(403)
    );
}

#[test]
fn an_invalid_reference_matches_no_pattern_for_images() {
    let request = create_pod_of("Web:main");
    let images = json!({"exemptions": [{"images": ["**"], "reason": "a trial"}]});
    let finding = Finding::at("spec.containers[0].image", "Web:main").with_reason("unparsable");
    assert_eq!(
        answer("images", &request, &images),
        Expected::strict([finding]).rejected(403)
    );
    let namespaces = json!({"exemptions": [{"namespaces": ["shop"], "reason": "a trial"}]});
    assert_eq!(answer("namespaces", &request, &namespaces), ACCEPTED);
}

#[test]
fn an_exemption_hides_a_finding_from_the_audit_log_too() {
    let request = create_pod(json!({
        "containers": [container("web", MOVING), container("debug", "ghcr.io/acme/debug:main")],
    }));
    let settings = json!({
        "mode": "lenient",
        "exemptions": [{"images": ["ghcr.io/acme/debug*"], "reason": "a trial"}],
    });
    let finding = Finding::at("spec.containers[0].image", MOVING);
    assert_eq!(
        answer("debug", &request, &settings),
        Expected::lenient([finding]).accepted()
    );
}

#[test]
fn an_exemption_does_not_make_an_object_readable() {
    let request = with(
        &create_pod_of(MOVING),
        "/object/spec/containers/0/image",
        json!(1),
    );
    let settings = json!({"exemptions": [{"namespaces": ["*"], "reason": "a trial"}]});
    assert_eq!(
        answer("unreadable", &request, &settings),
        Expected::strict([])
            .unreadable(["spec.containers[0].image"])
            .rejected(400)
    );
}
