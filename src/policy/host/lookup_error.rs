//! The reasons why a lookup failed.

/// The reason why a lookup failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// The host refused with this text.
    Refused(String),
    /// The host's answer is not the expected value, which is named here.
    Malformed(&'static str),
    /// The host's answer is longer than this limit in bytes.
    TooLong(usize),
    /// The request names no valid namespace.
    NoNamespace,
    /// The settings do not list this registry.
    NotListed(String),
    /// The request has used up its lookups.
    TooMany,
    /// The request has used up its comparisons.
    TooManyComparisons,
    /// The object does not say which Pods, or which of their containers, run the image.
    NoPods,
    /// No Pod runs the image.
    NotRunning,
    /// Some Pods run another image.
    OtherImage,
    /// Pods run the image, but report no digest to compare.
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
            Self::TooManyComparisons => "too-many-comparisons",
            Self::NoPods => "no-pods",
            Self::NotRunning => "not-running",
            Self::OtherImage => "other-image",
            Self::NotComparable => "not-comparable",
        }
    }

    /// A refusal with the first line of the host's text. Further lines are its own details.
    pub(super) fn refused(words: &str) -> Self {
        let line = words.split('\n').next().unwrap_or_default();
        Self::Refused(line.trim_end().to_owned())
    }
}
