//! Something that cannot be read, and how much that weighs.

use super::severity::Severity;
use crate::workload::DecodeError;

/// Something that cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Problem<'r> {
    pub(super) unreadable: &'r DecodeError<'r>,
    pub(super) severity: Severity,
}
