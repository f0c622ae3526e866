//! Updates that restart Pods with the tag that they had.

use serde_json::{Value, json};

use super::{
    KINDS, PATH, deployment, deployment_of, found, rejected, restarted, update, warned, web,
};
use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, with};

const LATEST_IMAGE: &str = "registry.example.com/shop/web:latest";

/// Asserts that an update of the template of `object` is rejected, that an update outside of it
/// only warns, and that an immutable tag is no finding.
fn assert_restart_rejected(case: &str, object: &Value, settings: &Value, found: &Finding) {
    let request = update(restarted(object), object.clone());
    assert_eq!(
        answer(case, &request, settings),
        rejected([found.clone()]),
        "{case}"
    );
    let scaled = with(object, "/spec/replicas", json!(7));
    let request = update(scaled, object.clone());
    assert_eq!(
        answer(case, &request, settings),
        warned([found.clone()]),
        "{case}"
    );
    let pinned = object.to_string().replace(MOVING, VERSION);
    let pinned: Value = serde_json::from_str(&pinned).unwrap();
    let request = update(restarted(&pinned), pinned);
    assert_eq!(answer(case, &request, settings), ACCEPTED, "{case}");
}

#[test]
fn a_changed_template_pulls_again_in_kinds_that_roll_out() {
    for kind in &KINDS {
        let old = kind.of(MOVING);
        for (pointer, value) in [
            (
                "/metadata/annotations",
                json!({"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"}),
            ),
            ("/metadata/labels", json!({})),
            ("/spec/nodeName", json!("worker-1")),
            ("/spec/containers/0/args", json!(["--verbose"])),
            ("/unknown", Value::Null),
        ] {
            let case = format!("{}{pointer}", kind.name);
            let request = update(with(&old, &kind.within(pointer), value), old.clone());
            let expected = match kind.rolls_out() {
                true => rejected([kind.found(MOVING)]),
                false => warned([kind.found(MOVING)]),
            };
            assert_eq!(answer(&case, &request, &json!({})), expected, "{case}");
            assert_eq!(
                answer(&case, &request, &json!({"mode": "lenient"})),
                Expected::lenient([kind.found(MOVING)]).accepted(),
                "{case}"
            );
        }
    }
}

#[test]
fn finds_the_second_update_that_reuses_a_tag() {
    let before = deployment(json!([container("web", VERSION)]));
    let first = update(web(), before);
    assert_eq!(answer("first", &first, &json!({})), rejected([found()]));
    let second = update(restarted(&web()), web());
    assert_eq!(answer("second", &second, &json!({})), rejected([found()]));
}

#[test]
fn a_restart_counts_with_if_not_present_too() {
    let mut object = web();
    object["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] = json!("IfNotPresent");
    let finding = found().with_pull_policy("IfNotPresent");
    let settings = json!({"pullPolicies": ["Always", "IfNotPresent"]});
    assert_restart_rejected("IfNotPresent", &object, &settings, &finding);
    let request = update(restarted(&object), object);
    assert_eq!(answer("Always only", &request, &json!({})), ACCEPTED);
}

#[test]
fn always_stays_always_beside_another_pull_policy() {
    let settings = json!({"pullPolicies": ["Always", "IfNotPresent"]});
    assert_restart_rejected("Always", &web(), &settings, &found());
}

#[test]
fn a_cluster_that_pulls_always_pulls_it_again() {
    let mut object = web();
    object["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] = json!("Never");
    let settings = json!({"alwaysPullImages": true});
    assert_restart_rejected("alwaysPullImages", &object, &settings, &found());
}

#[test]
fn always_pull_images_makes_all_pull_policies_equal() {
    let pod = |pull_policy: &str| {
        let mut pod = super::web_pod();
        pod["spec"]["containers"][0]["imagePullPolicy"] = json!(pull_policy);
        pod
    };
    let request = update(pod("Always"), pod("Never"));
    let finding = Finding::at(super::POD_PATH, MOVING);
    assert_eq!(
        answer("cluster", &request, &json!({"alwaysPullImages": true})),
        warned([finding])
    );
    assert_eq!(
        answer("no cluster", &request, &json!({})),
        rejected([Finding::at(super::POD_PATH, MOVING)])
    );
}

#[test]
fn a_restart_counts_for_a_variable() {
    let manager = |value: &str| json!([{"name": "web", "image": VERSION, "env": [{"name": "IMAGE", "value": value}]}]);
    let finding = Finding::at("spec.template.spec.containers[0].env[0].value", MOVING);
    let settings = json!({"imageEnvVars": ["IMAGE"]});
    let object = deployment(manager(MOVING));
    assert_restart_rejected("variable", &object, &settings, &finding);
    let renamed = deployment(
        json!([{"name": "web", "image": VERSION, "env": [{"name": "OTHER", "value": MOVING}]}]),
    );
    assert_eq!(
        answer("renamed", &update(object, renamed), &settings),
        rejected([finding])
    );
}

#[test]
fn a_restart_counts_for_an_image_volume() {
    let volume = |reference: &str| {
        deployment_of(json!({
            "containers": [container("web", VERSION)],
            "volumes": [{"name": "data", "image": {"reference": reference, "pullPolicy": "Always"}}],
        }))
    };
    let found = Finding::at("spec.template.spec.volumes[0].image.reference", MOVING);
    assert_restart_rejected("volume", &volume(MOVING), &json!({}), &found);
    assert_eq!(
        answer("new", &update(volume(MOVING), volume(VERSION)), &json!({})),
        rejected([found])
    );
}

#[test]
fn writing_a_default_down_changes_only_the_template() {
    let latest = |pull_policy: Option<&str>| {
        let mut container = json!({"name": "web", "image": LATEST_IMAGE});
        if let Some(pull_policy) = pull_policy {
            container["imagePullPolicy"] = json!(pull_policy);
        }
        json!([container])
    };
    let finding = |path: &str| Finding::at(path, LATEST_IMAGE).with_reason("latest");
    for absent in [None, Some("")] {
        let [new, old] = [Some("Always"), absent].map(|policy| deployment(latest(policy)));
        assert_eq!(
            answer("template", &update(new, old), &json!({})),
            rejected([finding(PATH)])
        );
        let [new, old] = [Some("Always"), absent]
            .map(|policy| crate::request::pod(json!({"containers": latest(policy)})));
        assert_eq!(
            answer("Pod", &update(new, old), &json!({})),
            warned([finding(super::POD_PATH)])
        );
    }
    // A value that is not the default is another pull policy.
    let [new, old] = [Some("Always"), Some("IfNotPresent")]
        .map(|policy| crate::request::pod(json!({"containers": latest(policy)})));
    assert_eq!(
        answer("IfNotPresent", &update(new, old), &json!({})),
        rejected([finding(super::POD_PATH)])
    );
}
