//! What is done to an object about a finding.

use super::host::Unknown;

/// What is done about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Adjustment {
    /// The image's pull policy becomes `IfNotPresent`.
    IfNotPresent,
    /// The image gets this digest.
    Pinned(String),
    /// The image cannot be pinned.
    Unpinned(Unknown),
}
