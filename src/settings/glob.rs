//! Patterns for names: of namespaces, of containers, of environment variables.

use std::fmt;

use super::wildcard::{Star, TooLong, Wildcard};
use crate::image::first_unfit;
use crate::quoted::QuotedChar;

/// The most bytes of any name that a pattern matches: nothing that is in use has
/// more, and to look at a million would take its time.
const LONGEST_NAME: usize = 255;
/// The most characters of a DNS label (RFC 1123).
const LONGEST_LABEL: usize = 63;

/// A name, in which `?` is one character and `*` any run of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    pattern: Wildcard,
    /// The most bytes of a name that it matches.
    longest: usize,
}

impl Glob {
    /// A pattern for any name.
    pub(super) fn of_names(pattern: &str) -> Result<Self, InvalidGlob> {
        match Wildcard::new(pattern, Star::Anything) {
            Ok(pattern) => Ok(Self {
                pattern,
                longest: LONGEST_NAME,
            }),
            Err(TooLong) => Err(InvalidGlob::TooLong),
        }
    }

    /// A pattern for names that are DNS labels (RFC 1123), as those of namespaces
    /// and of containers: another character would never match.
    pub(super) fn of_labels(pattern: &str) -> Result<Self, InvalidGlob> {
        let is_fit = |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '*' | '?');
        match first_unfit(pattern, is_fit) {
            Some(character) => Err(InvalidGlob::NoLabel(character)),
            None => Ok(Self {
                longest: LONGEST_LABEL,
                ..Self::of_names(pattern)?
            }),
        }
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        name.len() <= self.longest && self.pattern.matches(name.bytes())
    }
}

/// Why a text is no pattern for names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InvalidGlob {
    /// A character that no DNS label has.
    NoLabel(char),
    TooLong,
}

impl fmt::Display for InvalidGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLabel(character) => write!(
                f,
                "has the character {}, but such a name has lower-case letters, digits and hyphens only",
                QuotedChar(*character)
            ),
            Self::TooLong => write!(f, "has more than {} characters", Wildcard::MOST_TOKENS),
        }
    }
}
