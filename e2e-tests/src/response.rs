//! What the policy answers, as a host reads it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The answer to `validate`.
///
/// It has the fields of the Kubewarden SDK's response but is not built from it,
/// so that a change in what the policy sends cannot go unseen.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct ValidationResponse {
    /// Whether the request may go on.
    pub accepted: bool,
    /// Why it was decided so.
    #[serde(default)]
    pub message: Option<String>,
    /// The HTTP status of a rejection.
    #[serde(default)]
    pub code: Option<u16>,
    /// The whole object as the policy wants it, where it changed something.
    #[serde(default)]
    pub mutated_object: Option<Value>,
    /// What the API server writes to its audit log.
    #[serde(default)]
    pub audit_annotations: Option<BTreeMap<String, String>>,
    /// What the user sees beside an acceptance.
    #[serde(default)]
    pub warnings: Option<Vec<String>>,
}

/// The answer to `validate_settings`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct SettingsResponse {
    /// Whether the policy can work with the settings.
    pub valid: bool,
    /// What is wrong with them.
    #[serde(default)]
    pub message: Option<String>,
}
