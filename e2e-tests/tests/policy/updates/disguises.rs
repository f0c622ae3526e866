//! Tricks that have slipped images past other policies.

use serde_json::json;

use super::{
    KINDS, POD_PATH, assert_update, deployment, found, rejected, update, warned, web, web_pod,
};
use crate::answer;
use crate::answer::Finding;
use crate::request::{MOVING, VERSION, container, with};

#[test]
fn an_object_under_deletion_is_judged_like_others() {
    for kind in &KINDS {
        let deleted = |image: &str| {
            let object = with(
                &kind.of(image),
                "/metadata/deletionTimestamp",
                json!("2026-01-01T00:00:00Z"),
            );
            with(&object, "/metadata/deletionGracePeriodSeconds", json!(0))
        };
        for old in [kind.of(VERSION), deleted(VERSION)] {
            assert_update(
                kind.name,
                &deleted(MOVING),
                &old,
                &rejected([kind.found(MOVING)]),
            );
        }
        for old in [kind.of(MOVING), deleted(MOVING)] {
            assert_update(
                kind.name,
                &deleted(MOVING),
                &old,
                &warned([kind.found(MOVING)]),
            );
        }
    }
}

#[test]
fn a_pod_under_deletion_is_judged_like_others() {
    let deleted = with(
        &web_pod(),
        "/metadata/deletionTimestamp",
        json!("2026-01-01T00:00:00Z"),
    );
    let old = with(&web_pod(), "/spec/containers/0/image", json!(VERSION));
    let found = || Finding::at(POD_PATH, MOVING);
    assert_update("new", &deleted, &old, &rejected([found()]));
    assert_update("same", &deleted, &web_pod(), &warned([found()]));
}

#[test]
fn fewer_replicas_hide_no_image() {
    let old = deployment(json!([container("web", VERSION)]));
    for replicas in [json!(0), json!(1), json!(-1), json!(null), json!("0")] {
        let case = replicas.to_string();
        let fewer = with(&web(), "/spec/replicas", replicas);
        assert_update(&case, &fewer, &old, &rejected([found()]));
        assert_update(&case, &fewer, &web(), &warned([found()]));
    }
}

#[test]
fn a_revision_is_judged_though_it_names_a_controller() {
    let revision = &KINDS[6];
    let owners = json!([{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "controller": true}]);
    let owned = |image: &str| {
        with(
            &revision.of(image),
            "/metadata/ownerReferences",
            owners.clone(),
        )
    };
    let found = || revision.found(MOVING);
    assert_update("new", &owned(MOVING), &owned(VERSION), &rejected([found()]));
    assert_update("same", &owned(MOVING), &owned(MOVING), &warned([found()]));
    let renumbered = with(&owned(MOVING), "/revision", json!(7));
    assert_update("number", &renumbered, &owned(MOVING), &warned([found()]));
    let patched = with(
        &owned(MOVING),
        &revision.within("/$patch"),
        json!("replace"),
    );
    assert_update("patch", &patched, &owned(MOVING), &warned([found()]));
}

#[test]
fn a_revision_that_held_no_template_brings_one() {
    let revision = &KINDS[6];
    let new = revision.of(MOVING);
    for data in [
        json!(null),
        json!("text"),
        json!([]),
        json!({"spec": {"template": {"spec": "text"}}}),
        json!({"spec": {"template": [{"spec": {"containers": "text"}}]}}),
    ] {
        let case = data.to_string();
        let old = with(&new, "/data", data);
        assert_update(&case, &new, &old, &rejected([revision.found(MOVING)]));
    }
    assert_update("same", &new, &new, &warned([revision.found(MOVING)]));
}

#[test]
fn an_unknown_version_of_a_known_kind_is_judged() {
    for version in ["v1beta1", "v99", "", "🎉"] {
        for (operation, old, expected) in [
            ("CREATE", web(), rejected([found()])),
            ("UPDATE", web(), warned([found()])),
            (
                "UPDATE",
                deployment(json!([container("web", VERSION)])),
                rejected([found()]),
            ),
        ] {
            let mut request = update(web(), old);
            request["object"]["apiVersion"] = json!(format!("apps/{version}"));
            request["operation"] = json!(operation);
            request["kind"]["version"] = json!(version);
            assert_eq!(answer(version, &request, &json!({})), expected, "{version}");
        }
    }
}

#[test]
fn another_image_beside_an_unchanged_one_is_found() {
    let old = deployment(json!([container("web", MOVING)]));
    let new = deployment(json!([
        container("web", MOVING),
        container("miner", MOVING)
    ]));
    let path = "spec.template.spec.containers[1].image";
    let miner = Finding::at(path, MOVING);
    assert_update("added", &new, &old, &rejected([found(), miner.clone()]));
    assert_update("same", &new, &new, &warned([found(), miner]));
}
