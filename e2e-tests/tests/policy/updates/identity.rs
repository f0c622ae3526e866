//! Tests which container of the new object is taken for which one of the old object.

use serde_json::{Value, json};

use super::{PATH, POD_PATH, assert_update, deployment, rejected, warned};
use crate::answer::Finding;
use crate::request::{MOVING, VERSION, container, pod};

const DEV: &str = "registry.example.com/shop/web:dev";

fn pod_of(containers: Value) -> Value {
    pod(json!({ "containers": containers }))
}

#[test]
fn another_order_changes_the_template_but_no_container() {
    let [old, new] = [["side", "web"], ["web", "side"]].map(|names| {
        json!(names.map(|name| container(name, if name == "web" { MOVING } else { VERSION })))
    });
    assert_update(
        "Pod",
        &pod_of(new.clone()),
        &pod_of(old.clone()),
        &warned([Finding::at(POD_PATH, MOVING)]),
    );
    assert_update(
        "Deployment",
        &deployment(new),
        &deployment(old),
        &rejected([Finding::at(PATH, MOVING)]),
    );
}

#[test]
fn another_name_is_another_container() {
    let [old, new] = ["old", "web"].map(|name| json!([container(name, MOVING)]));
    assert_update(
        "Pod",
        &pod_of(new.clone()),
        &pod_of(old.clone()),
        &rejected([Finding::at(POD_PATH, MOVING)]),
    );
    assert_update(
        "Deployment",
        &deployment(new.clone()),
        &deployment(old),
        &rejected([Finding::at(PATH, MOVING)]),
    );
    assert_update(
        "same name",
        &pod_of(new.clone()),
        &pod_of(new),
        &warned([Finding::at(POD_PATH, MOVING)]),
    );
}

#[test]
fn swapped_images_are_both_new() {
    let two = |a: &str, b: &str| json!([container("a", a), container("b", b)]);
    let found = || {
        [
            Finding::at("spec.containers[0].image", DEV),
            Finding::at("spec.containers[1].image", MOVING),
        ]
    };
    assert_update(
        "swapped",
        &pod_of(two(DEV, MOVING)),
        &pod_of(two(MOVING, DEV)),
        &rejected(found()),
    );
    assert_update(
        "not swapped",
        &pod_of(two(DEV, MOVING)),
        &pod_of(two(DEV, MOVING)),
        &warned(found()),
    );
}

#[test]
fn a_container_that_moves_to_another_list_is_new() {
    let lists = ["containers", "initContainers"];
    let spec = |moving: &str| {
        let images = lists.map(|list| if list == moving { MOVING } else { VERSION });
        let [containers, init_containers] = images.map(|image| json!([container("web", image)]));
        pod(json!({"containers": containers, "initContainers": init_containers}))
    };
    for (from, to) in [
        ("containers", "initContainers"),
        ("initContainers", "containers"),
    ] {
        let path = format!("spec.{to}[0].image");
        let found = || Finding::at(&path, MOVING);
        assert_update(to, &spec(to), &spec(from), &rejected([found()]));
        assert_update(to, &spec(to), &spec(to), &warned([found()]));
    }
}

#[test]
fn containers_of_one_name_are_told_apart_by_their_order() {
    let list = |images: &[&str]| {
        let containers: Vec<Value> = images.iter().map(|image| container("web", image)).collect();
        pod_of(json!(containers))
    };
    let found = |index: usize| Finding::at(&format!("spec.containers[{index}].image"), MOVING);
    assert_update(
        "swapped",
        &list(&[VERSION, MOVING]),
        &list(&[MOVING, VERSION]),
        &rejected([found(1)]),
    );
    assert_update(
        "one more",
        &list(&[MOVING, MOVING]),
        &list(&[MOVING]),
        &rejected([found(1), found(0)]),
    );
    assert_update(
        "one less",
        &list(&[MOVING]),
        &list(&[MOVING, MOVING]),
        &warned([found(0)]),
    );
    assert_update(
        "same",
        &list(&[VERSION, MOVING]),
        &list(&[VERSION, MOVING]),
        &warned([found(1)]),
    );
}

#[test]
fn containers_without_a_name_are_told_apart_by_their_order() {
    let list = |images: &[&str]| {
        let containers: Vec<Value> = images
            .iter()
            .map(|image| json!({"image": image, "imagePullPolicy": "Always"}))
            .collect();
        pod_of(json!(containers))
    };
    let found = |index: usize| Finding::at(&format!("spec.containers[{index}].image"), MOVING);
    assert_update(
        "swapped",
        &list(&[VERSION, MOVING]),
        &list(&[MOVING, VERSION]),
        &rejected([found(1)]),
    );
    assert_update(
        "same",
        &list(&[VERSION, MOVING]),
        &list(&[VERSION, MOVING]),
        &warned([found(1)]),
    );
    assert_update(
        "named before",
        &list(&[MOVING]),
        &pod_of(json!([container("web", MOVING)])),
        &rejected([found(0)]),
    );
    assert_update(
        "named now",
        &pod_of(json!([container("web", MOVING)])),
        &list(&[MOVING]),
        &rejected([Finding::at(POD_PATH, MOVING)]),
    );
}

#[test]
fn containers_without_a_name_are_known_by_their_index() {
    let moving = json!({"image": MOVING, "imagePullPolicy": "Always"});
    for other in [json!({}), json!({"image": null}), json!({"image": ""})] {
        let case = other.to_string();
        let found = || Finding::at("spec.containers[1].image", MOVING);
        let new = pod_of(json!([other, moving]));
        assert_update(
            &case,
            &new,
            &pod_of(json!([moving, other])),
            &rejected([found()]),
        );
        assert_update(&case, &new, &new, &warned([found()]));
    }
}

#[test]
fn variables_belong_to_their_containers() {
    let settings = json!({"imageEnvVars": ["IMAGE"]});
    let list = |first: &str, second: &str| {
        let container = |name: &str, value: &str| json!({"name": name, "image": VERSION, "env": [{"name": "IMAGE", "value": value}]});
        pod_of(json!([container("a", first), container("b", second)]))
    };
    let found = || Finding::at("spec.containers[1].env[0].value", MOVING);
    for (old, expected) in [
        (list(MOVING, VERSION), rejected([found()])),
        (list(VERSION, MOVING), warned([found()])),
    ] {
        let request = super::update(list(VERSION, MOVING), old);
        assert_eq!(crate::answer("variable", &request, &settings), expected);
    }
}

#[test]
fn image_volumes_are_told_apart_by_their_names() {
    let volumes = |name: &str| {
        pod(json!({
            "containers": [container("web", VERSION)],
            "volumes": [{"name": name, "image": {"reference": MOVING, "pullPolicy": "Always"}}],
        }))
    };
    let found = || Finding::at("spec.volumes[0].image.reference", MOVING);
    let new = volumes("data");
    assert_update("renamed", &new, &volumes("web"), &rejected([found()]));
    assert_update("same", &new, &new, &warned([found()]));
}
