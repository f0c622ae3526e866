//! Properties of the response to any bytes.

use serde_json::{Map, Value};

use super::hosts::Answering;
use super::{Held, Subject, hold};

/// Replaces a mutated object that serde_json cannot read.
pub(crate) const UNREAD: &str = "unread";

pub(crate) struct Answer {
    /// The response as written.
    pub(crate) text: String,
    fields: Map<String, Value>,
}

impl Answer {
    /// Asks the policy to validate a payload.
    pub(crate) fn to(subject: &Subject, payload: &[u8]) -> Result<Self, String> {
        let bytes = (subject.validate)(payload, &Answering);
        let text = String::from_utf8(bytes).map_err(|_| "the answer is no text".to_owned())?;
        match serde_json::from_str(&text) {
            Ok(fields) => Ok(Self { text, fields }),
            // The mutated object can have numbers out of range, and be nested too deep.
            Err(_) => {
                let (start, rest) = text
                    .split_once(",\"mutated_object\":")
                    .ok_or_else(|| format!("{text} is no JSON object"))?;
                let rest = rest.rsplit_once(",\"audit_annotations\":");
                let (_, end) = rest.ok_or_else(|| format!("{text} is no JSON object"))?;
                let read =
                    format!("{start},\"mutated_object\":\"{UNREAD}\",\"audit_annotations\":{end}");
                let fields = serde_json::from_str(&read);
                let fields = fields.map_err(|_| format!("{text} is no JSON object"))?;
                Ok(Self { text, fields })
            }
        }
    }

    pub(crate) fn is_accepted(&self) -> bool {
        self.fields["accepted"] == true
    }

    /// Whether the request is rejected because of its object, and not for another reason.
    pub(crate) fn is_rejected_for_object(&self) -> bool {
        !self.is_accepted() && matches!(self.fields["code"].as_u64(), Some(400 | 403))
    }

    pub(crate) fn mutated_object(&self) -> Option<&Value> {
        Some(&self.fields["mutated_object"]).filter(|object| !object.is_null())
    }

    /// The response as JSON, independent of how it is written.
    pub(crate) fn value(&self) -> &Map<String, Value> {
        &self.fields
    }

    /// Path and image of each finding that the response lists.
    pub(crate) fn findings(&self) -> Vec<(String, String)> {
        let findings = &self.fields["audit_annotations"]["findings"];
        let findings: Value = findings
            .as_str()
            .and_then(|list| serde_json::from_str(list).ok())
            .unwrap_or_default();
        let text = |field: &Value| field.as_str().unwrap_or_default().to_owned();
        findings
            .as_array()
            .into_iter()
            .flatten()
            .map(|finding| (text(&finding["path"]), text(&finding["image"])))
            .collect()
    }

    /// Whether the response has every field that it must have.
    fn is_whole(&self) -> bool {
        const FIELDS: [&str; 6] = [
            "accepted",
            "audit_annotations",
            "code",
            "message",
            "mutated_object",
            "warnings",
        ];
        let has_reason = self.fields["message"]
            .as_str()
            .is_some_and(|message| message.starts_with("mutable-tags") && !message.contains('\n'));
        let is_none = |name| self.fields[name].is_null();
        self.fields.keys().eq(FIELDS)
            && match self.fields["accepted"] {
                Value::Bool(true) => is_none("code") && is_none("message") == is_none("warnings"),
                Value::Bool(false) => {
                    let code = self.fields["code"].as_u64();
                    has_reason
                        && matches!(code, Some(400 | 403 | 500))
                        && is_none("mutated_object")
                        && is_none("warnings")
                }
                _ => false,
            }
    }
}

/// Every payload has a response, with a message if it is a rejection, and always the same.
pub(crate) fn is_whole_and_the_same_again(subject: &Subject, payload: &[u8]) -> Held {
    let answer = Answer::to(subject, payload)?;
    hold(answer.is_whole(), || {
        format!("{} lacks something", answer.text)
    })?;
    let again = Answer::to(subject, payload)?;
    hold(answer.text == again.text, || {
        format!("{} becomes {}", answer.text, again.text)
    })
}
