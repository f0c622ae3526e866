//! One place in an object that names an image.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::document::{FieldPath, Step};
use crate::image::PullPolicy;

/// The most bytes that all sites together take up: some fifty thousand sites, or fewer with
/// long paths and names. An object has more only if it is made to take up memory.
pub(super) const MAX_SITE_BYTES: usize = 8 << 20;

/// The list of a PodSpec that a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerType {
    /// `containers`.
    Container,
    /// `initContainers`.
    InitContainer,
    /// `ephemeralContainers`.
    EphemeralContainer,
}

impl ContainerType {
    /// Every type, in the order of their lists' names.
    pub(super) const ALL: [Self; 3] = [
        Self::Container,
        Self::EphemeralContainer,
        Self::InitContainer,
    ];

    /// The name of the list.
    #[must_use]
    pub const fn list(self) -> &'static str {
        match self {
            Self::Container => "containers",
            Self::InitContainer => "initContainers",
            Self::EphemeralContainer => "ephemeralContainers",
        }
    }
}

/// What holds the image, with its name where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder<'t> {
    /// A container.
    Container {
        /// Its list.
        container_type: ContainerType,
        /// Its name.
        name: Option<&'t str>,
    },
    /// An item of `volumes` that is an image volume.
    Volume(Option<&'t str>),
    /// A field of something else that makes Pods.
    Field {
        /// What tells apart what the field belongs to: a field, and what it says.
        owner: Option<(&'static str, Cow<'t, str>)>,
    },
    /// An environment variable of a container.
    Variable {
        /// The container's list.
        container_type: ContainerType,
        /// The container's name.
        container: Option<&'t str>,
        /// The variable's name.
        name: &'t str,
    },
}

impl Holder<'_> {
    /// The list of the container, where the holder is one or belongs to one.
    #[must_use]
    pub const fn container_type(&self) -> Option<ContainerType> {
        match self {
            Self::Container { container_type, .. } | Self::Variable { container_type, .. } => {
                Some(*container_type)
            }
            Self::Volume(_) | Self::Field { .. } => None,
        }
    }

    /// The name of the container, or of what stands for one.
    #[must_use]
    pub fn container_name(&self) -> Option<&str> {
        match self {
            Self::Container { name, .. } => *name,
            Self::Field { owner } => owner.as_ref().map(|(_, name)| name.as_ref()),
            Self::Variable { container, .. } => *container,
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

/// Where the pull policy of an image stands, or would stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PullPolicyPlace<'t> {
    /// In the object that the image stands in.
    Beside,
    At(FieldPath<'t>),
    /// It is not known that anybody would read one.
    Unknown,
}

/// How it is known that an image stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Provenance {
    /// The kind has one there, or the settings say so.
    Located,
    /// What stands around it looks like a container.
    Searched,
}

/// One place in an object that names an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSite<'t> {
    pub(super) path: FieldPath<'t>,
    /// The names of the items of lists that it stands in, from the innermost on, beside that
    /// of its own container.
    pub(super) items: Vec<Cow<'t, str>>,
    pub(super) holder: Holder<'t>,
    pub(super) image: &'t str,
    pub(super) declared: DeclaredPullPolicy,
    /// What the field is called that declares, or would declare, how it is pulled; empty
    /// where there can be none.
    pub(super) pull_policy_field: Cow<'t, str>,
    /// Where that field stands, or would stand.
    pub(super) pull_policy_place: PullPolicyPlace<'t>,
    pub(super) provenance: Provenance,
}

impl<'t> ImageSite<'t> {
    /// Where the image is named.
    #[must_use]
    pub const fn path(&self) -> &FieldPath<'t> {
        &self.path
    }

    pub(crate) fn items(&self) -> &[Cow<'t, str>] {
        &self.items
    }

    /// What holds it.
    #[must_use]
    pub const fn holder(&self) -> &Holder<'t> {
        &self.holder
    }

    /// The image as written, which is not empty; it need not be a reference.
    #[must_use]
    pub const fn image(&self) -> &'t str {
        self.image
    }

    /// What the object says of how it is pulled.
    #[must_use]
    pub const fn pull_policy(&self) -> DeclaredPullPolicy {
        self.declared
    }

    pub(crate) fn pull_policy_field(&self) -> &str {
        &self.pull_policy_field
    }

    /// Where its pull policy is declared, or would be; nothing where it is not known that
    /// anybody would read it.
    pub(crate) fn pull_policy_path(&self) -> Option<FieldPath<'t>> {
        let field = || self.pull_policy_field.clone();
        match &self.pull_policy_place {
            PullPolicyPlace::Beside => Some(self.path.ancestor(1).join_field(field())),
            PullPolicyPlace::At(path) => Some(path.clone()),
            PullPolicyPlace::Unknown => None,
        }
    }

    pub(crate) const fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// How many bytes it takes up, about: the path, and the names that it has for itself.
    pub(super) fn weight(&self) -> usize {
        const SITE: usize = 64;
        const STEP: usize = 16;
        let steps = self.path.steps().iter().map(|step| match step {
            Step::Field(name) => STEP + name.len(),
            Step::Item(_) => STEP,
        });
        let items: usize = self.items.iter().map(|name| name.len()).sum();
        // The variables of a container share its name.
        let name = match &self.holder {
            Holder::Variable { name, .. } => name.len(),
            holder => holder.container_name().map_or(0, str::len),
        };
        SITE + steps.sum::<usize>() + items + name
    }

    /// Orders sites by their paths. Of one path those that are located come first, and among
    /// them those whose pull policy has a place, and containers.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let rest = |site: &Self| {
            let path = site.pull_policy_path();
            let is_field = matches!(site.holder, Holder::Field { .. });
            (site.provenance, path.is_none(), path, is_field)
        };
        let by_path = self.path.cmp(&other.path);
        by_path.then_with(|| rest(self).cmp(&rest(other)))
    }

    /// Whether another site of the same path would be judged, and mended, alike.
    pub(super) fn is_equivalent_to(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.holder) == std::mem::discriminant(&other.holder)
            && self.image == other.image
            && self.declared == other.declared
            && self.has_same_pull_policy_field(other)
    }

    /// Whether one field declares, or would declare, how both are pulled.
    pub(crate) fn has_same_pull_policy_field(&self, other: &Self) -> bool {
        match (self.pull_policy_path(), other.pull_policy_path()) {
            (None, None) => self.pull_policy_field == other.pull_policy_field,
            (own, other) => own == other,
        }
    }
}
