//! What was done to an object about a finding.

use super::host::LookupError;

/// What was done to an object about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The image's pull policy becomes `IfNotPresent`.
    IfNotPresent,
    /// The image is pinned to this digest.
    Pinned(String),
    /// The image cannot be pinned.
    NotPinned(LookupError),
}
