//! The settings that say which images are findings.

use super::PULL_POLICIES;
use super::fields::Fields;
use super::tags::Tags;
use crate::image::PullPolicy;

/// The settings that say which images are findings, whatever an update does to them and whoever
/// sends them. Each image is judged by these, so that they are read for every request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    tags: Tags,
    /// `None` stands for `Always` alone.
    pull_policies: Option<Vec<PullPolicy>>,
    always_pull_images: bool,
}

impl Criteria {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        Self {
            tags: Tags::of(settings),
            pull_policies: settings.given_items("pullPolicies", |item| item.one_of(PULL_POLICIES)),
            always_pull_images: settings.boolean("alwaysPullImages"),
        }
    }

    #[must_use]
    pub const fn tags(&self) -> &Tags {
        &self.tags
    }

    /// Whether a mutable tag with this effective pull policy is a finding.
    #[must_use]
    pub fn considers(&self, policy: PullPolicy) -> bool {
        match &self.pull_policies {
            Some(policies) => policies.contains(&policy),
            None => policy == PullPolicy::Always,
        }
    }

    /// Whether the cluster overrides pull policies with `Always` (the admission plugin
    /// `AlwaysPullImages`).
    #[must_use]
    pub const fn always_pull_images(&self) -> bool {
        self.always_pull_images
    }
}
