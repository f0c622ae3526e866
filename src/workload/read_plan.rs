//! The read plan: the row of a kind in the table, with the locations that the settings add.

use std::borrow::Cow;

use super::image_location::ImageLocation;
use super::kind::{Kind, RestartingField};
use super::listed::Listed;

/// An item of the setting `customResources`: more locations of images in objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CustomResource<'s> {
    group: Cow<'s, str>,
    kind: Cow<'s, str>,
    locations: Vec<ImageLocation<'s>>,
    restarts: Vec<RestartingField>,
}

impl<'s> CustomResource<'s> {
    pub(crate) const fn new(
        group: Cow<'s, str>,
        kind: Cow<'s, str>,
        locations: Vec<ImageLocation<'s>>,
        restarts: Vec<RestartingField>,
    ) -> Self {
        Self {
            group,
            kind,
            locations,
            restarts,
        }
    }
}

/// A plan for reading the objects of a kind.
#[derive(Clone)]
pub struct ReadPlan<'s> {
    kind: Kind<'s>,
    /// The environment variables and arguments that name images; `None` where none is listed.
    listed: Option<Listed<'s>>,
    custom_resources: &'s [CustomResource<'s>],
}

impl<'s> ReadPlan<'s> {
    /// The plan for a kind to which the settings add nothing.
    #[must_use]
    pub const fn of(kind: Kind<'s>) -> Self {
        Self::new(kind, None, &[])
    }

    pub(crate) const fn new(
        kind: Kind<'s>,
        listed: Option<Listed<'s>>,
        custom_resources: &'s [CustomResource<'s>],
    ) -> Self {
        Self {
            kind,
            listed,
            custom_resources,
        }
    }

    pub(crate) const fn kind(&self) -> &Kind<'s> {
        &self.kind
    }

    pub(super) const fn listed(&self) -> Option<Listed<'s>> {
        self.listed
    }

    /// The locations of the table and of the settings.
    pub(super) fn locations(&self) -> impl Iterator<Item = &ImageLocation<'s>> {
        self.kind.locations().chain(self.added_locations())
    }

    fn added_locations(&self) -> impl Iterator<Item = &ImageLocation<'s>> {
        self.of_kind().flat_map(|custom| &custom.locations)
    }

    /// The fields outside of pod templates whose change restarts the Pods.
    pub(crate) fn restarting_fields(&self) -> impl Iterator<Item = &RestartingField> {
        let known = self.kind.restarting_fields().iter();
        known.chain(self.of_kind().flat_map(|custom| &custom.restarts))
    }

    /// The items of the setting for this kind.
    fn of_kind(&self) -> impl Iterator<Item = &CustomResource<'s>> {
        let of_kind = |custom: &&CustomResource<'_>| self.kind.is(&custom.group, &custom.kind);
        self.custom_resources.iter().filter(of_kind)
    }

    /// Whether the settings add locations for this kind.
    pub(crate) fn has_added_locations(&self) -> bool {
        self.added_locations().next().is_some()
    }

    /// Whether the plan reads fields that `admission` does not keep by the kind alone.
    pub(crate) fn is_extended(&self) -> bool {
        self.listed.is_some() || self.has_added_locations()
    }
}
