//! The outcome of adjusting an object for a finding.

use super::host::LookupError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The pull policy was set to `IfNotPresent`.
    IfNotPresent,
    /// The image was pinned to this digest.
    Pinned(String),
    /// The image could not be pinned.
    NotPinned(LookupError),
}
