//! The PodSpec: which of its fields hold images.

use super::Scope;
use super::container::ContainerView;
use super::reader::{GaveUp, Known, Presence, Value, View};
use super::site::Section;
use super::volume::VolumeView;

pub(super) struct PodSpecView {
    scope: Scope,
    has_containers: bool,
}

impl PodSpecView {
    pub(super) const fn new(scope: Scope) -> Self {
        Self {
            scope,
            has_containers: false,
        }
    }

    /// Whether there is a list of containers, be it empty.
    pub(super) const fn has_containers(&self) -> bool {
        self.has_containers
    }
}

impl<'de> View<'de> for PodSpecView {
    fn known(&self, key: &str) -> Option<Known> {
        const FIELDS: [&str; 4] = [
            "containers",
            "ephemeralContainers",
            "initContainers",
            "volumes",
        ];
        Known::among(key, &FIELDS)
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        let section = match name {
            "containers" => Section::Containers,
            "ephemeralContainers" => Section::EphemeralContainers,
            "initContainers" => Section::InitContainers,
            _ => {
                value.items(VolumeView::default)?;
                return Ok(());
            }
        };
        let presence = value.items(|| ContainerView::new(section, self.scope))?;
        self.has_containers |= section == Section::Containers && presence == Presence::Present;
        Ok(())
    }
}
