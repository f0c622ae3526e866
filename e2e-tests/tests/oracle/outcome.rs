//! The part of an answer that the rebuilt core has to keep: everything but its words.

use std::fmt;

use e2e_tests::{EngineError, ValidationResponse};
use serde::Serialize;
use serde_json::Value;

/// What is compared of an answer.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Outcome {
    pub(crate) accepted: bool,
    pub(crate) code: Option<u16>,
    /// Path, image, reason and pull policy of each finding.
    pub(crate) findings: Vec<[Value; 4]>,
    pub(crate) warnings: usize,
    pub(crate) mutated_object: Option<Value>,
    /// Why there is no answer, where there is none.
    pub(crate) failure: Option<String>,
}

impl Outcome {
    pub(crate) fn of(answer: Result<ValidationResponse, EngineError>) -> Self {
        match answer {
            Ok(answer) => Self {
                accepted: answer.accepted,
                code: answer.code,
                findings: findings(&answer),
                warnings: answer.warnings.map_or(0, |warnings| warnings.len()),
                mutated_object: answer.mutated_object,
                failure: None,
            },
            Err(error) => Self {
                failure: Some(error.to_string()),
                ..Self::default()
            },
        }
    }

    /// The parts in which it differs from another.
    pub(crate) fn differing(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("accepted", self.accepted != other.accepted),
            ("code", self.code != other.code),
            ("findings", self.findings != other.findings),
            ("warnings", self.warnings != other.warnings),
            (
                "mutated_object",
                self.mutated_object != other.mutated_object,
            ),
            ("failure", self.failure != other.failure),
        ];
        let differing = parts.into_iter().filter(|(_, differs)| *differs);
        differing.map(|(part, _)| part).collect()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(self).unwrap())
    }
}

fn findings(answer: &ValidationResponse) -> Vec<[Value; 4]> {
    let annotations = answer.audit_annotations.as_ref();
    let Some(json) = annotations.and_then(|annotations| annotations.get("findings")) else {
        return Vec::new();
    };
    let list: Vec<Value> = serde_json::from_str(json).unwrap();
    list.iter()
        .map(|finding| ["path", "image", "reason", "pullPolicy"].map(|name| finding[name].clone()))
        .collect()
}

#[test]
fn every_part_of_an_answer_is_compared() {
    let outcome = |json: &str| Outcome::of(Ok(serde_json::from_str(json).unwrap()));
    let before = outcome(r#"{"accepted":true}"#);
    for (json, part) in [
        (r#"{"accepted":false}"#, "accepted"),
        (r#"{"accepted":true,"code":403}"#, "code"),
        (r#"{"accepted":true,"warnings":["a"]}"#, "warnings"),
        (
            r#"{"accepted":true,"mutated_object":{"a":1}}"#,
            "mutated_object",
        ),
        (
            r#"{"accepted":true,"audit_annotations":{"findings":"[{\"path\":\"a\"}]"}}"#,
            "findings",
        ),
    ] {
        assert_eq!(before.differing(&outcome(json)), [part]);
    }
    let failed = Outcome::of(Err(EngineError::Guest("a trap".to_owned())));
    assert_eq!(Outcome::default().differing(&failed), ["failure"]);
}

#[test]
fn findings_in_another_order_differ() {
    let outcome = |findings: &str| {
        let annotations = serde_json::json!({ "findings": findings });
        let answer = serde_json::json!({"accepted": true, "audit_annotations": annotations});
        Outcome::of(Ok(serde_json::from_value(answer).unwrap()))
    };
    let before = outcome(r#"[{"path":"a"},{"path":"b"}]"#);
    let after = outcome(r#"[{"path":"b"},{"path":"a"}]"#);
    assert_eq!(before.differing(&after), ["findings"]);
}

#[test]
fn only_words_may_differ() {
    let outcome = |json: &str| Outcome::of(Ok(serde_json::from_str(json).unwrap()));
    assert_eq!(
        outcome(r#"{"accepted":true,"message":"a","warnings":["a"]}"#),
        outcome(r#"{"accepted":true,"message":"b","warnings":["b"]}"#)
    );
}
