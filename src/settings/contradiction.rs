//! Settings that are valid alone, but contradict each other.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::{Adjust, Settings};
use crate::image::PullPolicy;

impl Settings {
    /// Reports every setting that has no effect because of another one.
    pub(super) fn report_contradictions(&self, fields: &Fields<'_, '_>) {
        let pull_policies = &self.pull_policies;
        let found_again = match self.adjust {
            Adjust::Nothing | Adjust::Pin => None,
            Adjust::IfNotPresent if pull_policies.always_pull_images() => Some("alwaysPullImages"),
            Adjust::IfNotPresent => pull_policies
                .considers(PullPolicy::IfNotPresent)
                .then_some("pullPolicies"),
        };
        if let Some(field) = found_again {
            fields.report(
                "adjust",
                SettingsErrorKind::Contradiction,
                format_args!("contradicts {field}: what is adjusted would be found again"),
            );
        }
        if self.asks_registries() && self.registries.is_none() {
            fields.report(
                "registries",
                SettingsErrorKind::Missing,
                "is missing: adjust pin and drift.check ask the registries that it lists, and no other",
            );
        }
    }
}
