//! The locations of images in objects of a kind. The table of kinds has some, and the setting
//! `customResources` adds others.

use super::path_pattern::PathPattern;

/// A location of images in the objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageLocation<'s> {
    path: PathPattern<'s>,
    holds: Holds<'s>,
    /// The field that tells the items of each list on the path apart; `name` where none is given.
    item_keys: &'static [&'static str],
}

/// The field that tells the items of most lists apart.
pub(super) const NAME: &str = "name";

/// The content of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'s> {
    PodSpec(PodSpecForm),
    Container,
    /// An image, with the path of its pull policy. Without that path, another object decides how
    /// the image is pulled.
    Image(Option<PathPattern<'s>>),
}

/// The completeness that a PodSpec must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PodSpecForm {
    /// Containers are required, as the API server requires them.
    Complete,
    /// No field is required, since a controller fills in missing ones.
    Partial,
    /// No field is required, and any other value is fine too: the author of the object decides
    /// what the field holds.
    Foreign,
}

impl ImageLocation<'static> {
    pub(super) const fn known_pod_spec(path: &'static str, form: PodSpecForm) -> Self {
        Self::new(PathPattern::known(path), Holds::PodSpec(form))
    }

    pub(super) const fn known_image(path: &'static str, pull_policy: &'static str) -> Self {
        let pull_policy = Some(PathPattern::known(pull_policy));
        Self::new(PathPattern::known(path), Holds::Image(pull_policy))
    }

    /// An image whose pull policy another object decides.
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

    /// A PodSpec without required fields.
    pub(crate) const fn of_pod_spec(path: PathPattern<'s>) -> Self {
        Self::new(path, Holds::PodSpec(PodSpecForm::Partial))
    }

    pub(crate) const fn of_container(path: PathPattern<'s>) -> Self {
        Self::new(path, Holds::Container)
    }

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

    /// Whether values of other types on the path are no errors.
    pub(super) fn is_foreign(&self) -> bool {
        self.holds == Holds::PodSpec(PodSpecForm::Foreign)
    }
}
