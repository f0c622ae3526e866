//! One finding: a site whose image can change under its name, and is pulled in a
//! way that lets it.

use super::drift::Drift;
use super::effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
use super::host::LookupError;
use super::outcome::Outcome;
use super::severity::{Circumstances, Severity, WarnReason};
use super::update_effect::UpdateEffect;
use crate::image::{
    ImageReference, Mutability, MutableReason, PullPolicy, ReferenceError, holds_placeholder,
};
use crate::workload::{Basis, Holder, ImageSite};

/// What is wrong with an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its tag can move.
    Mutable(MutableReason),
    /// It is no reference.
    Unparsable(ReferenceError),
    /// It holds a placeholder: what it will be is not known yet.
    Template,
}

impl Cause {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mutable(reason) => reason.code(),
            Self::Unparsable(_) => "unparsable",
            Self::Template => "template",
        }
    }
}

/// A site whose reference is mutable and whose effective pull policy is one of
/// those that the settings consider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SiteFinding<'r> {
    /// Which of the object's sites it is.
    pub(super) position: usize,
    pub(super) site: &'r ImageSite<'r>,
    pub(super) cause: Cause,
    pub(super) pull_policy: EffectivePullPolicy,
    pub(super) severity: Severity,
    pub(super) effect: UpdateEffect,
    /// Whether another tag could mend it.
    pub(super) is_mended_by_tag: bool,
    /// Whether `IfNotPresent` would mend it.
    pub(super) is_mended_by_if_not_present: bool,
    /// Whether its tag still means what runs, if that was asked.
    pub(super) drift: Option<Result<Drift, LookupError>>,
    /// What is done about it, if anything was to be.
    pub(super) outcome: Option<Outcome>,
}

impl<'r> SiteFinding<'r> {
    /// Judges one site.
    pub(super) fn at(
        position: usize,
        site: &'r ImageSite<'r>,
        effect: UpdateEffect,
        circumstances: &Circumstances<'_>,
    ) -> Option<Self> {
        let settings = circumstances.settings;
        let is_variable = matches!(site.holder(), Holder::Variable { .. });
        if let Holder::Variable { name, .. } = site.holder()
            && !settings.is_image_env_var(name)
        {
            return None;
        }
        let reference = ImageReference::try_from(site.image());
        let mut pull_policy = EffectivePullPolicy::of(site.pull_policy(), &reference, settings);
        let cause = match &reference {
            Err(_) if is_variable => return None,
            Err(_) if circumstances.can_hold_placeholders && holds_placeholder(site.image()) => {
                pull_policy = pull_policy.of_any_tag();
                if !settings.considers(pull_policy.policy) {
                    return None;
                }
                Cause::Template
            }
            Err(_) if site.basis() == Basis::Looks => return None,
            Err(error) => Cause::Unparsable(*error),
            Ok(_) if !settings.considers(pull_policy.policy) => return None,
            Ok(reference) => match settings.tags().mutability(reference) {
                Mutability::Mutable(reason) => Cause::Mutable(reason),
                Mutability::Pinned | Mutability::Immutable(_) => return None,
            },
        };
        let severity = circumstances.severity(site.holder(), effect)?;
        let severity = match cause {
            Cause::Template => Severity::Warn(WarnReason::Template),
            Cause::Mutable(_) | Cause::Unparsable(_) => severity,
        };
        let container = site.holder().container_name();
        if settings.exempts(reference.as_ref().ok(), circumstances.namespace, container) {
            return None;
        }
        let is_declarable = matches!(
            pull_policy.origin,
            PullPolicyOrigin::Declared | PullPolicyOrigin::Default
        );
        Some(Self {
            position,
            site,
            cause,
            pull_policy,
            severity,
            effect,
            is_mended_by_tag: settings.tags().trusts_some_tags()
                && cause != Cause::Mutable(MutableReason::Declared),
            is_mended_by_if_not_present: is_declarable
                && !settings.considers(PullPolicy::IfNotPresent),
            drift: None,
            outcome: None,
        })
    }

    /// Whether another finding says the same of the same image, and the same mends it.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        self.site.path() == other.site.path()
            && self.site.image() == other.site.image()
            && self.severity == other.severity
            && self.pull_policy.policy == other.pull_policy.policy
            && self.is_mended_by_if_not_present == other.is_mended_by_if_not_present
            && (!self.is_mended_by_if_not_present
                || self.site.shares_its_pull_policy_with(other.site))
    }
}
