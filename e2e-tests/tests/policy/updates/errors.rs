//! Tests fields that cannot be read before or after an update.

use serde_json::{Value, json};

use super::{deployment, deployment_of, found, update, web, web_pod};
use crate::answer;
use crate::answer::{Expected, names};
use crate::request::{MOVING, VERSION, container, with};

const CONTAINER: &str = "spec.template.spec.containers[0]";

fn refused(path: &str) -> Expected {
    Expected::strict([]).unreadable([path]).rejected(400)
}

fn warned(path: &str) -> Expected {
    Expected::strict([]).unreadable([path]).accepted()
}

/// Fields and values that make the container `web` unreadable, and the paths of the errors.
fn unreadable_fields() -> [(&'static str, Value, String); 6] {
    [
        ("imagePullPolicy", json!("Sometimes"), ".imagePullPolicy"),
        ("imagePullPolicy", json!(1), ".imagePullPolicy"),
        ("name", json!(1), ".name"),
        (
            "env",
            json!([{"name": "IMAGE", "value": 1}]),
            ".env[0].value",
        ),
        ("env", json!({"name": "IMAGE"}), ".env"),
        ("env", json!([1]), ".env[0]"),
    ]
    .map(|(field, value, path)| (field, value, format!("{CONTAINER}{path}")))
}

/// A Deployment whose container cannot be read.
fn broken(field: &str, value: &Value, image: &str) -> Value {
    let mut container = container("web", image);
    container[field] = value.clone();
    deployment(json!([container]))
}

#[test]
fn an_unchanged_unreadable_field_only_warns() {
    let settings = json!({"imageEnvVars": ["IMAGE"]});
    let enforced = json!({"imageEnvVars": ["IMAGE"], "unchanged": "enforce"});
    for (field, value, path) in unreadable_fields() {
        let old = broken(field, &value, MOVING);
        let labelled = with(&old, "/metadata/labels", json!({"a": "b"}));
        let request = update(labelled, old.clone());
        assert_eq!(answer(&path, &request, &settings), warned(&path), "{path}");
        assert_eq!(answer(&path, &request, &enforced), refused(&path), "{path}");
        let request = update(old, web());
        assert_eq!(answer(&path, &request, &settings), refused(&path), "{path}");
    }
}

#[test]
fn an_unreadable_container_hides_no_changed_image() {
    let settings = json!({"imageEnvVars": ["IMAGE"]});
    for (field, value, path) in unreadable_fields() {
        let request = update(
            broken(field, &value, MOVING),
            broken(field, &value, VERSION),
        );
        assert_eq!(answer(&path, &request, &settings), refused(&path), "{path}");
    }
}

#[test]
fn an_unreadable_image_volume_hides_no_changed_image() {
    let volume = |reference: &str| {
        deployment_of(json!({
            "containers": [container("web", VERSION)],
            "volumes": [{"name": 1, "image": {"reference": reference, "pullPolicy": "Always"}}],
        }))
    };
    let path = "spec.template.spec.volumes[0].name";
    assert_eq!(
        answer(
            "other",
            &update(volume(MOVING), volume(VERSION)),
            &json!({})
        ),
        refused(path)
    );
    assert_eq!(
        answer("same", &update(volume(MOVING), volume(MOVING)), &json!({})),
        warned(path)
    );
}

#[test]
fn another_error_in_the_old_object_excuses_nothing() {
    let list = |image: Value| {
        let mut broken = container("b", VERSION);
        broken["image"] = image;
        deployment(json!([container("a", VERSION), broken]))
    };
    let path = "spec.template.spec.containers[1].image";
    for old in [json!(2), json!([1]), json!(VERSION), Value::Null] {
        let case = old.to_string();
        let request = update(list(json!(1)), list(old));
        assert_eq!(answer(&case, &request, &json!({})), refused(path), "{case}");
    }
    let request = update(list(json!(1)), list(json!(1)));
    assert_eq!(answer("same", &request, &json!({})), warned(path));
}

#[test]
fn an_old_object_that_is_more_broken_excuses_nothing() {
    let mut old = web();
    old["spec"]["template"] = json!(1);
    let path = "spec.template.spec";
    for new_spec in [json!(1), json!([]), json!("x")] {
        let case = new_spec.to_string();
        let new = with(&web(), "/spec/template/spec", new_spec);
        let request = update(new.clone(), old.clone());
        assert_eq!(answer(&case, &request, &json!({})), refused(path), "{case}");
        let request = update(new.clone(), new);
        assert_eq!(answer(&case, &request, &json!({})), warned(path), "{case}");
    }
}

#[test]
fn an_unchanged_problem_hides_no_finding_beside_it() {
    let settings = json!({});
    let broken = json!({"name": "broken", "image": 1});
    let [old, new] =
        [VERSION, MOVING].map(|image| deployment(json!([container("web", image), broken])));
    let path = "spec.template.spec.containers[1].image";
    let answered = answer("changed", &update(new.clone(), old), &settings);
    assert!(!answered.accepted, "{answered:?}");
    assert_eq!(answered.findings, [found()]);
    assert!(names(&answered.message.unwrap(), super::PATH));
    assert_eq!(
        answer("same", &update(new.clone(), new), &settings),
        Expected::strict([found()]).unreadable([path]).accepted()
    );
}

#[test]
fn a_pod_that_cannot_be_read_follows_the_same_rules() {
    let pod = |image: Value| with(&web_pod(), "/spec/containers/0/image", image);
    let path = "spec.containers[0].image";
    let settings = json!({"unchanged": "enforce"});
    assert_eq!(
        answer("same", &update(pod(json!(1)), pod(json!(1))), &settings),
        warned(path)
    );
    assert_eq!(
        answer("other", &update(pod(json!(1)), pod(json!(2))), &settings),
        refused(path)
    );
}
