//! What the kubelet will do to get an image, whatever its Pod declares.

use crate::image::{ImageReference, PullPolicy, ReferenceError};
use crate::settings::Settings;
use crate::workload::{DeclaredPullPolicy, ImageSite};

/// Where an effective pull policy comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullPolicyOrigin {
    /// The object declares it.
    Declared,
    /// Kubernetes fills it in.
    Default,
    /// The cluster overrides what is declared.
    Cluster,
    /// Other Pods will decide: the worst is assumed.
    Assumed,
}

/// What the kubelet will do to get an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectivePullPolicy {
    /// The pull policy.
    pub policy: PullPolicy,
    /// Where it comes from.
    pub origin: PullPolicyOrigin,
}

impl EffectivePullPolicy {
    /// What the kubelet will do for a site.
    pub(super) fn at(site: &ImageSite<'_>, settings: &Settings) -> Self {
        let reference = ImageReference::try_from(site.image());
        Self::of(site.pull_policy(), &reference, settings)
    }

    /// The worst that it can be where it is not known yet which tag decides.
    pub(super) const fn worst_case(self) -> Self {
        match self.origin {
            PullPolicyOrigin::Default => Self {
                policy: PullPolicy::Always,
                origin: PullPolicyOrigin::Assumed,
            },
            _ => self,
        }
    }

    pub(super) fn of(
        declared: DeclaredPullPolicy,
        reference: &Result<ImageReference<'_>, ReferenceError>,
        settings: &Settings,
    ) -> Self {
        let (policy, origin) = match declared {
            DeclaredPullPolicy::Elsewhere => (PullPolicy::Always, PullPolicyOrigin::Assumed),
            _ if settings.always_pull_images() => (PullPolicy::Always, PullPolicyOrigin::Cluster),
            DeclaredPullPolicy::Declared(policy) => (policy, PullPolicyOrigin::Declared),
            DeclaredPullPolicy::Absent => (
                PullPolicy::default_for(reference),
                PullPolicyOrigin::Default,
            ),
        };
        Self { policy, origin }
    }
}
