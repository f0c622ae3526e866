//! The pull policy that the kubelet will follow, whatever the Pod declares.

use crate::image::{ImageReference, PullPolicy, ReferenceError};
use crate::settings::PullPolicies;
use crate::workload::{DeclaredPullPolicy, ImageSite};

/// The source of an effective pull policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullPolicyOrigin {
    /// The object declares the policy.
    Declared,
    /// Kubernetes fills in its default.
    Default,
    /// The operator has a default of its own.
    Operator,
    /// The cluster overrides the declared policy with `Always` (`AlwaysPullImages`).
    Cluster,
    /// Another object will decide, so the worst is assumed.
    Assumed,
}

/// The pull policy that the kubelet will follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectivePullPolicy {
    pub policy: PullPolicy,
    pub origin: PullPolicyOrigin,
}

impl EffectivePullPolicy {
    pub(super) fn at(site: &ImageSite<'_>, pull_policies: &PullPolicies) -> Self {
        let reference = ImageReference::try_from(site.image());
        Self::of(site.pull_policy(), &reference, pull_policies)
    }

    /// The worst case where a placeholder hides the tag: the default depends on the tag.
    pub(super) const fn worst_case(self) -> Self {
        match self.origin {
            PullPolicyOrigin::Default => Self {
                policy: PullPolicy::Always,
                origin: PullPolicyOrigin::Assumed,
            },
            _ => self,
        }
    }

    /// The pull policy of an image for which this one is declared.
    #[must_use]
    pub fn of(
        declared: DeclaredPullPolicy,
        reference: &Result<ImageReference<'_>, ReferenceError>,
        pull_policies: &PullPolicies,
    ) -> Self {
        let (policy, origin) = match declared {
            DeclaredPullPolicy::Elsewhere => (PullPolicy::Always, PullPolicyOrigin::Assumed),
            _ if pull_policies.always_pull_images() => {
                (PullPolicy::Always, PullPolicyOrigin::Cluster)
            }
            DeclaredPullPolicy::Declared(policy) => (policy, PullPolicyOrigin::Declared),
            DeclaredPullPolicy::Operator(policy) => (policy, PullPolicyOrigin::Operator),
            DeclaredPullPolicy::Absent => (
                PullPolicy::default_for(reference),
                PullPolicyOrigin::Default,
            ),
        };
        Self { policy, origin }
    }
}
