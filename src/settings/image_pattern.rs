//! Patterns for images: `repository` or `repository:tag`.

use std::fmt;

use super::wildcard::{MAX_LENGTH, TooLong, check_length, matches, matches_path};
use crate::budget::Budget;
use crate::image::{
    DEFAULT_REGISTRY, ImageReference, Registry, Tag, first_disallowed, is_domain_like,
};
use crate::quoted::QuotedChar;

/// The longest host name, in characters (RFC 1035).
const MAX_HOST: usize = 253;

/// A pattern that must match the whole normalised name of an image, registry
/// included, and, if it has a tag, the whole tag.
///
/// `?` stands for one character, `*` for any run within one path component, `**` for any
/// number of whole components; in a tag `*` stands for any run. A pattern is normalised as an
/// image is: `nginx` means `docker.io/library/nginx`, unless its first component can be a
/// domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ImagePattern {
    name: Box<str>,
    tag: Option<Box<str>>,
}

/// An image as patterns see it: with its normalised name, and the tag that the kubelet uses. All
/// spellings of a registry match alike, and an implied `latest` counts as written.
pub(super) struct PatternSubject<'a> {
    name: String,
    tag: Option<Tag<'a>>,
}

impl<'a> PatternSubject<'a> {
    /// `None` for an image that no pattern matches: a registry with a longer name cannot exist, and
    /// matching it would take time.
    pub(super) fn of(image: &ImageReference<'a>) -> Option<Self> {
        let registry = Registry::of(image.registry());
        (registry.host().len() <= MAX_HOST).then(|| Self {
            name: named(&registry, image.repository().path()),
            tag: image.effective_tag(),
        })
    }
}

impl ImagePattern {
    pub(super) fn parse(pattern: &str) -> Result<Self, InvalidPattern> {
        let (name, tag) = split_tag(pattern);
        // No pattern with an `@` passes the checks.
        check(name, tag).map_err(|invalid| match pattern.contains('@') {
            true => InvalidPattern::Digest,
            false => invalid,
        })?;
        let name = normalised(name);
        for part in [&name, tag.unwrap_or_default()] {
            check_length(part).map_err(|TooLong| InvalidPattern::TooLong)?;
        }
        Ok(Self {
            name: name.into(),
            tag: tag.map(Into::into),
        })
    }

    /// Whether the pattern matches an image; `false` where the budget is spent.
    pub(super) fn matches(&self, image: &PatternSubject<'_>, budget: &Budget) -> bool {
        matches_path(&self.name, &image.name, budget)
            && self.tag.as_ref().is_none_or(|pattern| {
                let tag = image.tag.as_ref();
                tag.is_some_and(|tag| matches(pattern, tag.as_str(), budget))
            })
    }
}

/// Splits off the tag, which follows the last colon unless that belongs to a port.
fn split_tag(pattern: &str) -> (&str, Option<&str>) {
    match pattern.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (pattern, None),
    }
}

fn check(name: &str, tag: Option<&str>) -> Result<(), InvalidPattern> {
    check_name(name)?;
    tag.map_or(Ok(()), check_tag)
}

fn check_name(name: &str) -> Result<(), InvalidPattern> {
    let (first, path) = split_first(name);
    if name.starts_with('/') || name.ends_with('/') || name.is_empty() || has_pair(name, b"//") {
        let address = name.split_once(':');
        return Err(
            match address.is_some_and(|(_, rest)| rest.starts_with("//")) {
                true => InvalidPattern::Scheme,
                false => InvalidPattern::EmptyComponent,
            },
        );
    }
    let is_glued = |component: &str| crosses_components(component) && component != "**";
    if crosses_components(name) && name.split('/').any(is_glued) {
        return Err(InvalidPattern::GluedRun);
    }
    if path.is_none() && !crosses_components(name) {
        if begins_with_wildcard(first) {
            return Err(InvalidPattern::OneComponent);
        }
        if is_domain_like(first) {
            return Err(InvalidPattern::NoRepository);
        }
    }
    let disallowed = match path {
        Some(path) => {
            first_disallowed(first, is_in_domain).or_else(|| first_disallowed(path, is_in_path))
        }
        None => first_disallowed(first, is_in_path),
    };
    match disallowed {
        Some(upper) if upper.is_ascii_uppercase() => Err(InvalidPattern::UpperCase(upper)),
        Some(character) => Err(InvalidPattern::Character(character)),
        None => Ok(()),
    }
}

fn begins_with_wildcard(component: &str) -> bool {
    component.starts_with(['*', '?'])
}

fn is_in_path(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '.' | '_' | '-' | '/' | '*' | '?')
}

fn is_in_domain(character: char) -> bool {
    matches!(character, 'A'..='Z' | ':' | '[' | ']') || is_in_path(character)
}

/// Whether the pattern has a `**`, which can stand for several path components.
fn crosses_components(name: &str) -> bool {
    has_pair(name, b"**")
}

/// Searching such a short text for two bytes costs less than preparing a search of the library.
fn has_pair(text: &str, pair: &[u8; 2]) -> bool {
    text.as_bytes().windows(2).any(|own| own == pair)
}

/// The first component, which can be a registry, and those after it.
fn split_first(name: &str) -> (&str, Option<&str>) {
    match name.split_once('/') {
        Some((first, path)) => (first, Some(path)),
        None => (name, None),
    }
}

fn check_tag(tag: &str) -> Result<(), InvalidPattern> {
    if tag.is_empty() {
        return Err(InvalidPattern::EmptyTag);
    }
    let is_allowed =
        |c| matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '.' | '-' | '*' | '?');
    match first_disallowed(tag, is_allowed) {
        Some(character) => Err(InvalidPattern::Character(character)),
        None => Ok(()),
    }
}

/// The pattern with a normalised registry, as names of images are normalised.
fn normalised(name: &str) -> String {
    let (first, path) = split_first(name);
    let is_registry = begins_with_wildcard(first) || is_domain_like(first);
    match path {
        None if is_registry => first.to_ascii_lowercase(),
        None => named(&Registry::of(DEFAULT_REGISTRY), name),
        Some(_) if !is_registry => [DEFAULT_REGISTRY, "/", name].concat(),
        Some(path) => named(&Registry::of(first), path),
    }
}

/// The normalised name of a repository, or of a pattern for one.
fn named(registry: &Registry<'_>, path: &str) -> String {
    let prefix = match crosses_components(path) {
        true => "",
        false => registry.prefix_of(path),
    };
    [&registry.name(), "/", prefix, path].concat()
}

/// The text is not an image pattern, or is one that could never match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InvalidPattern {
    Digest,
    EmptyComponent,
    EmptyTag,
    OneComponent,
    NoRepository,
    /// A `**` touches something other than a slash, the tag or an end.
    GluedRun,
    Scheme,
    TooLong,
    UpperCase(char),
    Character(char),
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest => f.write_str("names a digest, but an image with a digest is pinned anyway"),
            Self::EmptyComponent => f.write_str("has an empty path component"),
            Self::EmptyTag => f.write_str("has an empty tag"),
            Self::OneComponent => f.write_str(
                "matches one path component, but every image has a registry too: write ** for any run of components",
            ),
            Self::NoRepository => f.write_str(
                "names a registry but no repository: add /** for all that it holds",
            ),
            Self::GluedRun => f.write_str(
                "has a ** that touches other characters: it stands for whole path components, as in ghcr.io/**; within one component write *",
            ),
            Self::Scheme => {
                f.write_str("begins with a scheme, such as https://: leave it out")
            }
            Self::TooLong => write!(f, "has more than {} characters", MAX_LENGTH),
            Self::UpperCase(character) => write!(
                f,
                "has an upper-case {}, but repositories are in lower case",
                QuotedChar(*character)
            ),
            Self::Character(character) => {
                write!(f, "has an unexpected {}", QuotedChar(*character))
            }
        }
    }
}
