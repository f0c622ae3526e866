//! The answers in JSON, their fields always all there and in the same order.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use crate::policy::{Report, Verdict};

/// A `ValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_verdict(verdict: &Verdict) -> Vec<u8> {
    let accepted = ValidationResponse {
        accepted: true,
        code: None,
        report: None,
        warnings: None,
    };
    json(&match verdict {
        Verdict::Accepted => accepted,
        Verdict::Reported(report, warnings) => ValidationResponse {
            report: Some(report),
            warnings: Some(warnings),
            ..accepted
        },
        Verdict::Rejected(report, rejection) => ValidationResponse {
            accepted: false,
            code: Some(rejection.code()),
            report: Some(report),
            ..accepted
        },
    })
}

/// A `SettingsValidationResponse` of Kubewarden's policy SDK.
pub(super) fn of_settings(validity: Result<(), String>) -> Vec<u8> {
    json(&SettingsValidationResponse {
        message: validity.err(),
    })
}

/// Serialising strings and numbers into memory cannot fail.
fn json(answer: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(answer).unwrap_or_default()
}

struct ValidationResponse<'v> {
    accepted: bool,
    code: Option<u16>,
    report: Option<&'v Report>,
    warnings: Option<&'v [String]>,
}

impl Serialize for ValidationResponse<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let message = report.map(|report| report.message.as_str());
        let annotations = report
            .map(|report| Annotations(&report.annotations))
            .filter(|annotations| !annotations.0.is_empty());
        let mut response = serializer.serialize_struct("ValidationResponse", 6)?;
        response.serialize_field("accepted", &self.accepted)?;
        response.serialize_field("message", &message)?;
        response.serialize_field("code", &self.code)?;
        response.serialize_field("mutated_object", &None::<()>)?;
        response.serialize_field("audit_annotations", &annotations)?;
        response.serialize_field("warnings", &self.warnings)?;
        response.end()
    }
}

struct Annotations<'v>(&'v [(&'static str, String)]);

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

struct SettingsValidationResponse {
    message: Option<String>,
}

impl Serialize for SettingsValidationResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut response = serializer.serialize_struct("SettingsValidationResponse", 2)?;
        response.serialize_field("valid", &self.message.is_none())?;
        response.serialize_field("message", &self.message)?;
        response.end()
    }
}
