//! Tests old objects that excuse no finding.

use serde_json::{Value, json};

use super::{
    assert_update, assert_written, deployment, found, rejected, update, warned, web, web_pod,
};
use crate::answer;
use crate::answer::{Expected, Finding};
use crate::hostile::OBJECT;
use crate::request::{MOVING, VERSION, container, with, without};
use crate::written::{nested_lists, nested_objects, with_raw};

#[test]
fn an_update_without_old_object_is_judged_like_creation() {
    let request = update(web(), web());
    assert_eq!(answer("same", &request, &json!({})), warned([found()]));
    let missing = without(&request, "/oldObject");
    assert_eq!(answer("missing", &missing, &json!({})), rejected([found()]));
    let null = with(&request, "/oldObject", Value::Null);
    assert_eq!(answer("null", &null, &json!({})), rejected([found()]));
}

#[test]
fn an_old_object_of_another_shape_excuses_nothing() {
    let huge = quoted_text(900_000);
    let deep = [nested_lists(100_000), nested_objects(100_000)];
    let template = web()["spec"]["template"].to_string();
    let list = format!("[{}]", web());
    let pod = web_pod().to_string();
    let within = format!(r#"{{"spec":[{{"template":{template}}}]}}"#);
    let text = json!({"spec": web()["spec"].to_string()}).to_string();
    let others = [
        "{}",
        "[]",
        r#""""#,
        "0",
        "true",
        "false",
        " null ",
        r#"{"spec":null}"#,
        r#"{"spec":{"template":null}}"#,
        r#"{"spec":{"template":{"spec":{"containers":null}}}}"#,
        r#"{"spec":{"template":{"spec":{"containers":[]}}}}"#,
        r#"{"spec":{"template":{"spec":{"containers":[null]}}}}"#,
        &huge,
        &deep[0],
        &deep[1],
        &template,
        &list,
        &pod,
        &within,
        &text,
    ];
    for old in others {
        let case: String = old.chars().take(80).collect();
        assert_written(&case, &web().to_string(), old, &rejected([found()]));
    }
}

fn quoted_text(length: usize) -> String {
    format!("\"{}\"", "a".repeat(length))
}

#[test]
fn other_fields_of_the_old_object_do_not_matter() {
    let new = web().to_string();
    for (what, raw) in [
        ("huge", quoted_text(900_000)),
        // The object itself is one of 127 levels.
        ("deep", nested_lists(126)),
    ] {
        let old = with_raw(&web(), "/status", &raw);
        assert_written(what, &new, &old, &warned([found()]));
        let old = old.replace(MOVING, VERSION);
        assert_written(what, &new, &old, &rejected([found()]));
    }
}

#[test]
fn an_old_object_that_is_too_deep_excuses_nothing() {
    for depth in [127, 100_000] {
        let old = with_raw(&web(), "/status", &nested_lists(depth));
        let case = depth.to_string();
        assert_written(&case, &web().to_string(), &old, &rejected([found()]));
    }
}

/// A Deployment whose template has `depth` nested lists in a field of this name.
fn deep_template(name: &str, depth: usize) -> String {
    let raw = format!("{{\"{name}\":{}}}", nested_lists(depth));
    with_raw(&web(), "/spec/template/metadata", &raw)
}

#[test]
fn templates_are_compared_as_deep_as_they_are_read() {
    // The object, its spec, the template and its metadata are four of 127 levels.
    for depth in [100, 123] {
        let case = depth.to_string();
        let [a, b] = ["a", "b"].map(|name| deep_template(name, depth));
        assert_written(&case, &a, &a, &warned([found()]));
        assert_written(&case, &a, &b, &rejected([found()]));
        let spaced = a.replacen("{\"a\":", "{\"a\": ", 1);
        assert_written("white space", &a, &spaced, &warned([found()]));
    }
}

#[test]
fn a_template_that_is_too_deep_cannot_be_judged() {
    let refused = Expected::strict([]).unreadable([OBJECT]).rejected(400);
    for depth in [124, 100_000] {
        let case = depth.to_string();
        let deep = deep_template("a", depth);
        assert_written(&case, &deep, &deep, &refused);
        assert_written(&case, &deep, &web().to_string(), &refused);
        assert_written(&case, &web().to_string(), &deep, &rejected([found()]));
    }
}

#[test]
fn the_kind_in_the_old_object_decides_nothing() {
    for (api_version, kind) in [
        ("v1", "Pod"),
        ("apps/v1beta1", "Deployment"),
        ("x.io/v1", "Y"),
    ] {
        let mut old = web();
        old["apiVersion"] = json!(api_version);
        old["kind"] = json!(kind);
        assert_update(kind, &web(), &old, &warned([found()]));
        let old = with(
            &old,
            "/spec/template/spec/containers/0/image",
            json!(VERSION),
        );
        assert_update(kind, &web(), &old, &rejected([found()]));
    }
}

#[test]
fn a_creation_has_no_old_object() {
    for settings in [json!({}), json!({"unchanged": "enforce"})] {
        for old in [web(), web_pod(), json!(null), json!({}), json!("x")] {
            let case = old.to_string();
            let mut request = with(&update(web(), web()), "/oldObject", old);
            request["operation"] = json!("CREATE");
            assert_eq!(
                answer(&case, &request, &settings),
                rejected([found()]),
                "{case}"
            );
        }
    }
    let request = update(web(), web());
    assert_eq!(answer("update", &request, &json!({})), warned([found()]));
}

#[test]
fn an_old_container_that_cannot_be_read_excuses_nothing() {
    let new = web();
    for (pointer, broken) in [
        ("/imagePullPolicy", json!("Sometimes")),
        ("/imagePullPolicy", json!(1)),
        ("/image", json!(1)),
        ("/image", json!([MOVING])),
        ("/image", json!({"image": MOVING})),
        ("/image", Value::Null),
        ("/image", json!("")),
        ("/name", json!(["web"])),
        ("/name", json!(1)),
    ] {
        let case = format!("{pointer} {broken}");
        let pointer = format!("/spec/template/spec/containers/0{pointer}");
        let old = with(&new, &pointer, broken);
        assert_update(&case, &new, &old, &rejected([found()]));
    }
}

#[test]
fn an_unreadable_old_neighbour_only_changes_the_template() {
    let old = deployment(json!([container("web", MOVING), 1]));
    assert_update("Deployment", &web(), &old, &rejected([found()]));
    let mut old = web_pod();
    old["spec"]["containers"] = json!([container("web", MOVING), 1]);
    let found = || Finding::at(super::POD_PATH, MOVING);
    assert_update("Pod", &web_pod(), &old, &warned([found()]));
    old["spec"]["containers"] = json!([container("web", VERSION), 1]);
    assert_update("other image", &web_pod(), &old, &rejected([found()]));
}
