//! The answers in JSON, their fields always all there and in the same order.

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::policy::{Report, Verdict};

/// A `ValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_verdict(verdict: &Verdict) -> Vec<u8> {
    let (report, code, object, warnings) = match verdict {
        Verdict::Accepted(object) => (None, Value::Null, object.as_deref(), Value::Null),
        Verdict::Reported(report, warnings, object) => (
            Some(report),
            Value::Null,
            object.as_deref(),
            Value::Texts(warnings),
        ),
        Verdict::Rejected(report, rejection) => (
            Some(report),
            Value::Number(rejection.code()),
            None,
            Value::Null,
        ),
    };
    let accepted = !matches!(verdict, Verdict::Rejected(..));
    json(&[
        ("accepted", Value::Boolean(accepted)),
        (
            "message",
            report.map_or(Value::Null, |report| Value::Text(&report.message)),
        ),
        ("code", code),
        ("mutated_object", object.map_or(Value::Null, Value::Json)),
        (
            "audit_annotations",
            report.map_or(Value::Null, Value::annotations),
        ),
        ("warnings", warnings),
    ])
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(validity: &Result<(), String>) -> Vec<u8> {
    let message = match validity {
        Ok(()) => Value::Null,
        Err(message) => Value::Text(message),
    };
    json(&[
        ("valid", Value::Boolean(validity.is_ok())),
        ("message", message),
    ])
}

/// Serialising strings and numbers into memory cannot fail.
fn json(fields: &[(&str, Value<'_>)]) -> Vec<u8> {
    serde_json::to_vec(&Fields(fields)).unwrap_or_default()
}

/// An object, whose fields stand in this order.
struct Fields<'v>(&'v [(&'v str, Value<'v>)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// All that a field of an answer can hold: one type, so that what writes it is
/// compiled once.
enum Value<'v> {
    Null,
    Boolean(bool),
    Number(u16),
    Text(&'v str),
    Json(&'v str),
    Texts(&'v [String]),
    Annotations(&'v [(&'static str, String)]),
}

impl<'v> Value<'v> {
    fn annotations(report: &'v Report) -> Self {
        match report.annotations.as_slice() {
            [] => Self::Null,
            annotations => Self::Annotations(annotations),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_u16(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(json) => serde_json::from_str::<&RawValue>(json)
                .map_err(S::Error::custom)?
                .serialize(serializer),
            Self::Texts(texts) => serializer.collect_seq(*texts),
            Self::Annotations(annotations) => {
                serializer.collect_map(annotations.iter().map(|(name, text)| (*name, text)))
            }
        }
    }
}
