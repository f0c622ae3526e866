//! Something that cannot be read, and how much that weighs.

use super::grade::Grade;
use crate::workload::Unreadable;

/// Something that cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Problem<'r> {
    pub(super) unreadable: &'r Unreadable<'r>,
    pub(super) grade: Grade,
}
