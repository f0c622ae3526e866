//! Judges each image by itself: whether its tag can move, and whether its pull policy lets
//! the kubelet notice. Effects of an update are left to `weigh`.

use super::effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
use super::request::Request;
use crate::image::{
    ImageReference, Mutability, MutableReason, PullPolicy, ReferenceError, first_placeholder,
    is_blank,
};
use crate::settings::{InvalidSettings, LazySettings, PullPolicies};
use crate::workload::{Holder, ImageSite, Located, Provenance};

/// The reason why an image is a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The tag can move.
    Mutable(MutableReason),
    /// The text is not an image reference.
    Unparsable(ReferenceError),
    /// The text is blank or has a placeholder, and the object in which it is filled in is judged.
    Template,
    /// The text is blank or has a placeholder, and nothing will fill it in.
    NotFilledIn,
    /// The settings list a variable or an argument that names no image.
    NoImage(ListedIn),
}

/// The setting that lists the names of variables or arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedIn {
    ImageEnvVars,
    ImageArgs,
}

impl ListedIn {
    const fn of(holder: &Holder<'_>) -> Option<Self> {
        match holder {
            Holder::Variable { .. } => Some(Self::ImageEnvVars),
            Holder::Argument { .. } => Some(Self::ImageArgs),
            Holder::Container { .. } | Holder::Volume(_) | Holder::Field { .. } => None,
        }
    }

    /// The name of the setting.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImageEnvVars => "imageEnvVars",
            Self::ImageArgs => "imageArgs",
        }
    }
}

impl Cause {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mutable(reason) => reason.code(),
            Self::Unparsable(_) => "unparsable",
            Self::Template | Self::NotFilledIn => "template",
            Self::NoImage(_) => "no-image",
        }
    }
}

/// A site whose image is a finding, whatever the update does to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SiteFinding<'t> {
    /// The index of the site in the object.
    pub(super) position: usize,
    pub(super) site: &'t ImageSite<'t>,
    pub(super) cause: Cause,
    pub(super) pull_policy: EffectivePullPolicy,
    pub(super) is_fixed_by_tag: bool,
    pub(super) is_fixed_by_if_not_present: bool,
}

/// The reason why the images of an object are not judged.
pub(super) enum Unjudged {
    InvalidSettings(InvalidSettings),
    /// The object has more images than can be compared with the patterns of the settings.
    TooManyComparisons,
}

impl From<InvalidSettings> for Unjudged {
    fn from(invalid: InvalidSettings) -> Self {
        Self::InvalidSettings(invalid)
    }
}

/// The findings of an object, in the order of the sites, before any exemption.
pub(super) fn judge<'t>(
    located: &'t Located<'t>,
    request: &Request<'_>,
    settings: &LazySettings<'_>,
) -> Result<Vec<SiteFinding<'t>>, Unjudged> {
    let budget = settings.budget();
    let mut findings = Vec::new();
    for (position, site) in located.sites().iter().enumerate() {
        findings.extend(judge_site(position, site, request, settings)?);
        if budget.is_spent() {
            return Err(Unjudged::TooManyComparisons);
        }
    }
    Ok(findings)
}

fn judge_site<'t>(
    position: usize,
    site: &'t ImageSite<'t>,
    request: &Request<'_>,
    settings: &LazySettings<'_>,
) -> Result<Option<SiteFinding<'t>>, InvalidSettings> {
    if !request.can_change(site) {
        return Ok(None);
    }
    let pull_policies = settings.pull_policies();
    let reference = ImageReference::try_from(site.image());
    let pull_policy = EffectivePullPolicy::of(site.pull_policy(), &reference, pull_policies);
    let judged = match &reference {
        Err(error) => judge_text(*error, site, request, pull_policy, pull_policies),
        Ok(_) if !pull_policies.considers(pull_policy.policy) => None,
        Ok(reference) => match settings
            .tags()?
            .mutability_within(reference, settings.budget())
        {
            Mutability::Mutable(reason) => Some((Cause::Mutable(reason), pull_policy)),
            Mutability::Pinned | Mutability::Immutable(_) => None,
        },
    };
    let Some((cause, pull_policy)) = judged else {
        return Ok(None);
    };
    Ok(Some(SiteFinding {
        position,
        site,
        cause,
        pull_policy,
        is_fixed_by_tag: settings.tags()?.trusts_some_tags() && !is_fixed_by_digest_alone(&cause),
        is_fixed_by_if_not_present: is_declarable(site, pull_policy.origin)
            && !pull_policies.considers(PullPolicy::IfNotPresent),
    }))
}

/// Judges a text that is not an image reference: why it is a finding, and with which pull policy.
fn judge_text(
    error: ReferenceError,
    site: &ImageSite<'_>,
    request: &Request<'_>,
    pull_policy: EffectivePullPolicy,
    pull_policies: &PullPolicies,
) -> Option<(Cause, EffectivePullPolicy)> {
    let text = site.image();
    let listed_in = ListedIn::of(site.holder());
    if let Some(listed_in) = listed_in {
        if !pull_policies.considers(pull_policy.policy) {
            return None;
        }
        if text.is_empty() {
            return Some((Cause::NoImage(listed_in), pull_policy));
        }
    }
    if is_blank(text) {
        let cause = match request.can_hold_blank(site) {
            true => Cause::Template,
            false => Cause::NotFilledIn,
        };
        return Some((cause, pull_policy));
    }
    if first_placeholder(text).is_some() {
        // Only the kubelet knows the value of a listed variable or argument.
        if listed_in.is_none() && !request.kind.can_hold_placeholders() {
            return Some((Cause::NotFilledIn, pull_policy));
        }
        let worst_case = pull_policy.worst_case();
        let is_considered = pull_policies.considers(worst_case.policy);
        return is_considered.then_some((Cause::Template, worst_case));
    }
    let is_an_image = site.provenance() != Provenance::Searched;
    is_an_image.then_some((Cause::Unparsable(error), pull_policy))
}

/// Whether the object can declare another pull policy for the image, and the kubelet follows it.
fn is_declarable(site: &ImageSite<'_>, origin: PullPolicyOrigin) -> bool {
    match origin {
        PullPolicyOrigin::Declared => true,
        PullPolicyOrigin::Default | PullPolicyOrigin::Operator => {
            !site.pull_policy_field().is_empty()
        }
        PullPolicyOrigin::Cluster | PullPolicyOrigin::Assumed => false,
    }
}

/// Whether only a digest helps: the image is declared mutable, or its publisher rebuilds full
/// versions, which is what the message would ask for otherwise.
const fn is_fixed_by_digest_alone(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::Mutable(MutableReason::Declared | MutableReason::Rebuilt)
    )
}
