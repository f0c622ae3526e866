//! Patterns for names: of namespaces, of containers, of environment variables.

use std::borrow::Cow;
use std::fmt;

use super::wildcard::{Star, Wildcard};
use crate::image::QuotedChar;

/// A name, in which `?` is one character and `*` any run of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob(Wildcard);

impl Glob {
    /// A pattern for any name.
    pub(super) fn new(pattern: &str) -> Self {
        Self(Wildcard::new(pattern, Star::Anything))
    }

    /// A pattern for names that are DNS labels (RFC 1123), as those of namespaces
    /// and of containers: another character would never match.
    pub(super) fn of_labels(pattern: Cow<'_, str>) -> Result<Self, NoLabel> {
        let unfit = pattern
            .chars()
            .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '*' | '?'));
        match unfit {
            Some(character) => Err(NoLabel(character)),
            None => Ok(Self::new(&pattern)),
        }
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        self.0.matches(name.chars())
    }
}

/// A character that no DNS label has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoLabel(char);

impl fmt::Display for NoLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "has the character {}, but such a name has lower-case letters, digits and hyphens only",
            QuotedChar(self.0)
        )
    }
}
