//! The image site: a field of an object that names an image.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::document::{FieldPath, Step};
use crate::image::PullPolicy;

/// The most bytes that the sites of an object take up: some ten thousand sites, or fewer with
/// long paths and names. Only an object that is made to exhaust memory has more.
pub(super) const MAX_SITE_BYTES: usize = 2 << 20;

/// The list of a PodSpec to which a container belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerType {
    Container,
    InitContainer,
    EphemeralContainer,
}

impl ContainerType {
    /// Every type, in the order of their lists' names.
    pub(super) const ALL: [Self; 3] = [
        Self::Container,
        Self::EphemeralContainer,
        Self::InitContainer,
    ];

    /// The field of the PodSpec that holds the list.
    #[must_use]
    pub const fn list(self) -> &'static str {
        match self {
            Self::Container => "containers",
            Self::InitContainer => "initContainers",
            Self::EphemeralContainer => "ephemeralContainers",
        }
    }
}

/// The holder of an image, with its name if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder<'t> {
    Container {
        container_type: ContainerType,
        name: Option<&'t str>,
    },
    /// An item of `volumes` that is an image volume.
    Volume(Option<&'t str>),
    /// A field of another object that makes Pods.
    Field {
        /// The identifying field of the list item around the image, and its value.
        owner: Option<(&'static str, Cow<'t, str>)>,
    },
    /// An environment variable of a container.
    Variable {
        container_type: ContainerType,
        container: Option<&'t str>,
        name: &'t str,
    },
    /// An argument of a container.
    Argument {
        container_type: ContainerType,
        container: Option<&'t str>,
        /// The name, with its dashes.
        name: String,
    },
}

impl Holder<'_> {
    /// The list of the container that the holder is or belongs to.
    pub(crate) const fn container_type(&self) -> Option<ContainerType> {
        match self {
            Self::Container { container_type, .. }
            | Self::Variable { container_type, .. }
            | Self::Argument { container_type, .. } => Some(*container_type),
            Self::Volume(_) | Self::Field { .. } => None,
        }
    }

    /// The name of the container, or of the list item that stands in for one.
    pub(crate) fn container_name(&self) -> Option<&str> {
        match self {
            Self::Container { name, .. } => *name,
            Self::Field { owner } => owner.as_ref().map(|(_, name)| name.as_ref()),
            Self::Variable { container, .. } | Self::Argument { container, .. } => *container,
            Self::Volume(_) => None,
        }
    }
}

/// The pull policy that an object declares for an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredPullPolicy {
    /// The object declares this policy.
    Declared(PullPolicy),
    /// The object declares none, so Kubernetes fills in its default.
    Absent,
    /// The object declares none, and its operator uses this policy then.
    Operator(PullPolicy),
    /// Another object, which creates the Pods, will declare it.
    Elsewhere,
}

impl From<Option<PullPolicy>> for DeclaredPullPolicy {
    fn from(declared: Option<PullPolicy>) -> Self {
        declared.map_or(Self::Absent, Self::Declared)
    }
}

/// The field that declares, or would declare, the pull policy of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PullPolicyPlace<'t> {
    /// A field of the object that names the image.
    Beside,
    At(FieldPath<'t>),
    /// No field is known that anybody would read.
    Unknown,
}

/// The way in which an image was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Provenance {
    /// The table of kinds or the settings declare its location.
    Located,
    /// The search found it, since the object around it looks like a container.
    Searched,
}

/// A field of an object that names an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSite<'t> {
    pub(super) path: FieldPath<'t>,
    /// The names of the list items around the site, from the innermost on, without that of its
    /// own container.
    pub(super) items: Vec<Cow<'t, str>>,
    pub(super) holder: Holder<'t>,
    /// Borrowed only where the field holds the image and nothing else.
    pub(super) image: Cow<'t, str>,
    pub(super) declared: DeclaredPullPolicy,
    /// The name of the field that declares, or would declare, the pull policy; empty where there
    /// can be none.
    pub(super) pull_policy_field: Cow<'t, str>,
    pub(super) pull_policy_place: PullPolicyPlace<'t>,
    pub(super) provenance: Provenance,
}

impl<'t> ImageSite<'t> {
    /// The path of the field that names the image.
    #[must_use]
    pub const fn path(&self) -> &FieldPath<'t> {
        &self.path
    }

    pub(crate) fn items(&self) -> &[Cow<'t, str>] {
        &self.items
    }

    #[must_use]
    pub const fn holder(&self) -> &Holder<'t> {
        &self.holder
    }

    /// The image as written, which need not be a reference. It is empty if a listed variable or
    /// argument names no image.
    #[must_use]
    pub fn image(&self) -> &str {
        &self.image
    }

    /// Whether the field holds the image and nothing else, so another image can take its
    /// place.
    pub(crate) const fn is_alone_in_field(&self) -> bool {
        matches!(self.image, Cow::Borrowed(_))
    }

    /// The pull policy that the object declares.
    #[must_use]
    pub const fn pull_policy(&self) -> DeclaredPullPolicy {
        self.declared
    }

    pub(crate) fn pull_policy_field(&self) -> &str {
        &self.pull_policy_field
    }

    /// The path of the field that declares, or would declare, the pull policy; `None` where no
    /// field is known that anybody would read.
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

    /// The approximate size of the site in bytes, with its path and the names that it does not
    /// share.
    pub(super) fn weight(&self) -> usize {
        const SITE: usize = 64;
        const STEP: usize = 16;
        let steps = self.path.steps().iter().map(|step| match step {
            Step::Field(name) => STEP + name.len(),
            Step::Item(_) => STEP,
        });
        let items: usize = self.items.iter().map(|name| name.len()).sum();
        // The variables and arguments of a container share its name.
        let name = match &self.holder {
            Holder::Variable { name, .. } => name.len(),
            Holder::Argument { name, .. } => name.len(),
            holder => holder.container_name().map_or(0, str::len),
        };
        let joined = match &self.image {
            Cow::Borrowed(_) => 0,
            Cow::Owned(image) => image.len(),
        };
        SITE + steps.sum::<usize>() + items + name + joined
    }

    /// Orders sites by their paths. Of several sites at one path, located ones come first, then
    /// those with a pull policy field, then containers.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let rest = |site: &Self| {
            let path = site.pull_policy_path();
            let is_field = matches!(site.holder, Holder::Field { .. });
            (site.provenance, path.is_none(), path, is_field)
        };
        let by_path = self.path.cmp(&other.path);
        by_path.then_with(|| rest(self).cmp(&rest(other)))
    }

    /// Whether the same field declares, or would declare, both pull policies.
    pub(crate) fn has_same_pull_policy_field(&self, other: &Self) -> bool {
        self.pull_policy_path() == other.pull_policy_path()
    }
}
