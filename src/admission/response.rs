//! The answers in JSON, their fields always all there and in the same order.

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
    let accepted = !matches!(verdict, Verdict::Rejected(..));
    let mut answer = Object::new(LENGTH + report.map_or(0, length) + object.map_or(0, str::len));
    answer.boolean("accepted", accepted);
    answer.text("message", report.map(|report| report.message.as_str()));
    answer.json("code", code.map(|code| code.to_string()).as_deref());
    answer.json("mutated_object", object);
    answer.annotations(report);
    answer.texts("warnings", warnings.map(Vec::as_slice));
    answer.finish()
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(validity: &Result<(), String>) -> Vec<u8> {
    let mut answer = Object::new(LENGTH);
    answer.boolean("valid", validity.is_ok());
    answer.text("message", validity.as_ref().err().map(String::as_str));
    answer.finish()
}

/// About as many bytes as a report has, escaped.
fn length(report: &Report) -> usize {
    let annotations = report.annotations.iter().map(|(_, text)| text.len());
    2 * (report.message.len() + annotations.sum::<usize>())
}

/// An object, of which one field is written after the other.
struct Object(Vec<u8>);

impl Object {
    fn new(length: usize) -> Self {
        let mut json = Vec::with_capacity(length);
        json.push(b'{');
        Self(json)
    }

    fn name(&mut self, name: &str) {
        if !self.0.ends_with(b"{") {
            self.0.push(b',');
        }
        for part in ["\"", name, "\":"] {
            self.0.extend_from_slice(part.as_bytes());
        }
    }

    fn json(&mut self, name: &str, json: Option<&str>) {
        self.name(name);
        self.0.extend_from_slice(json.unwrap_or("null").as_bytes());
    }

    fn boolean(&mut self, name: &str, value: bool) {
        self.json(name, Some(if value { "true" } else { "false" }));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        self.name(name);
        self.value(&text);
    }

    fn texts(&mut self, name: &str, texts: Option<&[String]>) {
        self.name(name);
        self.value(&texts);
    }

    /// Serialising texts into memory cannot fail.
    fn value(&mut self, value: &impl serde::Serialize) {
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn annotations(&mut self, report: Option<&Report>) {
        let annotations = report.map_or(&[][..], |report| &report.annotations);
        if annotations.is_empty() {
            self.json("audit_annotations", None);
            return;
        }
        self.name("audit_annotations");
        self.0.push(b'{');
        for (name, text) in annotations {
            self.text(name, Some(text));
        }
        self.0.push(b'}');
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.push(b'}');
        self.0
    }
}
