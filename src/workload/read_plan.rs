//! How objects of a kind are read, by what is known of it and what the settings add.

use std::borrow::Cow;

use super::image_location::ImageLocation;
use super::kind::Kind;

/// Places in the objects of a kind that carry images, beyond those that are known: an item
/// of the setting `customResources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomResource<'s> {
    group: Cow<'s, str>,
    kind: Cow<'s, str>,
    locations: Vec<ImageLocation<'s>>,
}

impl<'s> CustomResource<'s> {
    pub(crate) const fn new(
        group: Cow<'s, str>,
        kind: Cow<'s, str>,
        locations: Vec<ImageLocation<'s>>,
    ) -> Self {
        Self {
            group,
            kind,
            locations,
        }
    }
}

/// How an object is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPlan<'s> {
    kind: Kind<'s>,
    variables: Variables,
    custom_resources: &'s [CustomResource<'s>],
}

/// Whether environment variables are read, each as if its value named an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variables {
    /// They are read.
    Read,
    /// They are skipped.
    Skipped,
}

impl<'s> ReadPlan<'s> {
    /// How objects of a kind are read where the settings add nothing.
    #[must_use]
    pub const fn of(kind: Kind<'s>) -> Self {
        Self::new(kind, Variables::Skipped, &[])
    }

    pub(crate) const fn new(
        kind: Kind<'s>,
        variables: Variables,
        custom_resources: &'s [CustomResource<'s>],
    ) -> Self {
        Self {
            kind,
            variables,
            custom_resources,
        }
    }

    pub(crate) const fn kind(&self) -> &Kind<'s> {
        &self.kind
    }

    pub(super) fn reads_variables(&self) -> bool {
        self.variables == Variables::Read
    }

    /// Every known location of images.
    pub(super) fn locations(&self) -> impl Iterator<Item = &ImageLocation<'s>> {
        let known: &[ImageLocation<'s>] = self.kind.locations();
        known.iter().chain(self.added_locations())
    }

    fn added_locations(&self) -> impl Iterator<Item = &ImageLocation<'s>> {
        let of_kind = |custom: &&CustomResource<'_>| self.kind.is(&custom.group, &custom.kind);
        let of_kind = self.custom_resources.iter().filter(of_kind);
        of_kind.flat_map(|custom| &custom.locations)
    }

    /// Whether the settings add locations to those that are known.
    pub(crate) fn has_added_locations(&self) -> bool {
        self.added_locations().next().is_some()
    }

    /// Whether more of an object is read than of any of its kind.
    pub(crate) fn is_extended(&self) -> bool {
        self.reads_variables() || self.has_added_locations()
    }
}
