//! Where objects of a kind carry images: the rows of the table of kinds, and those that
//! `customResources` adds to it.

use super::path_pattern::PathPattern;

/// A place in the objects of a kind that carries images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageLocation<'s> {
    path: PathPattern<'s>,
    holds: Holds<'s>,
    /// For each list on the way, the field that tells its items apart: `name` where none is
    /// given.
    item_keys: &'static [&'static str],
}

/// The field that tells the items of most lists apart.
pub(super) const NAME: &str = "name";

/// What stands in a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'s> {
    PodSpec(PodSpecForm),
    Container,
    /// An image, and where its pull policy stands. Without such a place something else
    /// decides how it is pulled.
    Image(Option<PathPattern<'s>>),
}

/// What a PodSpec needs to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PodSpecForm {
    /// Containers: the API server would refuse it without.
    Complete,
    /// Nothing: a controller fills in what is missing.
    Partial,
    /// Nothing, and something else can stand in its place: the field belongs to whoever
    /// writes the object.
    Foreign,
}

impl ImageLocation<'static> {
    /// A PodSpec of this form, in the table of kinds.
    pub(super) const fn known_pod_spec(path: &'static str, form: PodSpecForm) -> Self {
        Self::new(PathPattern::known(path), Holds::PodSpec(form))
    }

    /// An image with its pull policy, in the table of kinds.
    pub(super) const fn known_image(path: &'static str, pull_policy: &'static str) -> Self {
        let pull_policy = Some(PathPattern::known(pull_policy));
        Self::new(PathPattern::known(path), Holds::Image(pull_policy))
    }

    /// An image whose pull policy stands nowhere, in the table of kinds.
    pub(super) const fn known_image_without_pull_policy(
        path: &'static str,
        item_keys: &'static [&'static str],
    ) -> Self {
        Self {
            path: PathPattern::known(path),
            holds: Holds::Image(None),
            item_keys,
        }
    }
}

impl<'s> ImageLocation<'s> {
    const fn new(path: PathPattern<'s>, holds: Holds<'s>) -> Self {
        Self {
            path,
            holds,
            item_keys: &[],
        }
    }

    /// A PodSpec in which nothing is needed.
    pub(crate) const fn of_pod_spec(path: PathPattern<'s>) -> Self {
        Self::new(path, Holds::PodSpec(PodSpecForm::Partial))
    }

    /// A container.
    pub(crate) const fn of_container(path: PathPattern<'s>) -> Self {
        Self::new(path, Holds::Container)
    }

    /// An image, and where its pull policy stands.
    pub(crate) const fn of_image(
        path: PathPattern<'s>,
        pull_policy: Option<PathPattern<'s>>,
    ) -> Self {
        Self::new(path, Holds::Image(pull_policy))
    }

    pub(super) const fn path(&self) -> &PathPattern<'s> {
        &self.path
    }

    pub(super) const fn item_keys(&self) -> &'static [&'static str] {
        self.item_keys
    }

    pub(super) const fn holds(&self) -> &Holds<'s> {
        &self.holds
    }

    /// Whether something else can stand on the way to it.
    pub(super) fn is_foreign(&self) -> bool {
        self.holds == Holds::PodSpec(PodSpecForm::Foreign)
    }
}
