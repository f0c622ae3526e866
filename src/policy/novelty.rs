//! What an update does to a finding.

/// What an update does to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Novelty {
    /// It brings it, or there is nothing to compare with.
    New,
    /// It leaves it alone: nothing is pulled.
    Unchanged,
    /// It leaves the image alone, and starts Pods with it anew.
    RolledOutAgain,
}
