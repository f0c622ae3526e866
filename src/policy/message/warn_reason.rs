//! Words for the reason why an error or a finding only warns.

use std::fmt;

use super::number::Number;
use super::pull::is_adjusted;
use crate::image::is_blank;
use crate::policy::evaluation::Finding;
use crate::policy::severity::{Severity, WarnReason};
use crate::policy::update_effect::Unchanged;

/// Why an error or a finding only warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    warn_reason: WarnReason,
    is_blank: bool,
}

impl Reason {
    /// `None` where an error denies.
    pub(super) const fn of_error(severity: Severity) -> Option<Self> {
        match severity {
            Severity::Deny => None,
            Severity::Warn(warn_reason) => Some(Self {
                warn_reason,
                is_blank: false,
            }),
        }
    }

    /// `None` where a finding denies, or where the clause about its pull says it all.
    pub(super) fn of_finding(finding: &Finding) -> Option<Self> {
        if is_adjusted(finding) {
            return None;
        }
        let is_blank = is_blank(&finding.image);
        Self::of_error(finding.severity).map(|reason| Self { is_blank, ..reason })
    }
}

/// Displays a reason, for a clause of its own or in brackets.
pub(super) struct WarnedClause(pub(super) Reason, pub(super) Number);

impl fmt::Display for WarnedClause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(
            Reason {
                warn_reason,
                is_blank,
            },
            number,
        ) = self;
        let (it, it_was) = (number.it(), number.it_was());
        f.write_str(match number {
            Number::One => "only a warning, since ",
            Number::Many => "only warnings, since ",
        })?;
        match warn_reason {
            WarnReason::EphemeralContainer => f.write_str("an ephemeral container is pulled once"),
            WarnReason::MirrorPod => f.write_str("the kubelet runs this Pod anyway"),
            WarnReason::Owned => f.write_str("a controller makes this object for its owner"),
            WarnReason::Unchanged(Unchanged::LeftAlone) => match number {
                Number::One => f.write_str("this update leaves it as it was"),
                Number::Many => f.write_str("this update leaves them as they were"),
            },
            WarnReason::Unchanged(Unchanged::ThereBefore) => write!(f, "{it_was} there before"),
            WarnReason::Unchanged(Unchanged::Suspended) => write!(
                f,
                "{it_was} there before and, when the Job is resumed, its Pods start and pull {it} again"
            ),
            WarnReason::Template if *is_blank => {
                write!(f, "the update that fills {it} in is judged")
            }
            WarnReason::Template | WarnReason::NoImage => {
                write!(f, "the Pods made from {it} are judged")
            }
            WarnReason::Adjusted | WarnReason::Adjustable => f.write_str("the policy changes it"),
            WarnReason::Verified => f.write_str("drift.allowVerified accepts that"),
        }
    }
}
