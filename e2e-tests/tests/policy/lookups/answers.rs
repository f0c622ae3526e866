//! Invalid answers of a host. Each ends in a verdict.

use std::sync::Arc;

use e2e_tests::host::{Host, HostError, Request};
use e2e_tests::validate_payload;
use serde_json::{Value, json};

use super::{create, deployment};
use crate::ENGINE;
use crate::answer::{Answer, Expected, Finding};

const IMAGE: &str = "ghcr.io/acme/web:main";
const SERVED: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const RUNNING: &str = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

/// A host that answers all calls correctly, except those of one capability.
struct Faulty {
    capability: &'static str,
    answer: Result<Vec<u8>, HostError>,
}

impl Host for Faulty {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        if request.capability() == self.capability {
            return self.answer.clone();
        }
        let answer = match request {
            Request::KubernetesGetResource(_) => {
                json!({"metadata": {"name": "shop", "labels": {"stage": "test"}}})
            }
            Request::OciManifestDigest { .. } => json!({"digest": SERVED}),
            Request::OciManifest { .. } => json!({"manifests": [{"digest": RUNNING}]}),
            Request::KubernetesListResourceNamespace(_) => json!({"items": [{
                "metadata": {"name": "web-1", "labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": IMAGE}]},
                "status": {"containerStatuses": [{"name": "web", "imageID": format!("a@{RUNNING}")}]},
            }]}),
        };
        Ok(answer.to_string().into_bytes())
    }
}

/// Settings that need every lookup, and accept a verified tag.
fn settings() -> Value {
    json!({
        "environments": [{"name": "test", "mode": "strict", "namespaceSelector": {"matchLabels": {"stage": "test"}}}],
        "drift": {"check": true, "allowVerified": true},
        "registries": ["ghcr.io"],
    })
}

const CAPABILITIES: [&str; 4] = [
    GET_RESOURCE,
    "oci/v1/manifest_digest",
    "kubernetes/list_resources_by_namespace",
    "oci/v1/oci_manifest",
];
const GET_RESOURCE: &str = "kubernetes/get_resource";

/// The answer of the policy if a host answers a capability like this.
fn answer(capability: &'static str, answer: Result<Vec<u8>, HostError>) -> Answer {
    let engine = ENGINE
        .clone()
        .with_host(Arc::new(Faulty { capability, answer }));
    let payload = validate_payload(&create(&deployment(IMAGE)), &settings());
    engine.validate_payload(&payload).unwrap().into()
}

/// The answer of strict mode. The caller adds whether the tag is verified.
fn strict() -> Expected {
    Expected::strict([Finding::at("spec.template.spec.containers[0].image", IMAGE)])
}

/// The expected answer if this capability fails. Labels only select the environment; without
/// them the tag is still verified.
fn without(capability: &str) -> Expected {
    match capability {
        GET_RESOURCE => strict().accepted(),
        _ => strict().in_environment("test").rejected(403),
    }
}

#[test]
fn with_every_answer_the_tag_is_verified() {
    let verified = strict().in_environment("test").accepted();
    assert_eq!(answer("none", Ok(Vec::new())), verified);
}

#[test]
fn an_invalid_answer_ends_in_a_verdict() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many = format!("[{}0]", "0,".repeat(4_000_000));
    for capability in CAPABILITIES {
        for invalid in [
            "",
            " ",
            "null",
            "0",
            "1e999",
            "true",
            "\"\"",
            "[]",
            "{",
            "{}",
            "\u{0}",
            "\"\\ud800\"",
            r#"{"metadata":[]}"#,
            r#"{"metadata":{"name":"other"},"digest":"sha256:0","items":{},"manifests":{}}"#,
            r#"{"metadata":{"name":"shop","labels":{"a":[]}},"digest":null,"items":[null],"manifests":null}"#,
            &deep,
            &many,
        ] {
            let case = &invalid[..invalid.len().min(80)];
            assert_eq!(
                answer(capability, Ok(invalid.as_bytes().to_vec())),
                without(capability),
                "{capability} {case}"
            );
        }
    }
}

#[test]
fn an_answer_that_is_not_utf8_is_invalid() {
    for capability in CAPABILITIES {
        let invalid = b"{\"digest\":\"\xff\"}".to_vec();
        assert_eq!(
            answer(capability, Ok(invalid)),
            without(capability),
            "{capability}"
        );
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_read() {
    let huge = vec![b' '; (16 << 20) + 1];
    for capability in CAPABILITIES {
        let invalid = Ok(huge.clone());
        assert_eq!(
            answer(capability, invalid),
            without(capability),
            "{capability}"
        );
    }
}

#[test]
fn quotes_only_the_first_line_of_an_error() {
    let long = "x".repeat(1_000_000);
    let cut = format!("Callback evaluation failure: {}…", "x".repeat(226));
    for capability in CAPABILITIES {
        for (words, first_line) in [
            ("", "Callback evaluation failure:"),
            (
                "no\n\nCaused by:\n    a secret",
                "Callback evaluation failure: no",
            ),
            ("no\r\nsecret", "Callback evaluation failure: no"),
            (
                "\"quoted\" \u{1b}[31m",
                "Callback evaluation failure: \"quoted\" \u{1b}[31m",
            ),
            (&long, &cut),
        ] {
            let answer = answer(capability, Err(HostError::failed(words)));
            assert_eq!(answer, without(capability), "{capability}");
            assert!(answer.quotes(first_line), "{capability}: {answer:?}");
            let message = answer.message.unwrap();
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
