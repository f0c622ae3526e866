//! The settings `pullPolicies` and `alwaysPullImages`.

use super::PULL_POLICIES;
use super::error::SettingsErrorKind;
use super::fields::Fields;
use crate::image::PullPolicy;

/// The pull policies with which a mutable tag is a finding, and whether the cluster overrides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PullPolicies {
    /// `None` stands for `Always` alone.
    considered: Option<Vec<PullPolicy>>,
    always_pull_images: bool,
}

impl PullPolicies {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        let policies = Self {
            considered: settings.given_items("pullPolicies", |item| item.one_of(PULL_POLICIES)),
            always_pull_images: settings.boolean("alwaysPullImages"),
        };
        if policies.always_pull_images && !policies.considers(PullPolicy::Always) {
            settings.report(
                "alwaysPullImages",
                SettingsErrorKind::Contradiction,
                "contradicts pullPolicies, which leaves Always out: nothing would be found",
            );
        }
        policies
    }

    /// Whether a mutable tag with this effective pull policy is a finding.
    #[must_use]
    pub fn considers(&self, policy: PullPolicy) -> bool {
        match &self.considered {
            Some(policies) => policies.contains(&policy),
            None => policy == PullPolicy::Always,
        }
    }

    /// Whether the cluster overrides pull policies with `Always` (the admission plugin
    /// `AlwaysPullImages`).
    pub(crate) const fn always_pull_images(&self) -> bool {
        self.always_pull_images
    }
}
