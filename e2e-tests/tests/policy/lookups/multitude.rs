//! Checks that many findings and many Pods add up their costs, and do not multiply them.

use e2e_tests::host::{Host, HostError, Request};
use e2e_tests::validate_payload;
use serde_json::{Value, json};

use super::{create, deployment};
use crate::answer::{Answer, counts};
use crate::hostile::cost::answer_with;
use crate::request::with;

const IMAGE: &str = "ghcr.io/acme/web:main";
const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A cluster of two thousand Pods, and a registry that serves what they run.
struct Crowd;

impl Host for Crowd {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let answer = match request.is_for_registry() {
            true => json!({"digest": DIGEST}),
            false => json!({"items": (0..2_000).map(pod).collect::<Vec<_>>()}),
        };
        Ok(answer.to_string().into_bytes())
    }
}

fn pod(number: usize) -> Value {
    json!({
        "metadata": {"name": format!("web-{number}"), "labels": {"app": "web"}},
        "spec": {"containers": [{"name": "web", "image": IMAGE}]},
        "status": {"containerStatuses": [{"name": "web", "imageID": format!("a@{DIGEST}")}]},
    })
}

/// The answer to a Deployment with this number of containers of one image.
fn answer(containers: usize, settings: &Value) -> Answer {
    let container = json!({"name": "web", "image": IMAGE, "imagePullPolicy": "Always"});
    let containers = json!(vec![container; containers]);
    let object = with(
        &deployment(IMAGE),
        "/spec/template/spec/containers",
        containers,
    );
    let case = settings.to_string();
    let payload = validate_payload(&create(&object), settings);
    answer_with(Crowd, &case, &payload)
}

#[test]
fn three_thousand_pull_policies_are_set() {
    let answer = answer(3_000, &json!({"adjust": "if-not-present"}));
    assert!(answer.accepted);
    let object = answer.mutated_object.unwrap().to_string();
    assert_eq!(object.matches("\"IfNotPresent\"").count(), 3_000);
    assert_eq!(object.matches("\"Always\"").count(), 0);
}

#[test]
fn three_thousand_images_are_pinned() {
    let settings = json!({"adjust": "pin", "registries": ["ghcr.io"]});
    let answer = answer(3_000, &settings);
    assert!(answer.accepted);
    let object = answer.mutated_object.unwrap().to_string();
    assert_eq!(object.matches(&format!("{IMAGE}@{DIGEST}")).count(), 3_000);
}

#[test]
fn a_thousand_containers_are_compared_with_two_thousand_pods() {
    let settings = json!({
        "drift": {"check": true, "allowVerified": true},
        "registries": ["ghcr.io"],
    });
    let answer = answer(1_000, &settings);
    assert!(answer.accepted, "{answer:?}");
    // Each image comes with two digests, so that a message has room for fewer than ten.
    let message = answer.message.unwrap();
    let listed = message.matches("ghcr.io/").count();
    assert!(listed > 4, "{message}");
    assert!(counts(&message, 1_000 - listed), "{message}");
}
