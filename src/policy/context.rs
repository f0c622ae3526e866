//! The context in which an object is judged: request, settings, read plan and host.

use super::host::Host;
use super::request::{Operation, Request};
use crate::budget::Budget;
use crate::settings::{Adjust, DriftCheck, InvalidSettings, LazySettings, Settings};
use crate::workload::{Located, ReadPlan, UpdateRule};

/// A request, and everything by which its object is judged.
pub(super) struct Context<'c> {
    pub(super) request: &'c Request<'c>,
    /// All settings, which are those of `lazy_settings`.
    pub(super) settings: &'c Settings,
    pub(super) lazy_settings: &'c LazySettings<'c>,
    pub(super) plan: ReadPlan<'c>,
    pub(super) host: &'c dyn Host,
}

impl<'c> Context<'c> {
    pub(super) fn new(
        request: &'c Request<'c>,
        lazy_settings: &'c LazySettings<'c>,
        host: &'c dyn Host,
    ) -> Result<Self, InvalidSettings> {
        let settings = lazy_settings.whole()?;
        Ok(Self {
            request,
            settings,
            lazy_settings,
            plan: lazy_settings.read_plan(request.kind.clone()),
            host,
        })
    }

    /// The steps that are left for comparing with the patterns of the settings.
    pub(super) const fn budget(&self) -> &Budget {
        self.lazy_settings.budget()
    }

    pub(super) fn namespace(&self) -> Option<&str> {
        self.request.namespace.as_deref()
    }

    /// Whether a finding or error needs the whole object. Comparing, editing and the drift check
    /// read fields that the screen leaves out.
    pub(super) fn needs_whole_object(&self) -> bool {
        self.request.operation == Operation::Update || self.acts_on_findings()
    }

    /// Whether the settings adjust findings, or look up their digests.
    pub(super) fn acts_on_findings(&self) -> bool {
        self.settings.adjust() != Adjust::Nothing || self.settings.drift() != DriftCheck::Unchecked
    }

    /// The adjustment for this object. An object with a controller is left alone, since the
    /// controller would revert the edit. An updated Pod or Job is left alone too, since
    /// Kubernetes refuses most changes of its spec. An object with errors is not understood well
    /// enough.
    pub(super) fn adjust(&self, located: &Located<'_>) -> Adjust {
        let is_immutable = self.request.operation == Operation::Update
            && matches!(
                self.request.kind.update_rule(),
                UpdateRule::Pod | UpdateRule::Job
            );
        if is_immutable || located.has_controller() || !located.errors().is_empty() {
            Adjust::Nothing
        } else {
            self.settings.adjust()
        }
    }
}
