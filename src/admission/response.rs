//! The answers in JSON, their fields always all there and in the same order.

use serde::Serialize;

use crate::policy::{Report, Verdict};

/// As many bytes as an answer has in which nothing is said.
const LENGTH: usize = 128;

/// A `ValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_verdict(verdict: &Verdict) -> Vec<u8> {
    let (report, code, object, warnings) = match verdict {
        Verdict::Accepted(object) => (None, None, object.as_deref(), None),
        Verdict::Reported(report, warnings, object) => {
            (Some(report), None, object.as_deref(), Some(warnings))
        }
        Verdict::Rejected(report, rejection) => (Some(report), Some(rejection.code()), None, None),
    };
    let mut answer = Json::new();
    answer.put(r#"{"accepted":"#);
    answer.value(&!matches!(verdict, Verdict::Rejected(..)));
    answer.put(r#","message":"#);
    answer.value(&report.map(|report| report.message.as_str()));
    answer.put(r#","code":"#);
    answer.value(&code);
    answer.put(r#","mutated_object":"#);
    answer.put(object.unwrap_or("null"));
    answer.put(r#","audit_annotations":"#);
    answer.annotations(report);
    answer.put(r#","warnings":"#);
    answer.value(&warnings);
    answer.put("}");
    answer.0
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(validity: &Result<(), String>) -> Vec<u8> {
    let mut answer = Json::new();
    answer.put(r#"{"valid":"#);
    answer.value(&validity.is_ok());
    answer.put(r#","message":"#);
    answer.value(&validity.as_ref().err().map(String::as_str));
    answer.put("}");
    answer.0
}

/// JSON, of which one part is written after the other.
struct Json(Vec<u8>);

impl Json {
    fn new() -> Self {
        Self(Vec::with_capacity(LENGTH))
    }

    fn put(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// Serialising texts, numbers and lists of them into memory cannot fail.
    fn value(&mut self, value: &impl Serialize) {
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn annotations(&mut self, report: Option<&Report>) {
        let annotations = report.map_or(&[][..], |report| &report.annotations);
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
