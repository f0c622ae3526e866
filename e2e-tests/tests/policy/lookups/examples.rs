//! Checks that the examples in examples/lookups behave as they say.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use e2e_tests::host::{Context, Host, Replay, Session};
use e2e_tests::validate_payload;
use mutable_tags_cli::Request;
use serde::Deserialize;
use serde_json::Value;

use crate::ENGINE;
use crate::answer::Answer;

fn text(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples");
    fs::read_to_string(folder.join(file)).unwrap()
}

fn objects(file: &str) -> Vec<Value> {
    yaml_serde::Deserializer::from_str(&text(file))
        .map(|document| Value::deserialize(document).unwrap())
        .collect()
}

fn object(file: &str) -> Value {
    objects(file).remove(0)
}

/// The answer of an example policy to the restart of the example Deployment.
fn answer(policy: &str, host: Arc<dyn Host>) -> Answer {
    let deployed = object("lookups/deployed.yaml");
    let request = Request::update(object("lookups/restarted.yaml"), deployed).unwrap();
    let policy = object(&format!("policies/{policy}.yaml"));
    let payload = validate_payload(request.value(), &policy["spec"]["settings"]);
    let engine = ENGINE.clone().with_host(host);
    engine.validate_payload(&payload).unwrap().into()
}

fn replayed(policy: &str, session: &str) -> Answer {
    let session = Session::parse(&text(&format!("lookups/{session}.yaml"))).unwrap();
    let replay = Arc::new(Replay::new(session));
    let answer = answer(policy, Arc::clone(&replay) as Arc<dyn Host>);
    assert!(replay.leftovers().is_empty(), "{answer:?}");
    answer
}

#[test]
fn a_tag_that_has_moved_is_rejected() {
    let answer = replayed("drift", "moved");
    assert!(!answer.accepted);
    let message = answer.message.unwrap();
    assert!(message.contains("sha256:9a0b"), "{message}");
}

#[test]
fn a_tag_that_has_not_moved_is_accepted() {
    let answer = replayed("drift", "verified");
    assert!(answer.accepted);
    assert_eq!(answer.mutated_object, None);
    assert_eq!(answer.warnings.len(), 2, "{answer:?}");
}

#[test]
fn an_image_is_pinned() {
    let answer = replayed("pin", "pinned");
    assert!(answer.accepted);
    let mut expected = object("lookups/restarted.yaml");
    let image = &mut expected["spec"]["template"]["spec"]["containers"][0]["image"];
    *image = Value::String(
        "ghcr.io/acme/shop:main@sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeef".to_owned(),
    );
    assert_eq!(answer.mutated_object, Some(expected));
}

#[test]
fn a_namespace_is_of_the_environment_that_its_label_names() {
    let context = Context::new(objects("lookups/running.yaml"));
    let answer = answer("environments-by-label", Arc::new(context));
    assert!(answer.accepted);
    assert_eq!(answer.mode.as_deref(), Some("lenient"));
    assert_eq!(answer.environment.as_deref(), Some("test"));
}

#[test]
fn the_request_for_kwctl_is_that_of_the_manifests() {
    let request: Value = serde_json::from_str(&text("lookups/request.json")).unwrap();
    assert_eq!(request["operation"], "UPDATE");
    assert_eq!(request["object"], object("lookups/restarted.yaml"));
    assert_eq!(request["oldObject"], object("lookups/deployed.yaml"));
}
