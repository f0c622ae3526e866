//! Why something is not known that the policy would have liked to know.

/// Why something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// The host has said this.
    Refused(String),
    /// The host's answer is not this.
    Malformed(&'static str),
    /// The host's answer is longer than this many bytes, the most that are read.
    TooLong(usize),
    /// The request names no namespace that there can be.
    NoNamespace,
    /// The settings do not list this registry.
    NotListed(String),
    /// As many images as a request may cause were looked up already.
    TooMany,
    /// Nothing says which Pods, or which of their containers, run the image.
    NoPods,
    /// No Pod runs the image.
    NotRunning,
    /// Some Pods run another image.
    OtherImage,
    /// Pods run it, and do not say by a digest what it is.
    NotComparable,
}

impl LookupError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Malformed(_) => "malformed",
            Self::TooLong(_) => "too-long",
            Self::NoNamespace => "no-namespace",
            Self::NotListed(_) => "not-listed",
            Self::TooMany => "too-many",
            Self::NoPods => "no-pods",
            Self::NotRunning => "not-running",
            Self::OtherImage => "other-image",
            Self::NotComparable => "not-comparable",
        }
    }

    /// What a host says, as far as it is for others: its first line.
    pub(super) fn refused(words: &str) -> Self {
        let line = words.split('\n').next().unwrap_or_default();
        Self::Refused(line.trim_end().to_owned())
    }
}
