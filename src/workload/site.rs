//! One place in an object that names an image.

use std::borrow::Cow;
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
            Self::Volume(_) => None,
        }
    }

    /// The name of that container.
    #[must_use]
    pub fn container_name(&self) -> Option<&str> {
        match self {
            Self::Container { name, .. } => name.as_deref(),
            Self::Variable { container, .. } => container.as_deref(),
            Self::Volume(_) => None,
        }
    }
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

/// One place in an object that names an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSite<'a> {
    pub(super) path: FieldPath,
    pub(super) holder: Holder<'a>,
    pub(super) image: Cow<'a, str>,
    pub(super) pull_policy: DeclaredPullPolicy,
}

impl ImageSite<'_> {
    /// Where the image is named.
    #[must_use]
    pub const fn path(&self) -> &FieldPath {
        &self.path
    }

    /// What holds it.
    #[must_use]
    pub const fn holder(&self) -> &Holder<'_> {
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

    /// What puts sites in order: their paths, and for two of one path, which a
    /// field that stands twice can bring, their images.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        (&self.path, &self.image)
    }
}
