//! What is said of one finding: where it is, what is wrong, and what mends it.

use std::fmt;

use super::meaning::{Doubt, Meaning, News};
use crate::image::{MutableReason, PullPolicy, Quoted};
use crate::policy::adjustment::Adjustment;
use crate::policy::effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
use crate::policy::finding::{Cause, Finding};
use crate::policy::grade::{Grade, Leniency};
use crate::policy::novelty::Novelty;
use crate::workload::{Holder, Section};

/// The most bytes of a text that a warning quotes, so that where it stands stays in sight.
const WARNING_QUOTE: usize = 100;
/// The pull policy that mends a finding, and what it costs.
const STALE: &str = "IfNotPresent where a stale image will do";

/// What a message says of a finding.
pub(super) struct Sentence<'f>(pub(super) &'f Finding<'f>);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        let site = finding.site;
        write!(
            f,
            "{}{}: {} {}{}{}{}: {}{}",
            site.path(),
            HolderName(site.holder()),
            Quoted::new(site.image()),
            Why(&finding.cause),
            How(finding),
            Meaning(finding),
            Doubt(finding),
            Fix(finding),
            Aside::of(finding),
        )
    }
}

/// What a warning says of a finding.
pub(super) struct Warning<'f>(pub(super) &'f Finding<'f>);

impl fmt::Display for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        let site = finding.site;
        write!(
            f,
            "{}{} ({}){}{}{}{}",
            Quoted::cut(site.image(), WARNING_QUOTE),
            News(finding),
            site.path(),
            if News(finding).is_some() {
                ": it "
            } else {
                " "
            },
            Why(&finding.cause),
            How(finding),
            Doubt(finding),
        )
    }
}

/// What holds the image.
struct HolderName<'h>(&'h Holder<'h>);

impl fmt::Display for HolderName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, name) = match self.0 {
            Holder::Container { section, name } => {
                let what = match section {
                    Section::Containers => "container",
                    Section::InitContainers => "init container",
                    Section::EphemeralContainers => "ephemeral container",
                };
                (what, name.as_deref())
            }
            Holder::Volume(name) => ("image volume", name.as_deref()),
            Holder::Field { owner, .. } => match owner {
                Some((what, name)) => (*what, Some(name.as_ref())),
                None => ("", None),
            },
            Holder::Variable { name, .. } => ("environment variable", Some(name.as_ref())),
        };
        match name {
            Some(name) => write!(f, " ({what} {})", Quoted::new(name)),
            None => Ok(()),
        }
    }
}

/// Why what an image names can change.
struct Why<'f>(&'f Cause);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.0 {
            Cause::Unparsable(error) => return write!(f, "is no image reference, {error}"),
            Cause::Template => {
                return f.write_str("holds a placeholder, so that nobody knows yet what it means");
            }
            Cause::Mutable(reason) => reason,
        };
        f.write_str(match reason {
            MutableReason::Declared => "is declared mutable by tags.mutable",
            MutableReason::NoTag => "has no tag, which means latest",
            MutableReason::Latest => "has the tag latest, which moves with every release",
            MutableReason::Unpinned => "has no digest (tags.consider is any)",
            MutableReason::Dirty => "has a tag built from changes that are in no commit",
            MutableReason::Channel => "has a tag that names a channel, not a build",
            MutableReason::Branch => "has a tag that names a branch or a pull request, not a build",
            MutableReason::Placeholder => "has a tag that is a version of zeros only",
            MutableReason::FloatingVersion => "has a tag that leaves a part of its version open",
        })
    }
}

/// How the image is pulled.
struct How<'f>(&'f Finding<'f>);

impl fmt::Display for How<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !matches!(self.0.cause, Cause::Mutable(_)) {
            return Ok(());
        }
        let EffectivePullPolicy { policy, origin } = self.0.pull_policy;
        let is_pulled_again = self.0.novelty == Novelty::RolledOutAgain
            && self.0.grade != Grade::Warned(Leniency::Adjusted);
        match origin {
            PullPolicyOrigin::Assumed => {
                return f.write_str(", and the Pods that will use it may pull it at every start");
            }
            PullPolicyOrigin::Cluster if !is_pulled_again => {
                return f.write_str(", and the cluster pulls every image at every start");
            }
            PullPolicyOrigin::Declared | PullPolicyOrigin::Default | PullPolicyOrigin::Cluster => {}
        }
        let field = self.0.site.holder().pull_policy_field();
        let default = match origin {
            PullPolicyOrigin::Default => " (the default)",
            _ => "",
        };
        let effect = match policy {
            PullPolicy::Always if is_pulled_again => {
                f.write_str(", and this update restarts the Pods and pulls it again")?;
                return match self.0.drift {
                    None | Some(Err(_)) => f.write_str(", which may no longer be what runs"),
                    Some(_) => Ok(()),
                };
            }
            PullPolicy::Always => "pulls it at every start",
            PullPolicy::IfNotPresent => "pulls it on every node that lacks it",
            PullPolicy::Never => "starts whatever the node has under that name",
        };
        write!(f, ", and {field} {policy}{default} {effect}")
    }
}

/// What mends it.
struct Fix<'f>(&'f Finding<'f>);

impl fmt::Display for Fix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.cause {
            Cause::Mutable(_) => {}
            Cause::Unparsable(_) => return f.write_str("correct the reference"),
            Cause::Template => {
                return f.write_str("fill in a digest, or a tag that names one build");
            }
        }
        let tag = "use a tag that names one build (a full version, a commit)";
        let field = self.0.site.holder().pull_policy_field();
        f.write_str("pin its digest (@sha256:…)")?;
        match (self.0.is_mended_by_tag, self.0.is_mended_by_if_not_present) {
            (false, false) => Ok(()),
            (true, false) => write!(f, " or {tag}"),
            (false, true) => write!(f, " or set {field} to {STALE}"),
            (true, true) => write!(f, ", {tag}, or set {field} to {STALE}"),
        }
    }
}

/// Why something is only warned of.
pub(super) struct Aside<'f> {
    grade: Grade,
    finding: Option<&'f Finding<'f>>,
}

impl<'f> Aside<'f> {
    pub(super) const fn of_problem(grade: Grade) -> Self {
        let finding = None;
        Self { grade, finding }
    }

    const fn of(finding: &'f Finding<'f>) -> Self {
        Self {
            grade: finding.grade,
            finding: Some(finding),
        }
    }
}

impl fmt::Display for Aside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leniency = match self.grade {
            Grade::Enforced => return Ok(()),
            Grade::Warned(leniency) => leniency,
        };
        if let Some(finding) = self.finding
            && let Some(adjustment) = &finding.adjustment
        {
            match adjustment {
                Adjustment::Pinned(digest) => {
                    return write!(f, " (a warning only, since it is to be pinned to {digest})");
                }
                Adjustment::IfNotPresent => {
                    let field = finding.site.holder().pull_policy_field();
                    return write!(
                        f,
                        " (a warning only, since {field} is to become IfNotPresent)"
                    );
                }
                Adjustment::Unpinned(_) => {}
            }
        }
        let reason = match leniency {
            Leniency::EphemeralContainer => "an ephemeral container is pulled once",
            Leniency::MirrorPod => "the kubelet runs this Pod anyway",
            Leniency::Owned => "a controller makes this object for its owner",
            Leniency::Unchanged => "this update leaves it as it was",
            Leniency::Template => "the Pods that come of it are judged",
            Leniency::Adjusted => "the policy changes it",
            Leniency::Verified => "drift.allowVerified accepts that",
        };
        write!(f, " (a warning only, since {reason})")
    }
}
