//! Words for one finding: where it is, what is wrong, and how to fix it.

use std::fmt;

use super::meaning::{DriftClause, FailureClause, Headline};
use crate::image::{
    MutableReason, PullPolicy, ReferenceError, ReferenceFix, first_placeholder, is_blank,
};
use crate::policy::effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
use crate::policy::evaluation::{Finding, NamedHolder};
use crate::policy::judge::Cause;
use crate::policy::outcome::Outcome;
use crate::policy::severity::{Severity, WarnReason};
use crate::policy::update_effect::{PodStart, Unchanged, UpdateEffect};
use crate::quoted::Quoted;

/// The maximum number of characters that a warning quotes, so that the path behind the quote is
/// not truncated.
const MAX_WARNING_QUOTE: usize = 100;
/// The maximum number of characters that are quoted of a placeholder, which can be a program.
const MAX_PLACEHOLDER_QUOTE: usize = 60;
/// The pull policy that fixes a finding, and its price.
const IF_NOT_PRESENT: &str = "IfNotPresent where a stale image will do";

/// Displays a finding as a sentence of the message.
pub(super) struct Sentence<'f>(pub(super) &'f Finding);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        write!(
            f,
            "{}{}: {}{}{}{}{}: {}{}",
            finding.path,
            HolderClause(&finding.holder),
            ImageClause(&finding.image),
            CauseClause(finding),
            PullClause(finding),
            DriftClause(finding),
            FailureClause(finding),
            FixClause(finding),
            WarnClause::of(finding),
        )
    }
}

/// Displays a finding as a warning.
pub(super) struct Warning<'f>(pub(super) &'f Finding);

impl fmt::Display for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        if let (Cause::NoImage(_), Some(NamedHolder { kind, name })) =
            (finding.cause, &finding.holder)
        {
            let name = Quoted::truncated(name, MAX_WARNING_QUOTE);
            let (path, cause) = (&finding.path, CauseClause(finding));
            return write!(f, "{kind} {name} ({path}) {cause}");
        }
        write!(
            f,
            "{}{} ({}){}{}{}{}",
            Quoted::truncated(&finding.image, MAX_WARNING_QUOTE),
            Headline(finding),
            finding.path,
            if Headline(finding).is_some() {
                ": it "
            } else {
                " "
            },
            CauseClause(finding),
            PullClause(finding),
            FailureClause(finding),
        )
    }
}

/// Displays the container or other object that names the image.
struct HolderClause<'h>(&'h Option<NamedHolder>);

impl fmt::Display for HolderClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(NamedHolder { kind, name }) => write!(f, " ({kind} {})", Quoted::new(name)),
            None => Ok(()),
        }
    }
}

/// Displays the image, and nothing where there is none.
struct ImageClause<'f>(&'f str);

impl fmt::Display for ImageClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => Ok(()),
            image => write!(f, "{} ", Quoted::new(image)),
        }
    }
}

/// Displays why the image is a finding.
struct CauseClause<'f>(&'f Finding);

impl CauseClause<'_> {
    fn write_placeholder(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let placeholder = first_placeholder(&self.0.image);
        let placeholder = placeholder.map(|text| Quoted::truncated(text, MAX_PLACEHOLDER_QUOTE));
        match (placeholder, self.0.cause == Cause::NotFilledIn) {
            (None, true) => f.write_str("is blank"),
            (None, false) => f.write_str("is blank until something fills it in"),
            (Some(placeholder), true) => {
                write!(
                    f,
                    "has the placeholder {placeholder}, which was not filled in"
                )
            }
            (Some(placeholder), false) => write!(
                f,
                "has the placeholder {placeholder}, so that nobody knows yet what it means"
            ),
        }
    }
}

impl fmt::Display for CauseClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match &self.0.cause {
            Cause::Unparsable(error) => return write!(f, "is no image reference, {error}"),
            Cause::Template | Cause::NotFilledIn => return self.write_placeholder(f),
            Cause::NoImage(listed_in) => {
                return write!(f, "names no image, though {} lists it", listed_in.as_str());
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
            MutableReason::Rebuilt => {
                "is an exact version, but its publisher rebuilds those in place"
            }
        })
    }
}

/// Displays when the image is pulled.
struct PullClause<'f>(&'f Finding);

impl fmt::Display for PullClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !matches!(self.0.cause, Cause::Mutable(_)) {
            return Ok(());
        }
        let EffectivePullPolicy { policy, origin } = self.0.pull_policy;
        let restart = match self.0.effect {
            UpdateEffect::Restarted(start)
                if self.0.severity != Severity::Warn(WarnReason::Adjusted) =>
            {
                Some(start)
            }
            _ => None,
        };
        match origin {
            PullPolicyOrigin::Assumed => {
                return f.write_str(", and the Pods that will use it may pull it at every start");
            }
            PullPolicyOrigin::Cluster if restart.is_none() => {
                return f.write_str(", and the cluster pulls every image at every start");
            }
            _ => {}
        }
        let field = &self.0.pull_policy_field;
        let effect = match policy {
            PullPolicy::Always if let Some(start) = restart => {
                f.write_str(match start {
                    PodStart::Now => ", and this update restarts the Pods, which pull it again",
                    PodStart::WhenResumed => {
                        ", and when the Deployment is resumed, it restarts the Pods, which pull it again"
                    }
                    PodStart::WhenDeleted => {
                        ", and when its Pods are deleted, they come back and pull it again"
                    }
                })?;
                return match self.0.drift {
                    None | Some(Err(_)) => f.write_str(", though it may no longer be what runs"),
                    Some(_) => Ok(()),
                };
            }
            PullPolicy::Always => "pulls it at every start",
            PullPolicy::IfNotPresent => "pulls it on every node that lacks it",
            PullPolicy::Never => "starts whatever the node has under that name",
        };
        match origin {
            PullPolicyOrigin::Operator => {
                write!(f, ", and the operator's default, {policy}, {effect}")
            }
            PullPolicyOrigin::Default if field.is_empty() => {
                write!(f, ", and Kubernetes' default, {policy}, {effect}")
            }
            PullPolicyOrigin::Default => write!(f, ", and {field} {policy} (the default) {effect}"),
            _ => write!(f, ", and {field} {policy} {effect}"),
        }
    }
}

/// Writes how to correct a text that is no image reference.
fn write_correction(error: ReferenceError, image: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.fix() {
        ReferenceFix::DropScheme => match image.split_once("://") {
            Some((_, reference)) if !reference.is_empty() => {
                write!(f, "write {}", Quoted::new(reference))
            }
            _ => f.write_str("correct the reference"),
        },
        ReferenceFix::QuoteTag => f.write_str("write the tag in quotes in the YAML"),
        ReferenceFix::LowerCase => f.write_str("write the repository in lower case"),
        ReferenceFix::Correct => f.write_str("correct the reference"),
    }
}

/// Displays the ways to fix the finding.
struct FixClause<'f>(&'f Finding);

impl fmt::Display for FixClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.cause {
            Cause::Mutable(_) => {}
            Cause::Unparsable(error) => return write_correction(error, &self.0.image, f),
            Cause::NotFilledIn if is_blank(&self.0.image) => return f.write_str("name an image"),
            Cause::NotFilledIn => return f.write_str("render the template first"),
            Cause::Template if is_blank(&self.0.image) => {
                return f.write_str("name an image, unless a trigger does");
            }
            Cause::Template => {
                return f.write_str("fill in a digest, or a tag that names one build");
            }
            Cause::NoImage(listed_in) => {
                let setting = listed_in.as_str();
                return write!(
                    f,
                    "write an image with a registry, a tag or a digest, or leave it out of {setting}"
                );
            }
        }
        let tag = "use a tag that names one build (a full version, a commit)";
        let field = &self.0.pull_policy_field;
        f.write_str("pin its digest (@sha256:…)")?;
        match (self.0.is_fixed_by_tag, self.0.is_fixed_by_if_not_present) {
            (false, false) => Ok(()),
            (true, false) => write!(f, " or {tag}"),
            (false, true) => write!(f, " or set {field} to {IF_NOT_PRESENT}"),
            (true, true) => write!(f, ", {tag}, or set {field} to {IF_NOT_PRESENT}"),
        }
    }
}

/// Displays why an error or a finding only warns.
pub(super) struct WarnClause<'f> {
    severity: Severity,
    finding: Option<&'f Finding>,
}

impl<'f> WarnClause<'f> {
    pub(super) const fn of_error(severity: Severity) -> Self {
        let finding = None;
        Self { severity, finding }
    }

    const fn of(finding: &'f Finding) -> Self {
        Self {
            severity: finding.severity,
            finding: Some(finding),
        }
    }
}

impl fmt::Display for WarnClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Severity::Warn(reason) = self.severity else {
            return Ok(());
        };
        if let Some(finding) = self.finding
            && let Some(outcome) = &finding.outcome
        {
            match outcome {
                Outcome::Pinned(digest) => {
                    return write!(f, " (a warning only, since it is to be pinned to {digest})");
                }
                Outcome::IfNotPresent => {
                    let field = &finding.pull_policy_field;
                    return write!(
                        f,
                        " (a warning only, since {field} is to become IfNotPresent)"
                    );
                }
                Outcome::NotPinned(_) => {}
            }
        }
        let reason = match reason {
            WarnReason::EphemeralContainer => "an ephemeral container is pulled once",
            WarnReason::MirrorPod => "the kubelet runs this Pod anyway",
            WarnReason::Owned => "a controller makes this object for its owner",
            WarnReason::Unchanged(Unchanged::LeftAlone) => "this update leaves it as it was",
            WarnReason::Unchanged(Unchanged::ThereBefore) => "it was there before",
            WarnReason::Unchanged(Unchanged::Suspended) => {
                "it was there before; when the Job is resumed, its Pods start and pull it again"
            }
            WarnReason::Template
                if self.finding.is_some_and(|finding| is_blank(&finding.image)) =>
            {
                "the update that fills it in is judged"
            }
            WarnReason::Template | WarnReason::NoImage => "the Pods that come of it are judged",
            WarnReason::Adjusted => "the policy changes it",
            WarnReason::Verified => "drift.allowVerified accepts that",
        };
        write!(f, " (a warning only, since {reason})")
    }
}
