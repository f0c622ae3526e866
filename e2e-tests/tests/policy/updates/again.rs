//! Updates that start Pods anew with the tag that they had.

use serde_json::{Value, json};

use super::{
    KINDS, PATH, deployment, deployment_of, found, rejected, restarted, update, warned, web,
};
use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, with};

const LATEST_IMAGE: &str = "registry.example.com/shop/web:latest";

/// Asserts that an update to the template of `object` is rejected, that one outside it
/// is warned of, and that neither is a finding where nothing moves.
fn assert_rolled_out(case: &str, object: &Value, settings: &Value, found: &Finding) {
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
fn a_changed_template_pulls_the_same_tag_again_in_every_kind() {
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
            assert_eq!(
                answer(&case, &request, &json!({})),
                rejected([kind.found(MOVING)]),
                "{case}"
            );
            assert_eq!(
                answer(&case, &request, &json!({"mode": "lenient"})),
                Expected::lenient([kind.found(MOVING)]).accepted(),
                "{case}"
            );
        }
    }
}

#[test]
fn the_second_update_of_an_upgrade_that_reuses_its_tag_is_found() {
    let before = deployment(json!([container("web", VERSION)]));
    let first = update(web(), before);
    assert_eq!(answer("first", &first, &json!({})), rejected([found()]));
    let second = update(restarted(&web()), web());
    assert_eq!(answer("second", &second, &json!({})), rejected([found()]));
}

#[test]
fn what_is_pulled_where_it_is_missing_is_rolled_out_too() {
    let mut object = web();
    object["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] = json!("IfNotPresent");
    let finding = found().with_pull_policy("IfNotPresent");
    let settings = json!({"pullPolicies": ["Always", "IfNotPresent"]});
    assert_rolled_out("IfNotPresent", &object, &settings, &finding);
    let request = update(restarted(&object), object);
    assert_eq!(answer("Always only", &request, &json!({})), ACCEPTED);
}

#[test]
fn always_stays_always_beside_another_pull_policy() {
    let settings = json!({"pullPolicies": ["Always", "IfNotPresent"]});
    assert_rolled_out("Always", &web(), &settings, &found());
}

#[test]
fn a_cluster_that_pulls_always_pulls_it_again() {
    let mut object = web();
    object["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] = json!("Never");
    let settings = json!({"alwaysPullImages": true});
    assert_rolled_out("alwaysPullImages", &object, &settings, &found());
}

#[test]
fn a_cluster_that_pulls_always_makes_one_of_every_pull_policy() {
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
fn an_image_of_a_variable_is_rolled_out_again() {
    let manager = |value: &str| json!([{"name": "web", "image": VERSION, "env": [{"name": "IMAGE", "value": value}]}]);
    let finding = Finding::at("spec.template.spec.containers[0].env[0].value", MOVING);
    let settings = json!({"imageEnvVars": ["IMAGE"]});
    let object = deployment(manager(MOVING));
    assert_rolled_out("variable", &object, &settings, &finding);
    let renamed = deployment(
        json!([{"name": "web", "image": VERSION, "env": [{"name": "OTHER", "value": MOVING}]}]),
    );
    assert_eq!(
        answer("renamed", &update(object, renamed), &settings),
        rejected([finding])
    );
}

#[test]
fn an_image_volume_is_rolled_out_again() {
    let volume = |reference: &str| {
        deployment_of(json!({
            "containers": [container("web", VERSION)],
            "volumes": [{"name": "data", "image": {"reference": reference, "pullPolicy": "Always"}}],
        }))
    };
    let found = Finding::at("spec.template.spec.volumes[0].image.reference", MOVING);
    assert_rolled_out("volume", &volume(MOVING), &json!({}), &found);
    assert_eq!(
        answer("new", &update(volume(MOVING), volume(VERSION)), &json!({})),
        rejected([found])
    );
}

#[test]
fn a_default_that_is_written_down_changes_the_template_but_not_the_pull() {
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
    // Another default is another pull.
    let [new, old] = [Some("Always"), Some("IfNotPresent")]
        .map(|policy| crate::request::pod(json!({"containers": latest(policy)})));
    assert_eq!(
        answer("IfNotPresent", &update(new, old), &json!({})),
        rejected([finding(super::POD_PATH)])
    );
}
