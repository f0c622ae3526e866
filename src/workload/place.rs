//! Where objects of a kind carry images: the rows of the table of kinds, and those
//! that `customResources` adds to it.

use super::path_pattern::PathPattern;

/// One place in an object that carries images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place<'s> {
    path: PathPattern<'s>,
    holds: Holds<'s>,
    /// The field that tells apart items of the innermost list on the way.
    item_name: &'static str,
}

/// What tells items of most lists apart.
pub(super) const NAME: &str = "name";

/// What stands in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'s> {
    /// A PodSpec.
    PodSpec(PodSpecForm),
    /// A container.
    Container,
    /// An image, and where its pull policy stands. Without such a place something
    /// else decides how it is pulled.
    Image(Option<PathPattern<'s>>),
}

/// What a PodSpec needs to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PodSpecForm {
    /// Containers: the API server would refuse it without.
    Complete,
    /// Nothing: what is missing is filled in by a controller.
    Partial,
    /// Nothing, and something else can stand in its place: the field belongs to
    /// whoever writes the object.
    Foreign,
}

impl Place<'static> {
    /// A place of a PodSpec of this form, in the table of kinds.
    pub(super) const fn known_pod_spec(path: &'static str, form: PodSpecForm) -> Self {
        Self {
            path: PathPattern::known(path),
            holds: Holds::PodSpec(form),
            item_name: NAME,
        }
    }

    /// A place of an image whose pull policy stands at another one, in that table.
    pub(super) const fn known_image(path: &'static str, pull_policy: &'static str) -> Self {
        Self::of_image(
            PathPattern::known(path),
            Some(PathPattern::known(pull_policy)),
        )
    }

    /// A place of an image whose pull policy stands nowhere, in items that the field
    /// `item_name` tells apart, in that table.
    pub(super) const fn known_image_alone(path: &'static str, item_name: &'static str) -> Self {
        Self {
            path: PathPattern::known(path),
            holds: Holds::Image(None),
            item_name,
        }
    }
}

impl<'s> Place<'s> {
    /// A place of a PodSpec, in which nothing is needed.
    pub(crate) const fn of_pod_spec(path: PathPattern<'s>) -> Self {
        Self {
            path,
            holds: Holds::PodSpec(PodSpecForm::Partial),
            item_name: NAME,
        }
    }

    /// A place of a container.
    pub(crate) const fn of_container(path: PathPattern<'s>) -> Self {
        Self {
            path,
            holds: Holds::Container,
            item_name: NAME,
        }
    }

    /// A place of an image, and that of its pull policy.
    pub(crate) const fn of_image(
        path: PathPattern<'s>,
        pull_policy: Option<PathPattern<'s>>,
    ) -> Self {
        Self {
            path,
            holds: Holds::Image(pull_policy),
            item_name: NAME,
        }
    }

    pub(super) const fn path(&self) -> &PathPattern<'s> {
        &self.path
    }

    pub(super) const fn item_name(&self) -> &'static str {
        self.item_name
    }

    pub(super) const fn holds(&self) -> &Holds<'s> {
        &self.holds
    }
}
