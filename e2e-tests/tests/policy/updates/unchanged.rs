//! Tests updates that pull nothing.

use serde_json::{Value, json};

use super::{KINDS, POD_PATH, by, found, rejected, update, warned, web, web_pod};
use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, with};

const DEV: &str = "registry.example.com/shop/web:dev";

/// Changes outside of the pod template that are possible in any kind: pointers and new values.
fn changes() -> Vec<(&'static str, Value)> {
    vec![
        ("/metadata/finalizers", json!(["example.com/wait"])),
        ("/metadata/labels", json!({"team": "a"})),
        ("/metadata/annotations", json!({"example.com/note": "b"})),
        ("/metadata/deletionTimestamp", json!("2026-01-01T00:00:00Z")),
        ("/metadata/generation", json!(2)),
        ("/metadata/ownerReferences", json!([{"controller": true}])),
        ("/metadata/managedFields", json!([{"manager": "kubectl"}])),
        ("/status", json!({"replicas": 2, "template": {}})),
        ("/template2", json!({"spec": {"containers": []}})),
    ]
}

#[test]
fn an_update_that_changes_no_template_is_only_warned_of() {
    for kind in &KINDS {
        let old = kind.of(MOVING);
        for (pointer, value) in changes() {
            let case = format!("{}{pointer}", kind.name);
            let request = update(with(&old, pointer, value.clone()), old.clone());
            assert_eq!(
                answer(&case, &request, &json!({})),
                warned([kind.found(MOVING)]),
                "{case}"
            );
            assert_eq!(
                answer(&case, &request, &json!({"unchanged": "enforce"})),
                rejected([kind.found(MOVING)]),
                "{case}"
            );
            // With another image, the same change is rejected.
            let request = update(with(&kind.of(DEV), pointer, value), old.clone());
            assert_eq!(
                answer(&case, &request, &json!({})),
                rejected([kind.found(DEV)]),
                "{case}"
            );
        }
    }
}

#[test]
fn scaling_and_pausing_change_no_template() {
    for (pointer, value) in [
        ("/spec/replicas", json!(0)),
        ("/spec/replicas", json!(100)),
        ("/spec/suspend", json!(true)),
        ("/spec/paused", json!(true)),
        ("/spec/strategy", json!({"type": "Recreate"})),
        ("/spec/selector", json!({"matchLabels": {"a": "b"}})),
        ("/spec/schedule", json!("* * * * *")),
    ] {
        let old = web();
        let request = update(with(&old, pointer, value.clone()), old.clone());
        assert_eq!(
            answer(pointer, &request, &json!({})),
            warned([found()]),
            "{pointer}"
        );
        let request = update(with(&super::restarted(&old), pointer, value), old);
        assert_eq!(
            answer(pointer, &request, &json!({})),
            rejected([found()]),
            "{pointer}"
        );
    }
}

#[test]
fn a_changed_cron_job_starts_nothing() {
    let cron_job = &KINDS[8];
    let old = cron_job.of(MOVING);
    for pointer in [
        "/spec/jobTemplate/metadata",
        "/spec/jobTemplate/spec/backoffLimit",
    ] {
        let request = update(with(&old, pointer, json!({"a": 1})), old.clone());
        assert_eq!(
            answer(pointer, &request, &json!({})),
            warned([cron_job.found(MOVING)]),
            "{pointer}"
        );
    }
    let restarted = with(&old, &cron_job.within("/metadata"), json!({"a": 1}));
    assert_eq!(
        answer("template", &update(restarted, old), &json!({})),
        warned([cron_job.found(MOVING)])
    );
}

#[test]
fn a_pods_unchanged_containers_are_never_enforced() {
    let finding = |image: &str| Finding::at(POD_PATH, image);
    let settings = ["warn", "enforce"].map(|setting| json!({"unchanged": setting}));
    let mut changes = changes();
    changes.push(("/spec/tolerations", json!([{"operator": "Exists"}])));
    changes.push(("/spec/activeDeadlineSeconds", json!(5)));
    changes.push(("/spec/containers/0/resources", json!({"limits": {}})));
    for (pointer, value) in changes {
        let old = web_pod();
        for settings in &settings {
            let request = update(with(&old, pointer, value.clone()), old.clone());
            assert_eq!(
                answer(pointer, &request, settings),
                warned([finding(MOVING)]),
                "{pointer}"
            );
            let other = with(&old, "/spec/containers/0/image", json!(DEV));
            let request = update(with(&other, pointer, value.clone()), old.clone());
            assert_eq!(
                answer(pointer, &request, settings),
                rejected([finding(DEV)]),
                "{pointer}"
            );
        }
    }
}

#[test]
fn an_unchanged_finding_of_a_controller_is_never_enforced() {
    let replica_set = &KINDS[3];
    let owners =
        json!([{"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "controller": true}]);
    let owned = with(&replica_set.of(MOVING), "/metadata/ownerReferences", owners);
    let scaled = with(&owned, "/spec/replicas", json!(2));
    let settings = json!({"owned": "enforce", "unchanged": "enforce"});
    let request = update(scaled, owned.clone());
    let controller = "system:serviceaccount:kube-system:deployment-controller";
    assert_eq!(
        answer("controller", &by(&request, controller), &settings),
        warned([replica_set.found(MOVING)])
    );
    assert_eq!(
        answer("user", &request, &settings),
        rejected([replica_set.found(MOVING)])
    );
    let restarted = with(&owned, &replica_set.within("/metadata"), json!({}));
    assert_eq!(
        answer(
            "restarted",
            &by(&update(restarted, owned), controller),
            &settings
        ),
        warned([replica_set.found(MOVING)])
    );
}

#[test]
fn an_update_that_leaves_a_finding_after_is_silent() {
    for kind in &KINDS {
        for settings in [json!({}), json!({"unchanged": "enforce"})] {
            let request = update(kind.of(VERSION), kind.of(MOVING));
            assert_eq!(
                answer(kind.name, &request, &settings),
                ACCEPTED,
                "{}",
                kind.name
            );
            let back = update(kind.of(MOVING), kind.of(VERSION));
            assert_eq!(
                answer(kind.name, &back, &settings),
                rejected([kind.found(MOVING)]),
                "{}",
                kind.name
            );
        }
    }
}

#[test]
fn lenient_mode_warns_of_unchanged_findings_whatever_the_setting() {
    let request = update(web(), web());
    for unchanged in ["warn", "enforce"] {
        let settings = json!({"mode": "lenient", "unchanged": unchanged});
        assert_eq!(
            answer(unchanged, &request, &settings),
            Expected::lenient([found()]).accepted(),
            "{unchanged}"
        );
    }
}
