//! The locations of images in objects of a kind. The table of kinds has some, and the setting
//! `customResources` adds others.

use std::borrow::Cow;

use super::path_pattern::PathPattern;
use super::site::DeclaredPullPolicy;
use crate::image::PullPolicy;

/// A location of images in the objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageLocation<'s> {
    path: PathPattern<'s>,
    content: Content<'s>,
    /// The field that tells the items of each list on the path apart; `name` where none is given.
    item_keys: &'static [&'static str],
}

/// The field that tells the items of most lists apart.
pub(super) const NAME: &str = "name";

/// The content of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content<'s> {
    PodSpec(PodSpecForm),
    Container,
    Image(ImageFields<'s>),
    /// The text of a JSON patch for the Pods.
    PodPatch,
}

/// The fields that say which image stands at a location, and how it is pulled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImageFields<'s> {
    pub(crate) pull_policy: Option<PathPattern<'s>>,
    /// The fields that declare the pull policy where that one does not, in this order.
    pub(crate) other_pull_policies: Vec<PathPattern<'s>>,
    pub(crate) default_pull_policy: DefaultPullPolicy,
    /// The part of the reference that the field at the location holds.
    pub(crate) own_part: Part,
    /// The fields that hold the other parts. Without any, the location holds the whole reference.
    /// Of two for one part, the last that is set counts.
    pub(crate) other_parts: Vec<(Part, PathPattern<'s>)>,
    /// The repository that the operator takes where the object names none.
    pub(crate) default_repository: Option<Cow<'s, str>>,
    pub(crate) missing_tag: MissingTag,
    /// Fields that each replace this image if they are set.
    pub(crate) unless: Vec<PathPattern<'s>>,
}

/// The meaning of an image for which no field has a tag or a digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MissingTag {
    /// The image has no tag.
    #[default]
    NoTag,
    /// The operator chooses a tag itself. It is not known here, so it cannot be judged.
    Unknown,
}

/// A part of an image reference that has a field of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    Registry,
    Repository,
    /// The whole reference, or its end.
    #[default]
    Image,
    Tag,
    Digest,
}

/// The pull policy of an image for which the object declares none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DefaultPullPolicy {
    /// The default of Kubernetes, by the tag.
    #[default]
    Kubernetes,
    /// The operator uses this one.
    Operator(PullPolicy),
    /// The operator uses `Always` if the reference contains `:latest`, as in
    /// `:latest-kafka-4.0.0`, and `IfNotPresent` otherwise.
    AlwaysLatest,
    /// Another object decides.
    Elsewhere,
}

impl DefaultPullPolicy {
    pub(super) fn for_image(self, image: &str) -> DeclaredPullPolicy {
        match self {
            Self::Kubernetes => DeclaredPullPolicy::Absent,
            Self::Operator(policy) => DeclaredPullPolicy::Operator(policy),
            Self::AlwaysLatest => DeclaredPullPolicy::Operator(match image.contains(":latest") {
                true => PullPolicy::Always,
                false => PullPolicy::IfNotPresent,
            }),
            Self::Elsewhere => DeclaredPullPolicy::Elsewhere,
        }
    }
}

impl<'s> ImageFields<'s> {
    /// The fields of an image whose whole reference stands in one field.
    const fn whole(
        pull_policy: Option<PathPattern<'s>>,
        default_pull_policy: DefaultPullPolicy,
    ) -> Self {
        Self {
            pull_policy,
            other_pull_policies: Vec::new(),
            default_pull_policy,
            own_part: Part::Image,
            other_parts: Vec::new(),
            default_repository: None,
            missing_tag: MissingTag::NoTag,
            unless: Vec::new(),
        }
    }

    /// The fields that may declare the pull policy, of which the first that does so counts.
    pub(super) fn pull_policies(&self) -> impl Iterator<Item = &PathPattern<'s>> {
        self.pull_policy.iter().chain(&self.other_pull_policies)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.other_parts.is_empty() && self.default_repository.is_none()
    }
}

/// The completeness that a PodSpec must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        Self::new(PathPattern::known(path), Content::PodSpec(form))
    }

    pub(super) const fn known_pod_patch(path: &'static str) -> Self {
        Self::new(PathPattern::known(path), Content::PodPatch)
    }

    pub(super) const fn known_image(path: &'static str, pull_policy: &'static str) -> Self {
        let pull_policy = Some(PathPattern::known(pull_policy));
        let fields = ImageFields::whole(pull_policy, DefaultPullPolicy::Kubernetes);
        Self::new(PathPattern::known(path), Content::Image(fields))
    }

    /// An image whose pull policy another object decides.
    pub(super) const fn known_image_without_pull_policy(
        path: &'static str,
        item_keys: &'static [&'static str],
    ) -> Self {
        Self {
            path: PathPattern::known(path),
            content: Content::Image(ImageFields::whole(None, DefaultPullPolicy::Elsewhere)),
            item_keys,
        }
    }
}

impl<'s> ImageLocation<'s> {
    const fn new(path: PathPattern<'s>, content: Content<'s>) -> Self {
        Self {
            path,
            content,
            item_keys: &[],
        }
    }

    /// A PodSpec without required fields.
    pub(crate) const fn of_pod_spec(path: PathPattern<'s>) -> Self {
        Self::new(path, Content::PodSpec(PodSpecForm::Partial))
    }

    pub(crate) const fn of_container(path: PathPattern<'s>) -> Self {
        Self::new(path, Content::Container)
    }

    /// The locations of an image whose parts are in separate fields. One is the first field. With a
    /// default repository, another is the field of the tag: it alone names the image if the object
    /// names no repository.
    pub(crate) fn of_parts(
        parts: Vec<(Part, PathPattern<'s>)>,
        default_repository: Option<Cow<'s, str>>,
        fields: &ImageFields<'s>,
    ) -> Vec<Self> {
        let tag = default_repository.and_then(|default_repository| {
            let (_, path) = parts.iter().find(|(part, _)| *part == Part::Tag)?;
            let others = parts
                .iter()
                .filter(|(part, _)| matches!(part, Part::Registry | Part::Digest));
            let names = parts
                .iter()
                .filter(|(part, _)| matches!(part, Part::Image | Part::Repository));
            let mut fields = ImageFields {
                own_part: Part::Tag,
                other_parts: others.cloned().collect(),
                default_repository: Some(default_repository),
                ..fields.clone()
            };
            fields.unless.extend(names.map(|(_, path)| path.clone()));
            Some((path.clone(), fields))
        });
        let mut parts = parts.into_iter();
        let first = parts.next().filter(|(part, _)| *part != Part::Tag);
        let image = first.map(|(own_part, path)| {
            let fields = ImageFields {
                own_part,
                other_parts: parts.collect(),
                ..fields.clone()
            };
            (path, fields)
        });
        let both = image.into_iter().chain(tag);
        both.map(|(path, fields)| Self::new(path, Content::Image(fields)))
            .collect()
    }

    pub(super) const fn path(&self) -> &PathPattern<'s> {
        &self.path
    }

    pub(super) const fn item_keys(&self) -> &'static [&'static str] {
        self.item_keys
    }

    pub(super) const fn content(&self) -> &Content<'s> {
        &self.content
    }

    /// Whether values of other types on the path are allowed.
    pub(super) fn allows_other_types(&self) -> bool {
        self.content == Content::PodSpec(PodSpecForm::Patch)
    }
}
