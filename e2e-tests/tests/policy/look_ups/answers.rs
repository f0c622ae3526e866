//! Answers of a host that are none: each ends in a verdict with its reason.

use std::sync::Arc;

use e2e_tests::host::{Host, HostError};
use e2e_tests::validate_payload;
use serde_json::{Value, json};

use super::{create, deployment};
use crate::ENGINE;

const IMAGE: &str = "ghcr.io/acme/web:main";
const SERVED: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const RUNNING: &str = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

/// A host that answers every question as it should, but one.
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

/// Settings by which everything is asked, and which accept what is verified.
fn settings() -> Value {
    json!({
        "environments": [{"name": "test", "mode": "strict", "namespaceSelector": {"matchLabels": {"stage": "test"}}}],
        "drift": {"check": true, "allowVerified": true},
        "registries": ["ghcr.io"],
    })
}

/// The operations, with what each is asked for, and where a message says that it is
/// not known.
const OPERATIONS: [(&str, &str, &str); 4] = [
    (
        "get_resource",
        "Namespace of that name",
        "mutable-tags (strict mode, the environment is unknown without the namespace's labels (",
    ),
    (
        "v1/manifest_digest",
        "digest",
        "whether the tag has moved is not known (",
    ),
    (
        "list_resources_by_namespace",
        "list of Pods",
        "whether the tag has moved is not known (",
    ),
    (
        "v1/oci_manifest",
        "image manifest",
        "whether the tag has moved is not known (",
    ),
];

/// The verdict, and its message, where one question is answered like this.
fn told(operation: &'static str, answer: Result<Vec<u8>, HostError>) -> (bool, String) {
    let engine = ENGINE
        .clone()
        .with_host(Arc::new(Faulty { operation, answer }));
    let payload = validate_payload(&create(&deployment(IMAGE)), &settings());
    let answer = engine.validate_payload(&payload).unwrap();
    (answer.accepted, answer.message.unwrap())
}

#[test]
fn with_every_answer_the_tag_is_verified() {
    let (accepted, message) = told("none", Ok(Vec::new()));
    assert!(accepted);
    assert!(
        message.starts_with("mutable-tags (strict mode, environment \"test\"): "),
        "{message}"
    );
}

#[test]
fn an_answer_that_is_none_ends_in_a_verdict_with_its_reason() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many = format!("[{}0]", "0,".repeat(4_000_000));
    for (operation, expected, place) in OPERATIONS {
        for answer in [
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
            let (accepted, message) = told(operation, Ok(answer.as_bytes().to_vec()));
            let reason = format!("{place}the host's answer is no {expected})");
            let case = &answer[..answer.len().min(80)];
            // Labels decide on the mode alone: the tag is verified all the same.
            assert_eq!(accepted, operation == "get_resource", "{operation} {case}");
            assert!(message.contains(&reason), "{operation} {case}: {message}");
        }
    }
}

#[test]
fn an_answer_that_is_no_text_is_none() {
    for (operation, expected, place) in OPERATIONS {
        let (_, message) = told(operation, Ok(b"{\"digest\":\"\xff\"}".to_vec()));
        let reason = format!("{place}the host's answer is no {expected})");
        assert!(message.contains(&reason), "{operation}: {message}");
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_read() {
    let huge = vec![b' '; (16 << 20) + 1];
    for (operation, _, place) in OPERATIONS {
        let (_, message) = told(operation, Ok(huge.clone()));
        let reason = format!("{place}the host's answer is longer than 16 MiB)");
        assert!(message.contains(&reason), "{operation}: {message}");
    }
}

#[test]
fn of_an_error_the_first_line_is_quoted_and_no_more() {
    let long = "x".repeat(1_000_000);
    for (operation, _, place) in OPERATIONS {
        for (words, quoted) in [
            ("", "\"Callback evaluation failure:\"".to_owned()),
            (
                "no\n\nCaused by:\n    a secret",
                "\"Callback evaluation failure: no\"".to_owned(),
            ),
            (
                "no\r\nsecret",
                "\"Callback evaluation failure: no\"".to_owned(),
            ),
            (
                "\"quoted\" \u{1b}[31m",
                "\"Callback evaluation failure: \\\"quoted\\\" \\u001b[31m\"".to_owned(),
            ),
            (
                &long,
                format!("\"Callback evaluation failure: {}…\"", "x".repeat(226)),
            ),
        ] {
            let (_, message) = told(operation, Err(HostError::failed(words)));
            let reason = format!("{place}the host says {quoted})");
            assert!(message.contains(&reason), "{operation}: {message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
