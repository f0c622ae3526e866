//! What looks like a pull policy, where nobody says what a field means.

use super::reader::Presence;
use super::site::DeclaredPullPolicy;
use crate::image::PullPolicy;

/// What looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LikelyPullPolicy {
    /// There is none.
    Absent,
    /// It is empty, as if there were none.
    Empty,
    Declared(PullPolicy),
    /// It is none that Kubernetes knows.
    Unknown,
}

impl LikelyPullPolicy {
    pub(super) fn of(text: Option<&str>, presence: Presence) -> Self {
        match text {
            None if presence == Presence::Absent => Self::Absent,
            None => Self::Unknown,
            Some("") => Self::Empty,
            Some(text) => text.parse().map_or(Self::Unknown, Self::Declared),
        }
    }

    /// What it declares; nothing where an image with it is not judged.
    pub(super) const fn declared(self) -> Option<DeclaredPullPolicy> {
        match self {
            Self::Absent | Self::Empty => Some(DeclaredPullPolicy::Absent),
            Self::Declared(policy) => Some(DeclaredPullPolicy::Declared(policy)),
            Self::Unknown => None,
        }
    }
}
