//! Whether a reference can point to a different image later, and the reason.

/// Whether a reference can point to a different image later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    /// The reference has a digest.
    Pinned,
    /// The tag is expected to stay.
    Immutable(ImmutableReason),
    /// The tag can move.
    Mutable(MutableReason),
}

impl Mutability {
    /// The class: `pinned`, `immutable` or `mutable`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Immutable(_) => "immutable",
            Self::Mutable(_) => "mutable",
        }
    }

    /// The stable code of the reason.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pinned => "digest",
            Self::Immutable(reason) => reason.code(),
            Self::Mutable(reason) => reason.code(),
        }
    }
}

/// Why a tag is considered immutable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImmutableReason {
    /// A pattern of `tags.immutable` matches.
    Declared,
    /// The setting `tags.consider` is `latest`, and the tag is another one.
    NotConsidered,
    /// The tag names a commit.
    Commit,
    /// The tag names a day.
    Date,
    /// The tag has a build number.
    Build,
    /// The tag is a full version.
    Version,
    /// The publisher is known to move no tag but `latest`.
    Publisher,
}

impl ImmutableReason {
    /// A stable identifier, for audit annotations and other machine-readable output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::NotConsidered => "not-considered",
            Self::Commit => "commit",
            Self::Date => "date",
            Self::Build => "build",
            Self::Version => "version",
            Self::Publisher => "publisher",
        }
    }
}

/// Why a tag is considered mutable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutableReason {
    /// A pattern of `tags.mutable` matches.
    Declared,
    /// The reference has no tag, which implies `latest`.
    NoTag,
    /// The tag is `latest`.
    Latest,
    /// The setting `tags.consider` is `any`: only a digest pins.
    Unpinned,
    /// The tag says that the image was built from uncommitted changes.
    Dirty,
    /// The tag names a channel.
    Channel,
    /// The tag names a branch or a pull request.
    Branch,
    /// The tag is a version of zeros only.
    Placeholder,
    /// The tag is a version that leaves its last components open, such as `1.27`.
    FloatingVersion,
    /// The tag is an exact version, and its publisher is known to rebuild those in place.
    Rebuilt,
}

impl MutableReason {
    /// A stable identifier, for audit annotations and other machine-readable output.
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
            Self::Rebuilt => "rebuilt",
        }
    }
}
