//! The answers in JSON, their fields always all there and in the same order.

use crate::policy::{Report, Verdict};

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
    let mut answer = Object::default();
    answer.boolean("accepted", accepted);
    answer.text("message", report.map(|report| report.message.as_str()));
    answer.json("code", code.map(|code| code.to_string()).as_deref());
    answer.json("mutated_object", object);
    answer.json("audit_annotations", report.and_then(annotations).as_deref());
    answer.json("warnings", warnings.map(|texts| list(texts)).as_deref());
    answer.finish().into_bytes()
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(validity: &Result<(), String>) -> Vec<u8> {
    let mut answer = Object::default();
    answer.boolean("valid", validity.is_ok());
    answer.text("message", validity.as_ref().err().map(String::as_str));
    answer.finish().into_bytes()
}

fn annotations(report: &Report) -> Option<String> {
    let mut annotations = Object::default();
    for (name, text) in &report.annotations {
        annotations.text(name, Some(text));
    }
    (!report.annotations.is_empty()).then(|| annotations.finish())
}

fn list(texts: &[String]) -> String {
    let mut list = "[".to_owned();
    for text in texts {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&quoted(text));
    }
    list.push(']');
    list
}

/// Serialising a string into memory cannot fail.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// An object, of which one field is written after the other.
#[derive(Default)]
struct Object(String);

impl Object {
    fn json(&mut self, name: &str, json: Option<&str>) {
        let start = if self.0.is_empty() { "{\"" } else { ",\"" };
        for part in [start, name, "\":", json.unwrap_or("null")] {
            self.0.push_str(part);
        }
    }

    fn boolean(&mut self, name: &str, value: bool) {
        self.json(name, Some(if value { "true" } else { "false" }));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        self.json(name, text.map(quoted).as_deref());
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
