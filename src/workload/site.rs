//! One place in an object that names an image.

use std::borrow::Cow;
use std::mem::discriminant;
use std::rc::Rc;

use super::FieldPath;
use crate::image::PullPolicy;

/// The list of a PodSpec that a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// `containers`.
    Containers,
    /// `initContainers`.
    InitContainers,
    /// `ephemeralContainers`.
    EphemeralContainers,
}

/// What holds the image, with its name where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder<'a> {
    /// A container.
    Container {
        /// Where it stands.
        section: Section,
        /// Its name.
        name: Option<Cow<'a, str>>,
    },
    /// An item of `volumes` that is an image volume.
    Volume(Option<Cow<'a, str>>),
    /// A field of something else that makes Pods.
    Field {
        /// What tells apart what the field belongs to: a field, and what it says.
        owner: Option<(&'static str, Cow<'a, str>)>,
        /// What the field is called that declares how the image is pulled, if
        /// there can be one.
        pull_policy: Option<Cow<'a, str>>,
        /// Where that field stands.
        stands: Stands<'a>,
    },
    /// An environment variable of a container.
    Variable {
        /// Where the container stands.
        section: Section,
        /// The container's name, which its variables share.
        container: Option<Rc<str>>,
        /// The variable's name.
        name: Cow<'a, str>,
    },
}

impl Holder<'_> {
    /// The list that the container stands in, where the holder is one or belongs
    /// to one.
    #[must_use]
    pub const fn section(&self) -> Option<Section> {
        match self {
            Self::Container { section, .. } | Self::Variable { section, .. } => Some(*section),
            Self::Volume(_) | Self::Field { .. } => None,
        }
    }

    /// The name of the holder itself.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Container { name, .. } | Self::Volume(name) => name.as_deref(),
            Self::Field { owner, .. } => owner.as_ref().map(|(_, name)| name.as_ref()),
            Self::Variable { name, .. } => Some(name),
        }
    }

    /// What the field is called that declares how what it holds is pulled.
    #[must_use]
    pub fn pull_policy_field(&self) -> &str {
        match self {
            Self::Volume(_) => "pullPolicy",
            Self::Field { pull_policy, .. } => pull_policy.as_deref().unwrap_or_default(),
            Self::Container { .. } | Self::Variable { .. } => "imagePullPolicy",
        }
    }

    /// The name of that container, or of what stands for one.
    #[must_use]
    pub fn container_name(&self) -> Option<&str> {
        match self {
            Self::Container { name, .. } => name.as_deref(),
            Self::Field { owner, .. } => owner.as_ref().map(|(_, name)| name.as_ref()),
            Self::Variable { container, .. } => container.as_deref(),
            Self::Volume(_) => None,
        }
    }
}

/// Where the pull policy of an image stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands<'a> {
    /// Beside the image.
    Beside,
    /// At this path.
    At(FieldPath<'a>),
    /// Nowhere in the object, or elsewhere, and it is missing there.
    Nowhere,
}

/// What an object says of how its image is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredPullPolicy {
    /// This one.
    Declared(PullPolicy),
    /// Nothing: Kubernetes fills its default in.
    Absent,
    /// The image is named for Pods that something else creates.
    Elsewhere,
}

impl From<Option<PullPolicy>> for DeclaredPullPolicy {
    fn from(declared: Option<PullPolicy>) -> Self {
        declared.map_or(Self::Absent, Self::Declared)
    }
}

/// How it is known that an image stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    /// The kind has one there, or the settings say so.
    Place,
    /// What stands around it looks like a container.
    Looks,
}

/// One place in an object that names an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSite<'a> {
    pub(super) path: FieldPath<'a>,
    /// The names of the items of lists that it stands in, from the innermost on,
    /// beside that of its own container.
    pub(super) items: Vec<Cow<'a, str>>,
    pub(super) holder: Holder<'a>,
    pub(super) image: Cow<'a, str>,
    pub(super) pull_policy: DeclaredPullPolicy,
    pub(super) basis: Basis,
}

impl<'a> ImageSite<'a> {
    /// Where the image is named.
    #[must_use]
    pub const fn path(&self) -> &FieldPath<'a> {
        &self.path
    }

    /// The names of the items of lists that it stands in, as far as they have some,
    /// from the innermost on, beside that of its own container.
    pub(crate) fn items(&self) -> &[Cow<'a, str>] {
        &self.items
    }

    /// What holds it.
    #[must_use]
    pub const fn holder(&self) -> &Holder<'a> {
        &self.holder
    }

    /// The image as written, which is not empty; it need not be a reference.
    #[must_use]
    pub fn image(&self) -> &str {
        &self.image
    }

    /// What the object says of how it is pulled.
    #[must_use]
    pub const fn pull_policy(&self) -> DeclaredPullPolicy {
        self.pull_policy
    }

    /// Where its pull policy is declared, or would be; nothing where it is not known
    /// that anybody would read one.
    pub(crate) fn pull_policy_path(&self) -> Option<FieldPath<'_>> {
        let is_declared = matches!(self.pull_policy, DeclaredPullPolicy::Declared(_));
        match &self.holder {
            Holder::Container { .. } | Holder::Volume(_) => {}
            Holder::Field { stands, .. } => match stands {
                Stands::At(path) => return Some(path.above(0)),
                Stands::Beside if is_declared || self.basis == Basis::Place => {}
                Stands::Beside | Stands::Nowhere => return None,
            },
            Holder::Variable { .. } => return None,
        }
        let field = self.holder.pull_policy_field();
        Some(self.path.above(1).field(field))
    }

    /// How it is known that it names one.
    pub(crate) const fn basis(&self) -> Basis {
        self.basis
    }

    /// Whether another site of the same path would be judged, and mended, alike.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        discriminant(&self.holder) == discriminant(&other.holder)
            && self.image == other.image
            && self.pull_policy == other.pull_policy
            && self.shares_its_pull_policy_with(other)
    }

    /// Whether one field declares, or would declare, how both are pulled.
    pub(crate) fn shares_its_pull_policy_with(&self, other: &Self) -> bool {
        match (self.pull_policy_path(), other.pull_policy_path()) {
            (None, None) => self.holder.pull_policy_field() == other.holder.pull_policy_field(),
            (own, other) => own == other,
        }
    }

    /// What puts sites in order: their paths, and for two of one path, which a
    /// field that stands twice can bring, their images.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        (&self.path, &self.image)
    }
}
