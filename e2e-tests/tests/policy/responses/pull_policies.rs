//! Which pull policies make a finding, and what an answer says of each.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{
    ACCEPTED, ALWAYS, ALWAYS_BY_DEFAULT, Answer, FIX, FIX_WITHOUT_POLICY, Finding, LATEST,
    VOLUME_FIX,
};
use crate::request::{MOVING, create_pod};

const IF_NOT_PRESENT: &str =
    ", and imagePullPolicy IfNotPresent pulls it on every node that lacks it";
const IF_NOT_PRESENT_BY_DEFAULT: &str =
    ", and imagePullPolicy IfNotPresent (the default) pulls it on every node that lacks it";
const NEVER: &str = ", and imagePullPolicy Never starts whatever the node has under that name";
const CLUSTER: &str = ", and the cluster pulls every image at every start";

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
        (Some("Always"), "Always", ALWAYS),
        (Some("IfNotPresent"), "IfNotPresent", IF_NOT_PRESENT),
        (None, "IfNotPresent", IF_NOT_PRESENT_BY_DEFAULT),
        (Some("Never"), "Never", NEVER),
    ];
    for considered in [
        &["Always"][..],
        &["IfNotPresent"],
        &["Never"],
        &["Always", "Never"],
        &["Never", "IfNotPresent", "Always"],
    ] {
        // `IfNotPresent` mends nothing where it is found itself.
        let fix = if considered.contains(&"IfNotPresent") {
            FIX_WITHOUT_POLICY
        } else {
            FIX
        };
        for (declared, effective, how) in cases {
            let case = format!("{declared:?} of {considered:?}");
            let settings = json!({"pullPolicies": considered});
            let expected = if considered.contains(&effective) {
                Answer::strict([finding().pulled(effective, how).mended_by(fix)]).rejected(403)
            } else {
                ACCEPTED.to_owned()
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
            Answer::strict([finding()]).rejected(403),
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
    // No pull policy of the object's would mend it.
    let expected = Answer::strict([finding()
        .pulled("Always", CLUSTER)
        .mended_by(FIX_WITHOUT_POLICY)])
    .rejected(403);
    for policy in [Some("Always"), Some("IfNotPresent"), Some("Never"), None] {
        assert_eq!(
            answer("cluster", &pulled(policy), &settings),
            expected,
            "{policy:?}"
        );
        let off = json!({"alwaysPullImages": false});
        let is_found = policy == Some("Always");
        assert_eq!(
            answer("not cluster", &pulled(policy), &off) == ACCEPTED,
            !is_found,
            "{policy:?}"
        );
    }
}

#[test]
fn a_default_follows_the_tag_as_kubernetes_fills_it_in() {
    let digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let latest_with_digest = format!("web:latest{digest}");
    let cases = [
        ("web", Some(("no-tag", "has no tag, which means latest"))),
        ("web:latest", Some(("latest", LATEST))),
        ("web:main", None),
        (&latest_with_digest, None),
    ];
    for (image, found) in cases {
        let request = create_pod(json!({"containers": [{"name": "web", "image": image}]}));
        let expected = found.map_or_else(
            || ACCEPTED.to_owned(),
            |(reason, why)| {
                let finding = Finding::at("spec.containers[0].image", image)
                    .because(reason, why)
                    .pulled("Always", ALWAYS_BY_DEFAULT);
                Answer::strict([finding]).rejected(403)
            },
        );
        assert_eq!(answer(image, &request, &json!({})), expected, "{image}");
    }
}

#[test]
fn an_image_volume_has_a_pull_policy_of_its_own_name() {
    let cases = [
        (
            json!("Always"),
            "Always",
            ", and pullPolicy Always pulls it at every start",
        ),
        (
            json!("IfNotPresent"),
            "IfNotPresent",
            ", and pullPolicy IfNotPresent pulls it on every node that lacks it",
        ),
        (
            json!(null),
            "IfNotPresent",
            ", and pullPolicy IfNotPresent (the default) pulls it on every node that lacks it",
        ),
        (
            json!("Never"),
            "Never",
            ", and pullPolicy Never starts whatever the node has under that name",
        ),
    ];
    for (declared, effective, how) in cases {
        let request = create_pod(json!({
            "containers": [],
            "volumes": [{"name": "data", "image": {"reference": MOVING, "pullPolicy": declared}}],
        }));
        let fix = if effective == "IfNotPresent" {
            FIX_WITHOUT_POLICY
        } else {
            VOLUME_FIX
        };
        let finding = Finding::at("spec.volumes[0].image.reference", MOVING)
            .held_by("image volume", "data")
            .pulled(effective, how)
            .mended_by(fix);
        let settings = json!({"pullPolicies": [effective]});
        assert_eq!(
            answer("volume", &request, &settings),
            Answer::strict([finding]).rejected(403),
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
            Answer::strict([])
                .unreadable([
                    "spec.containers[0].imagePullPolicy must be Always, IfNotPresent or Never"
                ])
                .rejected(400),
            "{policy}"
        );
    }
}
