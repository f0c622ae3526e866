//! Tests which pull policies make a finding.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, create_pod};

fn pulled(policy: Option<&str>) -> Value {
    let mut container = json!({"name": "web", "image": MOVING});
    container["imagePullPolicy"] = json!(policy);
    create_pod(json!({"containers": [container]}))
}

fn finding() -> Finding {
    Finding::at("spec.containers[0].image", MOVING)
}

#[test]
fn each_pull_policy_is_found_where_it_is_considered() {
    let cases = [
        (Some("Always"), "Always"),
        (Some("IfNotPresent"), "IfNotPresent"),
        (None, "IfNotPresent"),
        (Some("Never"), "Never"),
    ];
    for considered in [
        &["Always"][..],
        &["IfNotPresent"],
        &["Never"],
        &["Always", "Never"],
        &["Never", "IfNotPresent", "Always"],
    ] {
        for (declared, effective) in cases {
            let case = format!("{declared:?} of {considered:?}");
            let settings = json!({"pullPolicies": considered});
            let expected = if considered.contains(&effective) {
                Expected::strict([finding().with_pull_policy(effective)]).rejected(403)
            } else {
                ACCEPTED
            };
            assert_eq!(
                answer(&case, &pulled(declared), &settings),
                expected,
                "{case}"
            );
        }
    }
}

#[test]
fn no_pull_policies_means_the_default() {
    for none in [
        json!(null),
        json!([]),
        json!(""),
        json!([""]),
        json!([null]),
    ] {
        let settings = json!({"pullPolicies": none});
        assert_eq!(
            answer("always", &pulled(Some("Always")), &settings),
            Expected::strict([finding()]).rejected(403),
            "{none}"
        );
        assert_eq!(
            answer("never", &pulled(Some("Never")), &settings),
            ACCEPTED,
            "{none}"
        );
    }
}

#[test]
fn a_cluster_that_always_pulls_overrides_what_is_declared() {
    let settings = json!({"alwaysPullImages": true});
    let expected = Expected::strict([finding()]).rejected(403);
    for policy in [Some("Always"), Some("IfNotPresent"), Some("Never"), None] {
        assert_eq!(
            answer("cluster", &pulled(policy), &settings),
            expected,
            "{policy:?}"
        );
        let off = json!({"alwaysPullImages": false});
        let expected = match policy {
            Some("Always") => expected.clone(),
            _ => ACCEPTED,
        };
        let found = answer("not cluster", &pulled(policy), &off);
        assert_eq!(found, expected, "{policy:?}");
    }
}

#[test]
fn a_default_follows_the_tag_as_kubernetes_fills_it_in() {
    let digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let latest_with_digest = format!("web:latest{digest}");
    let cases = [
        ("web", Some("no-tag")),
        ("web:latest", Some("latest")),
        ("web:main", None),
        (&latest_with_digest, None),
    ];
    for (image, reason) in cases {
        let request = create_pod(json!({"containers": [{"name": "web", "image": image}]}));
        let expected = reason.map_or(ACCEPTED, |reason| {
            let finding = Finding::at("spec.containers[0].image", image).with_reason(reason);
            Expected::strict([finding]).rejected(403)
        });
        assert_eq!(answer(image, &request, &json!({})), expected, "{image}");
    }
}

#[test]
fn an_image_volume_has_a_pull_policy_of_its_own() {
    for (declared, effective) in [
        (json!("Always"), "Always"),
        (json!("IfNotPresent"), "IfNotPresent"),
        (json!(null), "IfNotPresent"),
        (json!("Never"), "Never"),
    ] {
        let request = create_pod(json!({
            "containers": [],
            "volumes": [{"name": "data", "image": {"reference": MOVING, "pullPolicy": declared}}],
        }));
        let finding =
            Finding::at("spec.volumes[0].image.reference", MOVING).with_pull_policy(effective);
        let settings = json!({"pullPolicies": [effective]});
        assert_eq!(
            answer("volume", &request, &settings),
            Expected::strict([finding]).rejected(403),
            "{declared}"
        );
    }
}

#[test]
fn an_unknown_pull_policy_is_unreadable() {
    for policy in [
        "always",
        "Sometimes",
        "ALWAYS",
        "Always ",
        "IfNotPresent,Always",
    ] {
        assert_eq!(
            answer(policy, &pulled(Some(policy)), &json!({})),
            Expected::strict([])
                .unreadable(["spec.containers[0].imagePullPolicy"])
                .rejected(400),
            "{policy}"
        );
    }
}
