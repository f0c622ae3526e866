//! Registries that may be asked what a tag means: the author of a manifest chooses
//! the image, and must not choose whom the host calls.

use std::borrow::Cow;
use std::fmt;

use super::fields::Fields;
use super::glob::{Glob, InvalidGlob};
use crate::image::{QuotedChar, Registry};

/// Patterns for registries: a host and, unless it is that of HTTPS, a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Registries(Vec<Glob>);

impl Registries {
    pub(super) fn take(fields: &Fields<'_, '_>) -> Option<Self> {
        let globs = fields.given_items("registries", |item| item.parsed(parse));
        globs.map(Self)
    }

    /// Whether this registry may be asked.
    pub(super) fn allow(&self, registry: &str) -> bool {
        self.0.iter().any(|glob| glob.matches(registry))
    }
}

fn parse(pattern: Cow<'_, str>) -> Result<Glob, InvalidRegistry> {
    let is_fit = |c: &char| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '*' | '?')
    };
    match pattern.chars().find(|c| !is_fit(c)) {
        Some(character) => Err(InvalidRegistry::Character(character)),
        None => {
            let registry = Registry::of(&pattern).to_string();
            Glob::of_names(Cow::Owned(registry)).map_err(InvalidRegistry::Glob)
        }
    }
}

/// Why a text is no pattern for registries.
enum InvalidRegistry {
    /// A character that no host and no port has.
    Character(char),
    /// It is no pattern.
    Glob(InvalidGlob),
}

impl fmt::Display for InvalidRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => write!(
                f,
                "has the character {}, but must be a registry's host, perhaps with a port, such as ghcr.io",
                QuotedChar(*character)
            ),
            Self::Glob(invalid) => invalid.fmt(f),
        }
    }
}
