//! Whether what a reference names can change, and why that is said.

/// Whether a reference can mean another image tomorrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    /// It has a digest.
    Pinned,
    /// Its tag does not move.
    Immutable(ImmutableReason),
    /// Its tag can move.
    Mutable(MutableReason),
}

/// Why a tag is taken not to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImmutableReason {
    /// The settings say so.
    Declared,
    /// The settings look at no tag but `latest`.
    NotConsidered,
    /// It names a commit.
    Commit,
    /// It names a day.
    Date,
    /// It numbers a build.
    Build,
    /// It is a whole version.
    Version,
}

impl ImmutableReason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::NotConsidered => "not-considered",
            Self::Commit => "commit",
            Self::Date => "date",
            Self::Build => "build",
            Self::Version => "version",
        }
    }
}

/// Why a tag is taken to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutableReason {
    /// The settings say so.
    Declared,
    /// None is written: `latest` is implied.
    NoTag,
    /// It is `latest`.
    Latest,
    /// The settings trust no tag.
    Unpinned,
    /// It was built from changes that are in no commit.
    Dirty,
    /// It names a channel.
    Channel,
    /// It names a branch or a change under review.
    Branch,
    /// It is a version that says nothing.
    Placeholder,
    /// It is a version whose last components are left open.
    FloatingVersion,
}

impl MutableReason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::NoTag => "no-tag",
            Self::Latest => "latest",
            Self::Unpinned => "unpinned",
            Self::Dirty => "dirty",
            Self::Channel => "channel",
            Self::Branch => "branch",
            Self::Placeholder => "placeholder",
            Self::FloatingVersion => "floating-version",
        }
    }
}
