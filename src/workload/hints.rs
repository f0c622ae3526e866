//! What hints at an image, where nobody says what a field means.

use memchr::memchr2_iter;

use super::reader::Presence;
use super::site::{DeclaredPullPolicy, Section};
use crate::image::{ImageReference, PullPolicy};

/// What a value is, by where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A container, in a list of a PodSpec.
    Container(Section),
    /// A volume, in the list of a PodSpec.
    Volume,
    /// The image of a volume.
    VolumeImage,
    /// Anything.
    Other,
}

impl Role {
    /// What a field is of an object in this role, and what its items are, if it is a
    /// list.
    pub(super) fn of_field(self, name: &str) -> (Self, Self) {
        let items = match name {
            "containers" => Self::Container(Section::Containers),
            "ephemeralContainers" => Self::Container(Section::EphemeralContainers),
            "initContainers" => Self::Container(Section::InitContainers),
            "volumes" => Self::Volume,
            _ => Self::Other,
        };
        match name {
            "image" if self == Self::Volume => (Self::VolumeImage, items),
            _ => (Self::Other, items),
        }
    }
}

/// What looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LikelyPullPolicy {
    /// There is none.
    Absent,
    /// It is empty, as if there were none.
    Empty,
    Declared(PullPolicy),
    /// It is none that Kubernetes knows.
    Unknown,
}

impl LikelyPullPolicy {
    pub(super) fn of(text: Option<&str>, presence: Presence) -> Self {
        match text {
            None if presence == Presence::Absent => Self::Absent,
            None => Self::Unknown,
            Some("") => Self::Empty,
            Some(text) => text.parse().map_or(Self::Unknown, Self::Declared),
        }
    }

    /// Empty, if it is unknown: where a field may mean something else, that is no
    /// reason not to judge.
    pub(super) const fn or_empty(self) -> Self {
        match self {
            Self::Unknown => Self::Empty,
            known => known,
        }
    }

    /// What it declares; nothing where an image with it is not judged.
    pub(super) const fn declared(self) -> Option<DeclaredPullPolicy> {
        match self {
            Self::Absent | Self::Empty => Some(DeclaredPullPolicy::Absent),
            Self::Declared(policy) => Some(DeclaredPullPolicy::Declared(policy)),
            Self::Unknown => None,
        }
    }
}

/// Whether an image says nothing of which build of it is meant.
pub(super) fn is_only_a_name(image: &str) -> bool {
    ImageReference::try_from(image)
        .is_ok_and(|image| image.tag().is_none() && image.digest().is_none())
}

/// Whether a value is an object or a list.
pub(super) fn is_nested(json: &str) -> bool {
    matches!(json.bytes().next(), Some(b'{' | b'['))
}

/// Whether a value is an object or a list that may hold a field `image`, however
/// spelt. Most of what a container holds has none, and is passed over faster than
/// it is searched.
pub(super) fn can_hold_image(json: &str) -> bool {
    let bytes = json.as_bytes();
    let is_spelt_at = |at: usize| match bytes.get(at) {
        // Any character can be written as an escape.
        Some(b'\\') => bytes.get(at + 1) == Some(&b'u'),
        _ => at
            .checked_sub(3)
            .and_then(|start| bytes.get(start..))
            .is_some_and(|name| name.starts_with(b"image")),
    };
    // Of the letters of the name, this one is the rarest.
    is_nested(json) && memchr2_iter(b'g', b'\\', bytes).any(is_spelt_at)
}
