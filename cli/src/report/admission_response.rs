//! Converts the policy's answer to the response that `kwctl run` prints.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;

use crate::judge::JudgeError;
use crate::outcome::NOTHING_TO_CHANGE;
use crate::response::ValidationResponse;

/// An `admission.k8s.io/v1` AdmissionResponse. The order of the fields is kwctl's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AdmissionResponse {
    uid: String,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch_type: Option<PatchType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<ResponseStatus>,
    audit_annotations: Option<BTreeMap<String, String>>,
    warnings: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum PatchType {
    #[serde(rename = "JSONPatch")]
    JsonPatch,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ResponseStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
}

impl AdmissionResponse {
    pub(crate) fn new(uid: &str, object: Option<&Value>, answer: &ValidationResponse) -> Self {
        let patch = match (&answer.mutated_object, object) {
            (None, _) => None,
            (Some(mutated), Some(object)) => patch(object, mutated),
            (Some(_), None) => {
                return Self::rejection(uid, NOTHING_TO_CHANGE, None);
            }
        };
        let has_status = answer.message.is_some() || answer.code.is_some();
        Self {
            uid: uid.to_owned(),
            allowed: answer.accepted,
            patch_type: patch.is_some().then_some(PatchType::JsonPatch),
            patch,
            status: has_status.then(|| ResponseStatus {
                message: answer.message.clone(),
                code: answer.code,
            }),
            audit_annotations: answer.audit_annotations.clone(),
            warnings: answer.warnings.clone(),
        }
    }

    /// The response to a request that the policy could not judge: like a Kubewarden host, it
    /// fails closed.
    pub(crate) fn failure(uid: &str, error: &JudgeError) -> Self {
        Self::rejection(uid, &format!("internal server error: {error}"), Some(500))
    }

    fn rejection(uid: &str, message: &str, code: Option<u16>) -> Self {
        Self {
            uid: uid.to_owned(),
            allowed: false,
            patch_type: None,
            patch: None,
            status: Some(ResponseStatus {
                message: Some(message.to_owned()),
                code,
            }),
            audit_annotations: None,
            warnings: None,
        }
    }
}

/// The JSON patch (RFC 6902) between the objects, encoded as webhooks send it.
fn patch(object: &Value, mutated: &Value) -> Option<String> {
    let patch = json_patch::diff(object, mutated);
    (!patch.is_empty()).then(|| STANDARD.encode(patch.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(object: Option<&Value>, answer: &Value) -> String {
        let answer: ValidationResponse = serde_json::from_value(answer.clone()).unwrap_or_default();
        serde_json::to_string(&AdmissionResponse::new("u-1", object, &answer)).unwrap_or_default()
    }

    #[test]
    fn has_the_fields_and_the_order_that_kwctl_prints() {
        let object = json!({"a": 1});
        let cases = [
            (
                json!({"accepted": true}),
                r#"{"uid":"u-1","allowed":true,"auditAnnotations":null,"warnings":null}"#,
            ),
            (
                json!({"accepted": false, "message": "no", "code": 403}),
                r#"{"uid":"u-1","allowed":false,"status":{"message":"no","code":403},"auditAnnotations":null,"warnings":null}"#,
            ),
            (
                json!({"accepted": true, "message": "hm", "warnings": ["w"], "audit_annotations": {"b": "2", "a": "1"}}),
                r#"{"uid":"u-1","allowed":true,"status":{"message":"hm"},"auditAnnotations":{"a":"1","b":"2"},"warnings":["w"]}"#,
            ),
            (
                json!({"accepted": true, "mutated_object": {"a": 1}}),
                r#"{"uid":"u-1","allowed":true,"auditAnnotations":null,"warnings":null}"#,
            ),
            (
                json!({"accepted": true, "mutated_object": {"a": 2}}),
                r#"{"uid":"u-1","allowed":true,"patchType":"JSONPatch","patch":"W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9hIiwidmFsdWUiOjJ9XQ==","auditAnnotations":null,"warnings":null}"#,
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(line(Some(&object), &answer), expected, "{answer}");
        }
    }

    #[test]
    fn a_deletion_cannot_be_changed() {
        assert_eq!(
            line(None, &json!({"accepted": true, "mutated_object": {"a": 1}})),
            r#"{"uid":"u-1","allowed":false,"status":{"message":"the policy changed the object of a request that has none"},"auditAnnotations":null,"warnings":null}"#
        );
    }
}
