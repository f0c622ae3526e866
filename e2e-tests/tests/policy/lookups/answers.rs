//! Invalid answers of a host. Each ends in a verdict.

use std::sync::Arc;

use e2e_tests::host::{Host, HostError};
use e2e_tests::validate_payload;
use serde_json::{Value, json};

use super::{create, deployment};
use crate::ENGINE;
use crate::answer::{Answer, Expected, Finding};

const IMAGE: &str = "ghcr.io/acme/web:main";
const SERVED: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const RUNNING: &str = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

/// A host that answers all calls correctly, except those of one operation.
struct Faulty {
    operation: &'static str,
    answer: Result<Vec<u8>, HostError>,
}

impl Host for Faulty {
    fn call(&self, _: &str, operation: &str, _: &[u8]) -> Result<Vec<u8>, HostError> {
        if operation == self.operation {
            return self.answer.clone();
        }
        let answer = match operation {
            "get_resource" => json!({"metadata": {"name": "shop", "labels": {"stage": "test"}}}),
            "v1/manifest_digest" => json!({"digest": SERVED}),
            "v1/oci_manifest" => json!({"manifests": [{"digest": RUNNING}]}),
            _ => json!({"items": [{
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

const OPERATIONS: [&str; 4] = [
    "get_resource",
    "v1/manifest_digest",
    "list_resources_by_namespace",
    "v1/oci_manifest",
];

/// The answer of the policy if a host answers an operation like this.
fn answer(operation: &'static str, answer: Result<Vec<u8>, HostError>) -> Answer {
    let engine = ENGINE
        .clone()
        .with_host(Arc::new(Faulty { operation, answer }));
    let payload = validate_payload(&create(&deployment(IMAGE)), &settings());
    engine.validate_payload(&payload).unwrap().into()
}

/// The answer of strict mode. The caller adds whether the tag is verified.
fn strict() -> Expected {
    Expected::strict([Finding::at("spec.template.spec.containers[0].image", IMAGE)])
}

/// The expected answer if this operation fails. Labels only select the environment; without
/// them the tag is still verified.
fn without(operation: &str) -> Expected {
    match operation {
        "get_resource" => strict().accepted(),
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
    for operation in OPERATIONS {
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
                answer(operation, Ok(invalid.as_bytes().to_vec())),
                without(operation),
                "{operation} {case}"
            );
        }
    }
}

#[test]
fn an_answer_that_is_not_utf8_is_invalid() {
    for operation in OPERATIONS {
        let invalid = b"{\"digest\":\"\xff\"}".to_vec();
        assert_eq!(
            answer(operation, Ok(invalid)),
            without(operation),
            "{operation}"
        );
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_read() {
    let huge = vec![b' '; (16 << 20) + 1];
    for operation in OPERATIONS {
        let invalid = Ok(huge.clone());
        assert_eq!(
            answer(operation, invalid),
            without(operation),
            "{operation}"
        );
    }
}

#[test]
fn quotes_only_the_first_line_of_an_error() {
    let long = "x".repeat(1_000_000);
    let cut = format!("Callback evaluation failure: {}…", "x".repeat(226));
    for operation in OPERATIONS {
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
            let answer = answer(operation, Err(HostError::failed(words)));
            assert_eq!(answer, without(operation), "{operation}");
            assert!(answer.quotes(first_line), "{operation}: {answer:?}");
            let message = answer.message.unwrap();
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
