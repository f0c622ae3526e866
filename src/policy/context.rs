//! What an object is judged by, beside what it holds.

use super::host::Host;
use super::request::{Operation, Request, Subresource};
use crate::settings::{Adjust, DriftCheck, Settings};
use crate::workload::{ContainerType, ImageSite, Located, ReadPlan, UpdateRule};

/// A request, with what it is judged by.
pub(super) struct Context<'c> {
    pub(super) request: &'c Request<'c>,
    pub(super) settings: &'c Settings,
    pub(super) plan: ReadPlan<'c>,
    pub(super) host: &'c dyn Host,
}

impl<'c> Context<'c> {
    pub(super) fn new(
        request: &'c Request<'c>,
        settings: &'c Settings,
        host: &'c dyn Host,
    ) -> Self {
        Self {
            request,
            settings,
            plan: settings.read_plan(request.kind.clone()),
            host,
        }
    }

    pub(super) fn namespace(&self) -> Option<&str> {
        self.request.namespace.as_deref()
    }

    /// Whether findings and errors need the whole object: to compare it, to edit it, or to
    /// find out what runs.
    pub(super) fn needs_whole_object(&self) -> bool {
        self.request.operation == Operation::Update
            || self.settings.adjust() != Adjust::Nothing
            || self.settings.drift() != DriftCheck::Unchecked
    }

    pub(super) fn can_hold_placeholders(&self) -> bool {
        self.request.kind.can_hold_placeholders()
    }

    /// Whether the request can change an image: through `pods/ephemeralcontainers` only those
    /// of ephemeral containers.
    pub(super) fn can_change(&self, site: &ImageSite<'_>) -> bool {
        self.request.subresource != Subresource::EphemeralContainers
            || site.holder().container_type() == Some(ContainerType::EphemeralContainer)
    }

    /// What is done to the object about its findings. Nothing where a controller, who made
    /// it, would change it back; nor where nothing of it can change any more.
    pub(super) fn adjust(&self, located: &Located<'_>) -> Adjust {
        let is_immutable = self.request.operation == Operation::Update
            && self.request.kind.update_rule() != UpdateRule::RestartsTemplate;
        if is_immutable || located.has_controller() || !located.errors().is_empty() {
            Adjust::Nothing
        } else {
            self.settings.adjust()
        }
    }
}
