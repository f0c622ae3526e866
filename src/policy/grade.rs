//! How much a finding weighs: what only warns, whatever the mode.

use super::novelty::Novelty;
use crate::settings::{Enforcement, Settings};
use crate::workload::{Holder, Section};

/// Whether a finding counts for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    /// It does, in the mode `strict`.
    Enforced,
    /// It is only reported.
    Warned(Leniency),
}

/// Why something is only reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leniency {
    /// It is in a container that is pulled once and never restarts.
    EphemeralContainer,
    /// The Pod runs already, and rejecting its mirror would only hide it.
    MirrorPod,
    /// A controller has made the object for its owner, which was judged.
    Owned,
    /// The update leaves it as it was.
    Unchanged,
    /// The Pods that will come of it are judged when it is known what they run.
    Template,
    /// The object is changed so that it is none any more.
    Adjusted,
    /// The tag still means what runs.
    Verified,
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
    /// The grade of what the update leaves alone. On a Pod or an owned object it
    /// is never enforced: that would hold up finalizers.
    fn of_unchanged(&self) -> Grade {
        match self.settings.unchanged() {
            Enforcement::Enforce if !self.is_pod && !self.is_owned => Grade::Enforced,
            _ => Grade::Warned(Leniency::Unchanged),
        }
    }

    /// The grade of what cannot be read.
    pub(super) fn grade_of_problem(&self, is_unchanged: bool) -> Grade {
        if self.is_mirror_pod {
            Grade::Warned(Leniency::MirrorPod)
        } else if is_unchanged {
            self.of_unchanged()
        } else {
            Grade::Enforced
        }
    }

    /// The grade of a finding, unless it is to be ignored.
    pub(super) fn grade(&self, holder: &Holder<'_>, novelty: Novelty) -> Option<Grade> {
        if holder.section() == Some(Section::EphemeralContainers) {
            match self.settings.ephemeral_containers() {
                Enforcement::Ignore => return None,
                Enforcement::Warn => return Some(Grade::Warned(Leniency::EphemeralContainer)),
                Enforcement::Enforce => {}
            }
        }
        if self.is_owned {
            match self.settings.owned() {
                Enforcement::Ignore => return None,
                Enforcement::Warn => return Some(Grade::Warned(Leniency::Owned)),
                Enforcement::Enforce => {}
            }
        }
        Some(match novelty {
            _ if self.is_mirror_pod => Grade::Warned(Leniency::MirrorPod),
            Novelty::Unchanged => self.of_unchanged(),
            Novelty::New | Novelty::RolledOutAgain => Grade::Enforced,
        })
    }
}
