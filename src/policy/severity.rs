//! How much a finding weighs: what only warns, whatever the mode.

use super::update_effect::UpdateEffect;
use crate::settings::{Enforcement, Settings};
use crate::workload::{Holder, Section};

/// What a finding does in strict mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Rejects the request.
    Deny,
    /// Only warns.
    Warn(WarnReason),
}

/// Why a finding only warns in strict mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarnReason {
    /// An ephemeral container is pulled once and never restarts.
    EphemeralContainer,
    /// The Pod runs already, and rejecting its mirror would only hide it.
    MirrorPod,
    /// A controller has made the object for its owner, which was judged.
    Owned,
    /// The update leaves it as it was.
    Unchanged,
    /// The Pods that come of it are judged when the placeholder is filled in.
    Template,
    /// The object is changed so that nothing is left to find.
    Adjusted,
    /// The tag still means what runs.
    Verified,
}

impl Severity {
    /// The stable code: `deny`, or why it only warns.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn(WarnReason::EphemeralContainer) => "ephemeral-container",
            Self::Warn(WarnReason::MirrorPod) => "mirror-pod",
            Self::Warn(WarnReason::Owned) => "owned",
            Self::Warn(WarnReason::Unchanged) => "unchanged",
            Self::Warn(WarnReason::Template) => "template",
            Self::Warn(WarnReason::Adjusted) => "adjusted",
            Self::Warn(WarnReason::Verified) => "verified",
        }
    }
}

/// What a finding is graded by, beside what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circumstances<'c> {
    pub(super) settings: &'c Settings<'c>,
    pub(super) namespace: Option<&'c str>,
    pub(super) is_pod: bool,
    pub(super) can_hold_placeholders: bool,
    pub(super) is_mirror_pod: bool,
    pub(super) is_owned: bool,
}

impl Circumstances<'_> {
    /// The severity of what the update leaves alone. On a Pod or an owned object it
    /// is never enforced: that would hold up finalizers.
    fn of_unchanged(&self) -> Severity {
        match self.settings.unchanged() {
            Enforcement::Enforce if !self.is_pod && !self.is_owned => Severity::Deny,
            _ => Severity::Warn(WarnReason::Unchanged),
        }
    }

    /// The severity of what cannot be read.
    pub(super) fn grade_of_problem(&self, is_unchanged: bool) -> Severity {
        if self.is_mirror_pod {
            Severity::Warn(WarnReason::MirrorPod)
        } else if is_unchanged {
            self.of_unchanged()
        } else {
            Severity::Deny
        }
    }

    /// The severity of a finding, unless it is to be ignored.
    pub(super) fn severity(&self, holder: &Holder<'_>, effect: UpdateEffect) -> Option<Severity> {
        if holder.section() == Some(Section::EphemeralContainers) {
            match self.settings.ephemeral_containers() {
                Enforcement::Ignore => return None,
                Enforcement::Warn => return Some(Severity::Warn(WarnReason::EphemeralContainer)),
                Enforcement::Enforce => {}
            }
        }
        if self.is_owned {
            match self.settings.owned() {
                Enforcement::Ignore => return None,
                Enforcement::Warn => return Some(Severity::Warn(WarnReason::Owned)),
                Enforcement::Enforce => {}
            }
        }
        Some(match effect {
            _ if self.is_mirror_pod => Severity::Warn(WarnReason::MirrorPod),
            UpdateEffect::Unchanged => self.of_unchanged(),
            UpdateEffect::Added | UpdateEffect::Restarted => Severity::Deny,
        })
    }
}
