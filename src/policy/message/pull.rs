//! Words for when an image is pulled, or how the object was changed so that it is not.

use std::fmt;

use super::number::Number;
use super::shortened::without_middle;
use crate::image::PullPolicy;
use crate::policy::effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
use crate::policy::evaluation::Finding;
use crate::policy::judge::Cause;
use crate::policy::outcome::Outcome;
use crate::policy::severity::{Severity, WarnReason};
use crate::policy::update_effect::{PodStart, UpdateEffect};

/// The maximum length of the field of a pull policy, in bytes. The settings can declare a path.
pub(super) const MAX_FIELD: usize = 120;

/// Displays when the images of one or more findings are pulled, as a clause of its own.
pub(super) struct PullClause<'f> {
    finding: &'f Finding,
    number: Number,
}

impl<'f> PullClause<'f> {
    /// `None` where it does not matter how the image is pulled.
    pub(super) fn of(finding: &'f Finding, number: Number) -> Option<Self> {
        matches!(finding.cause, Cause::Mutable(_)).then_some(Self { finding, number })
    }

    /// The words that join the clause to the one about the image.
    pub(super) const fn conjunction(&self) -> &'static str {
        match is_adjusted(self.finding) {
            true => ", so ",
            false => ", and ",
        }
    }
}

/// Whether the policy fixes the finding in the object, or would.
pub(super) const fn is_adjusted(finding: &Finding) -> bool {
    matches!(
        finding.severity,
        Severity::Warn(WarnReason::Adjusted | WarnReason::Adjustable)
    )
}

impl fmt::Display for PullClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            pull_policy: EffectivePullPolicy { policy, origin },
            pull_policy_field: field,
            outcome,
            effect,
            severity,
            drift,
            ..
        } = self.finding;
        let it = self.number.it();
        let field = without_middle(field, MAX_FIELD);
        if is_adjusted(self.finding) {
            let is_done = *severity == Severity::Warn(WarnReason::Adjusted);
            return match outcome {
                Some(Outcome::Pinned(digest)) => {
                    let pins = if is_done { "pins" } else { "would pin" };
                    write!(f, "the policy {pins} {it} to {digest}")
                }
                _ => {
                    let sets = if is_done { "sets" } else { "would set" };
                    write!(f, "the policy {sets} {field} to IfNotPresent")
                }
            };
        }
        if let (PullPolicy::Always, UpdateEffect::Restarted(start)) = (policy, effect) {
            match start {
                PodStart::Now => write!(f, "this update restarts the Pods, which pull {it} again")?,
                PodStart::WhenResumed => write!(
                    f,
                    "when the Deployment is resumed, it restarts the Pods, which pull {it} again"
                )?,
                PodStart::WhenDeleted => write!(
                    f,
                    "when its Pods are deleted, they come back and pull {it} again"
                )?,
            }
            return match (drift, self.number) {
                (Some(Ok(_)), _) => Ok(()),
                (_, Number::One) => f.write_str(", and may get a different image"),
                (_, Number::Many) => f.write_str(", and may get different images"),
            };
        }
        match origin {
            PullPolicyOrigin::Assumed => {
                return write!(
                    f,
                    "the Pods that will use {it} may pull {it} at every start"
                );
            }
            PullPolicyOrigin::Cluster => {
                return f.write_str("the cluster pulls every image at every start");
            }
            PullPolicyOrigin::Operator => write!(f, "the operator's default {policy} ")?,
            PullPolicyOrigin::Default if field.is_empty() => {
                write!(f, "Kubernetes' default {policy} ")?;
            }
            PullPolicyOrigin::Default => write!(f, "{field} {policy} (the default) ")?,
            PullPolicyOrigin::Declared => write!(f, "{field} {policy} ")?,
        }
        match (policy, self.number) {
            (PullPolicy::Always, _) => write!(f, "pulls {it} at every start"),
            (PullPolicy::IfNotPresent, Number::One) => {
                f.write_str("pulls it on every node that lacks it")
            }
            (PullPolicy::IfNotPresent, Number::Many) => {
                f.write_str("pulls them on every node that lacks them")
            }
            (PullPolicy::Never, Number::One) => {
                f.write_str("starts whatever the node has under that name")
            }
            (PullPolicy::Never, Number::Many) => {
                f.write_str("starts whatever the node has under these names")
            }
        }
    }
}
