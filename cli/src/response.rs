//! The answers of the policy, as a host reads them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The answer to `validate`.
///
/// The type has the fields of the Kubewarden SDK's response, but is separate. So a change in the
/// policy's answers does not go unnoticed.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct ValidationResponse {
    /// Whether the request is accepted.
    pub accepted: bool,
    /// The reason of a rejection.
    #[serde(default)]
    pub message: Option<String>,
    /// The HTTP status of a rejection.
    #[serde(default)]
    pub code: Option<u16>,
    /// The whole mutated object, if the policy changed it.
    #[serde(default)]
    pub mutated_object: Option<Value>,
    /// The annotations for the audit log.
    #[serde(default)]
    pub audit_annotations: Option<BTreeMap<String, String>>,
    /// Warnings for the user.
    #[serde(default)]
    pub warnings: Option<Vec<String>>,
}

/// The answer to `validate_settings`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct SettingsResponse {
    pub valid: bool,
    /// The reason why the settings are not valid.
    #[serde(default)]
    pub message: Option<String>,
}
