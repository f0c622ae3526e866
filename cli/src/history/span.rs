//! The commits that were read, and from when to when they are.

use jiff::Timestamp;

use super::git::MainCommit;

/// The commits of the main line that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(super) commits: usize,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

impl Span {
    /// `None` if there is no commit.
    pub(super) fn of(commits: &[MainCommit]) -> Option<Self> {
        Some(Self {
            commits: commits.len(),
            // Not the earliest and the latest date: the clock of one commit can be wrong.
            first: commits.first()?.date,
            last: commits.last()?.date,
        })
    }
}
