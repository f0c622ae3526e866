//! How objects of a kind are read, by what is known of it and what the settings add.

use std::borrow::Cow;

use super::Scope;
use super::kind::Kind;
use super::place::Place;

/// Places in the objects of a kind that carry images, beyond those that are known:
/// an item of the setting `customResources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomResource<'s> {
    group: Cow<'s, str>,
    kind: Cow<'s, str>,
    places: Vec<Place<'s>>,
}

impl<'s> CustomResource<'s> {
    /// Adds places to a kind of an API group.
    pub(crate) const fn new(
        group: Cow<'s, str>,
        kind: Cow<'s, str>,
        places: Vec<Place<'s>>,
    ) -> Self {
        Self {
            group,
            kind,
            places,
        }
    }
}

/// What the settings ask for beyond what is read of every object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demands<'s> {
    /// How much of a container is read.
    pub(crate) scope: Scope,
    /// Which places are added to which kinds.
    pub(crate) custom_resources: &'s [CustomResource<'s>],
}

impl<'s> Demands<'s> {
    /// The places that are added to a kind.
    fn places_of(self, kind: &Kind<'_>) -> impl Iterator<Item = &'s Place<'s>> {
        self.custom_resources
            .iter()
            .filter(|custom| kind.is(&custom.group, &custom.kind))
            .flat_map(|custom| &custom.places)
    }

    /// Whether places are added to a kind.
    pub(crate) fn add_places_to(self, kind: &Kind<'_>) -> bool {
        self.places_of(kind).next().is_some()
    }
}

/// How an object is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout<'s> {
    kind: Kind<'s>,
    demands: Demands<'s>,
}

impl<'s> Layout<'s> {
    /// How objects of a kind are read to meet the settings' demands.
    #[must_use]
    pub const fn new(kind: Kind<'s>, demands: Demands<'s>) -> Self {
        Self { kind, demands }
    }

    /// The objects' kind.
    pub(crate) const fn kind(&self) -> &Kind<'s> {
        &self.kind
    }

    pub(super) const fn scope(&self) -> Scope {
        self.demands.scope
    }

    /// Every place that carries images, as far as that is known.
    pub(super) fn places(&self) -> impl Iterator<Item = &'s Place<'s>> {
        let known: &'s [Place<'s>] = self.kind.places();
        known.iter().chain(self.demands.places_of(&self.kind))
    }

    /// Whether places are added to those that are known.
    pub(crate) fn has_added_places(&self) -> bool {
        self.demands.add_places_to(&self.kind)
    }
}
