//! The eleven rules for shapes, in their order: which one applies, and what it says.

use super::parts::Parts;
use super::version::Version;
use super::{branch, build, channel, commit, date, words};
use crate::image::{ImmutableReason, Mutability, MutableReason, Tag};

/// A rule for shapes. The number of each is that of docs/tags.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Rule {
    /// The tag says that the image was built from uncommitted changes.
    Dirty = 1,
    /// The tag names a commit.
    Commit = 2,
    /// The tag names a day.
    Date = 3,
    /// The tag has a number of seven or more digits.
    LongNumber = 4,
    /// The tag has a word that moves.
    Channel = 5,
    /// The tag names a branch or a change under review.
    Branch = 6,
    /// The tag has the number of a build.
    Build = 7,
    /// The tag is a version of zeros only.
    Zeros = 8,
    /// The tag is a version of three components or more.
    FullVersion = 9,
    /// The tag is a version that leaves its last components open.
    OpenVersion = 10,
    /// No other rule applies to the tag.
    Other = 11,
}

impl Rule {
    /// The first rule that applies to a tag.
    #[must_use]
    pub fn of(tag: Tag<'_>) -> Self {
        let parts = Parts::of(tag);
        let version = Version::first_of(&parts);
        let version = version.as_ref();
        if parts.contain_dotted(words::DIRTY) {
            return Self::Dirty;
        }
        if commit::has_commit(tag, &parts) {
            return Self::Commit;
        }
        if date::has_date(tag) {
            return Self::Date;
        }
        if build::has_long_number(&parts) {
            return Self::LongNumber;
        }
        if channel::names_channel(&parts, version) {
            return Self::Channel;
        }
        if branch::names_branch(&parts, version) {
            return Self::Branch;
        }
        if build::has_build_number(&parts, version) {
            return Self::Build;
        }
        match version {
            Some(version) if version.is_zero() => Self::Zeros,
            Some(version)
                if version.is_full() && !build::is_followed_by_base_release(version, &parts) =>
            {
                Self::FullVersion
            }
            Some(_) => Self::OpenVersion,
            None => Self::Other,
        }
    }

    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether a tag of this shape can move.
    #[must_use]
    pub const fn mutability(self) -> Mutability {
        match self {
            Self::Dirty => Mutability::Mutable(MutableReason::Dirty),
            Self::Commit => Mutability::Immutable(ImmutableReason::Commit),
            Self::Date => Mutability::Immutable(ImmutableReason::Date),
            Self::LongNumber | Self::Build => Mutability::Immutable(ImmutableReason::Build),
            Self::Channel | Self::Other => Mutability::Mutable(MutableReason::Channel),
            Self::Branch => Mutability::Mutable(MutableReason::Branch),
            Self::Zeros => Mutability::Mutable(MutableReason::Placeholder),
            Self::FullVersion => Mutability::Immutable(ImmutableReason::Version),
            Self::OpenVersion => Mutability::Mutable(MutableReason::FloatingVersion),
        }
    }
}
