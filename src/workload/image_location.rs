//! The locations of images in objects of a kind. The table of kinds has some, and the setting
//! `customResources` adds others.

use std::borrow::Cow;

use super::path_pattern::PathPattern;
use crate::image::PullPolicy;

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
    Image(ImageFields<'s>),
    /// The text of a JSON patch for the Pods.
    PodPatch,
}

/// The fields that say which image stands at a location, and how it is pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageFields<'s> {
    pub(crate) pull_policy: Option<PathPattern<'s>>,
    pub(crate) default_pull_policy: DefaultPullPolicy,
    /// The part of the reference that the field at the location holds.
    pub(crate) own_part: Part,
    /// The fields that hold the other parts. Without any, the location holds the whole reference.
    pub(crate) other_parts: OtherParts<'s>,
    /// The repository that the operator takes where the object names none.
    pub(crate) default_repository: Option<Cow<'s, str>>,
}

/// Fields with parts of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OtherParts<'s> {
    /// Those of the table of kinds, whose operators find a tag themselves where no field has one.
    Known(&'static [(Part, PathPattern<'static>)]),
    /// Those that the settings declare.
    Declared(Vec<(Part, PathPattern<'s>)>),
}

impl<'s> OtherParts<'s> {
    pub(super) fn as_slice(&self) -> &[(Part, PathPattern<'s>)] {
        match self {
            Self::Known(parts) => parts,
            Self::Declared(parts) => parts,
        }
    }
}

/// A part of an image reference that has a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Registry,
    Repository,
    Image,
    Tag,
    Digest,
}

/// The pull policy of an image for which the object declares none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefaultPullPolicy {
    /// The default of Kubernetes, by the tag.
    Kubernetes,
    /// The operator uses this one.
    Operator(PullPolicy),
    /// Another object decides.
    Elsewhere,
}

impl<'s> ImageFields<'s> {
    /// The fields of an image whose whole reference stands in one field.
    const fn whole(
        pull_policy: Option<PathPattern<'s>>,
        default_pull_policy: DefaultPullPolicy,
    ) -> Self {
        Self {
            pull_policy,
            default_pull_policy,
            own_part: Part::Image,
            other_parts: OtherParts::Known(&[]),
            default_repository: None,
        }
    }

    /// Whether the operator finds a tag itself where no field has one. That tag is not known, so
    /// that it cannot be judged.
    pub(super) const fn adds_tag(&self) -> bool {
        matches!(self.other_parts, OtherParts::Known([_, ..]))
    }

    pub(super) fn is_whole(&self) -> bool {
        self.other_parts.as_slice().is_empty() && self.default_repository.is_none()
    }
}

/// The completeness that a PodSpec must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PodSpecForm {
    /// Containers are required, as the API server requires them.
    Complete,
    /// No field is required, since a controller fills in missing ones.
    Partial,
    /// A patch of a PodSpec, or any other value: the author of the object decides what the field
    /// holds. Fields that the patch leaves out keep the values that they had.
    Patch,
}

impl ImageLocation<'static> {
    pub(super) const fn known_pod_spec(path: &'static str, form: PodSpecForm) -> Self {
        Self::new(PathPattern::known(path), Holds::PodSpec(form))
    }

    pub(super) const fn known_pod_patch(path: &'static str) -> Self {
        Self::new(PathPattern::known(path), Holds::PodPatch)
    }

    pub(super) const fn known_image(path: &'static str, pull_policy: &'static str) -> Self {
        let pull_policy = Some(PathPattern::known(pull_policy));
        let fields = ImageFields::whole(pull_policy, DefaultPullPolicy::Kubernetes);
        Self::new(PathPattern::known(path), Holds::Image(fields))
    }

    /// An image for which the operator has a pull policy of its own, with the field that may
    /// declare another one.
    pub(super) const fn operator_image(
        path: &'static str,
        pull_policy: Option<&'static str>,
        default: PullPolicy,
    ) -> Self {
        let pull_policy = match pull_policy {
            Some(path) => Some(PathPattern::known(path)),
            None => None,
        };
        let fields = ImageFields::whole(pull_policy, DefaultPullPolicy::Operator(default));
        Self::new(PathPattern::known(path), Holds::Image(fields))
    }

    /// An image that Kubernetes pulls by its default.
    pub(super) const fn default_image(path: &'static str) -> Self {
        let fields = ImageFields::whole(None, DefaultPullPolicy::Kubernetes);
        Self::new(PathPattern::known(path), Holds::Image(fields))
    }

    /// An image that its operator always pulls, and to which it adds a tag where there is none:
    /// that of the fields in `parts`, or one that it finds itself.
    pub(super) const fn tagged_image(
        path: &'static str,
        parts: &'static [(Part, PathPattern<'static>)],
    ) -> Self {
        let fields = ImageFields {
            pull_policy: None,
            default_pull_policy: DefaultPullPolicy::Operator(PullPolicy::Always),
            own_part: Part::Image,
            other_parts: OtherParts::Known(parts),
            default_repository: None,
        };
        Self::new(PathPattern::known(path), Holds::Image(fields))
    }

    /// An image whose pull policy another object decides.
    pub(super) const fn known_image_without_pull_policy(
        path: &'static str,
        item_keys: &'static [&'static str],
    ) -> Self {
        Self {
            path: PathPattern::known(path),
            holds: Holds::Image(ImageFields::whole(None, DefaultPullPolicy::Elsewhere)),
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

    pub(crate) const fn of_image(path: PathPattern<'s>, fields: ImageFields<'s>) -> Self {
        Self::new(path, Holds::Image(fields))
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
        self.holds == Holds::PodSpec(PodSpecForm::Patch)
    }
}
