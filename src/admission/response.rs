//! Writes answers as JSON. Each has all its fields, always in the same order.

use serde::Serialize;

use super::refusal::Refusal;
use crate::policy::{Evaluation, Verdict};
use crate::settings::InvalidSettings;

/// The capacity for an answer without any message, in bytes.
const EMPTY_ANSWER_BYTES: usize = 128;

/// A `ValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_evaluation(evaluation: &Evaluation) -> Vec<u8> {
    let code = evaluation.verdict.code();
    let mut answer = Json::new();
    answer.put(r#"{"accepted":"#);
    answer.value(&code.is_none());
    answer.put(r#","message":"#);
    answer.value(&evaluation.message());
    answer.put(r#","code":"#);
    answer.value(&code);
    answer.put(r#","mutated_object":"#);
    answer.put(evaluation.mutated_object.as_deref().unwrap_or("null"));
    answer.put(r#","audit_annotations":"#);
    answer.annotations(&evaluation.audit_annotations());
    answer.put(r#","warnings":"#);
    answer.value(&(evaluation.verdict == Verdict::Warned).then(|| evaluation.warnings()));
    answer.put("}");
    answer.0
}

/// A `ValidationResponse` to a payload that cannot be evaluated.
pub(super) fn of_refusal(refusal: &Refusal) -> Vec<u8> {
    let mut answer = Json::new();
    answer.put(r#"{"accepted":false,"message":"#);
    answer.value(&refusal.to_string());
    answer.put(r#","code":"#);
    answer.value(&refusal.code());
    answer.put(r#","mutated_object":null,"audit_annotations":null,"warnings":null}"#);
    answer.0
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(invalid: Option<&InvalidSettings>) -> Vec<u8> {
    let mut answer = Json::new();
    answer.put(r#"{"valid":"#);
    answer.value(&invalid.is_none());
    answer.put(r#","message":"#);
    answer.value(&invalid.map(ToString::to_string));
    answer.put("}");
    answer.0
}

/// A buffer to which JSON is appended part by part.
struct Json(Vec<u8>);

impl Json {
    fn new() -> Self {
        Self(Vec::with_capacity(EMPTY_ANSWER_BYTES))
    }

    fn put(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// Appends a value. Serialising texts, numbers and lists of them into memory cannot fail.
    fn value(&mut self, value: &impl Serialize) {
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn annotations(&mut self, annotations: &[(&'static str, String)]) {
        let mut before = "{";
        for (name, text) in annotations {
            self.put(before);
            self.value(name);
            self.put(":");
            self.value(text);
            before = ",";
        }
        self.put(if annotations.is_empty() { "null" } else { "}" });
    }
}
