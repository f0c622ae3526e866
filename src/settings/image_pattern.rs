//! Patterns for images: `repository` or `repository:tag`.

use std::fmt;

use super::wildcard::{Star, TooLong, Wildcard};
use crate::image::{
    DEFAULT_REGISTRY, ImageReference, Registry, cut_at_first, cut_at_last, first_unfit,
    is_domain_like, split,
};
use crate::quoted::QuotedChar;

/// The most characters of a registry's host that any pattern matches.
const MAX_HOST: usize = 253;

/// A pattern that must match the whole normalised name of an image, registry
/// included, and, if it has a tag, the whole tag.
///
/// `?` is one character, `*` any run within one path component, `**` any run
/// across them; in a tag `*` is any run. What could not be a domain in an image's
/// first component is normalised as an image is: `nginx` means
/// `docker.io/library/nginx`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ImagePattern {
    name: Wildcard,
    tag: Option<Wildcard>,
}

impl ImagePattern {
    pub(super) fn parse(pattern: &str) -> Result<Self, InvalidPattern> {
        if pattern.bytes().any(|b| b == b'@') {
            return Err(InvalidPattern::Digest);
        }
        let (name, tag) = split_tag(pattern);
        check_name(name)?;
        if let Some(tag) = tag {
            check_tag(tag)?;
        }
        let wildcard = |pattern: &str, star| {
            Wildcard::new(pattern, star).map_err(|TooLong| InvalidPattern::TooLong)
        };
        Ok(Self {
            name: wildcard(&normalised(name), Star::WithinComponent)?,
            tag: tag.map(|tag| wildcard(tag, Star::Anything)).transpose()?,
        })
    }

    /// Whether it matches; an image that implies `latest` matches as if it were
    /// written, and a registry matches however it is spelt.
    pub(super) fn matches(&self, image: &ImageReference<'_>) -> bool {
        let registry = Registry::of(image.registry());
        // A host name has at most 253 characters (RFC 1035): there is no such registry.
        if registry.host().len() > MAX_HOST {
            return false;
        }
        let path = image.repository().path();
        let prefix = registry.prefix_of(path);
        let name = registry.bytes().chain([b'/']);
        let name = name.chain(prefix.bytes()).chain(path.bytes());
        if !self.name.matches(name) {
            return false;
        }
        let Some(pattern) = &self.tag else {
            return true;
        };
        image
            .effective_tag()
            .is_some_and(|tag| pattern.matches(tag.as_str().bytes()))
    }
}

/// The tag stands behind the last colon, unless that belongs to a port.
fn split_tag(pattern: &str) -> (&str, Option<&str>) {
    match cut_at_last(pattern, b':') {
        Some((name, tag)) if !tag.bytes().any(|b| b == b'/') => (name, Some(tag)),
        _ => (pattern, None),
    }
}

fn check_name(name: &str) -> Result<(), InvalidPattern> {
    let (first, path) = match cut_at_first(name, b'/') {
        Some((first, path)) => (first, Some(path)),
        None => (name, None),
    };
    if split(name, |byte| byte == b'/').any(str::is_empty) {
        return Err(InvalidPattern::EmptyComponent);
    }
    let is_anywhere = begins_with_wildcard(first);
    let crosses = has_crossing_run(name);
    if path.is_none() && is_anywhere && !crosses {
        return Err(InvalidPattern::OneComponent);
    }
    if path.is_none() && !is_anywhere && !crosses && is_domain_like(first) {
        return Err(InvalidPattern::NoRepository);
    }
    let unfit = match path {
        Some(path) => first_unfit(first, is_in_domain).or_else(|| first_unfit(path, is_in_path)),
        None => first_unfit(first, is_in_path),
    };
    match unfit {
        Some(character) => Err(InvalidPattern::Character(character)),
        None => Ok(()),
    }
}

/// Whether a component begins with what can stand for any character.
fn begins_with_wildcard(first: &str) -> bool {
    matches!(first.bytes().next(), Some(b'*' | b'?'))
}

fn is_in_path(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '.' | '_' | '-' | '/' | '*' | '?')
}

fn is_in_domain(character: char) -> bool {
    matches!(character, 'A'..='Z' | ':' | '[' | ']') || is_in_path(character)
}

/// Whether a `**` can stand for more than one path component.
fn has_crossing_run(name: &str) -> bool {
    name.as_bytes().windows(2).any(|pair| pair == b"**")
}

fn check_tag(tag: &str) -> Result<(), InvalidPattern> {
    if tag.is_empty() {
        return Err(InvalidPattern::EmptyTag);
    }
    let is_fit = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '.' | '-' | '*' | '?');
    match first_unfit(tag, is_fit) {
        Some(character) => Err(InvalidPattern::Character(character)),
        None => Ok(()),
    }
}

/// The pattern for what images are called: with their registry, in its own form.
fn normalised(name: &str) -> String {
    let (first, path) = match cut_at_first(name, b'/') {
        Some((first, path)) => (first, Some(path)),
        None => (name, None),
    };
    let is_registry = begins_with_wildcard(first) || is_domain_like(first);
    match path {
        None if is_registry => first.to_ascii_lowercase(),
        None => format!("{DEFAULT_REGISTRY}/library/{name}"),
        Some(_) if !is_registry => format!("{DEFAULT_REGISTRY}/{name}"),
        Some(path) => {
            let registry = Registry::of(first);
            let prefix = match has_crossing_run(path) {
                true => "",
                false => registry.prefix_of(path),
            };
            format!("{registry}/{prefix}{path}")
        }
    }
}

/// Why a text is no image pattern, or one that matches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InvalidPattern {
    Digest,
    EmptyComponent,
    EmptyTag,
    OneComponent,
    NoRepository,
    TooLong,
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
            Self::TooLong => write!(f, "has more than {} characters", Wildcard::MOST_TOKENS),
            Self::Character(character) => {
                write!(f, "has an unexpected {}", QuotedChar(*character))
            }
        }
    }
}
