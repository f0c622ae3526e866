//! The setting `registries`: which registries the host may be asked to contact. Without it
//! the author of a manifest, who chooses the image, would choose whom the host connects to.

use std::fmt;

use super::fields::Fields;
use super::glob::{Glob, InvalidGlob};
use crate::budget::Budget;
use crate::image::{Registry, first_disallowed};
use crate::quoted::QuotedChar;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Registries(Vec<RegistryPattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct RegistryPattern {
    host: Glob,
    /// `None` allows the port of HTTPS only.
    port: Option<Glob>,
}

impl Registries {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Option<Self> {
        let patterns = settings.given_items("registries", |item| item.parsed(parse));
        patterns.map(Self)
    }

    /// Whether a registry is listed; `false` where the budget is spent.
    pub(super) fn allow(&self, registry: &Registry<'_>, budget: &Budget) -> bool {
        let host = registry.host().to_ascii_lowercase();
        self.0.iter().any(|pattern| {
            pattern.host.matches_within(&host, budget)
                && match &pattern.port {
                    None => registry.port().is_none(),
                    Some(port) => port.matches_within(registry.port().unwrap_or("443"), budget),
                }
        })
    }
}

fn parse(pattern: &str) -> Result<RegistryPattern, InvalidRegistry> {
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '*' | '?');
    if pattern.contains("://") {
        return Err(InvalidRegistry::Scheme);
    }
    if let Some(character) = first_disallowed(pattern, is_allowed) {
        return Err(InvalidRegistry::Character(character));
    }
    let is_in_port = |c: u8| matches!(c, b'0'..=b'9' | b'*' | b'?');
    // Within brackets, colons belong to an IPv6 address.
    let (host, port) = match pattern.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (pattern, None),
    };
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    if host.is_empty()
        || host.contains(':') && !is_bracketed
        || port.is_some_and(|port| port.is_empty() || !port.bytes().all(is_in_port))
    {
        return Err(InvalidRegistry::Port);
    }
    let glob = |pattern: &str| Glob::of_names(pattern).map_err(InvalidRegistry::Glob);
    // A port with a wildcard cannot be normalised, nor can its host, which could be another
    // registry on another port.
    let has_exact_port = port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()));
    let (host, port) = if has_exact_port {
        let registry = Registry::of(pattern);
        (registry.host(), registry.port())
    } else {
        (host, port)
    };
    Ok(RegistryPattern {
        host: glob(&host.to_ascii_lowercase())?,
        port: port.map(glob).transpose()?,
    })
}

enum InvalidRegistry {
    /// Neither hosts nor ports have this character.
    Character(char),
    /// The text is a URL.
    Scheme,
    /// The host is missing, or is followed by something other than a port.
    Port,
    Glob(InvalidGlob),
}

impl fmt::Display for InvalidRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => write!(
                f,
                "has the character {}, but must be a registry's host, optionally with a port, such as ghcr.io",
                QuotedChar(*character)
            ),
            Self::Scheme => f.write_str("begins with a scheme, such as https://: leave it out"),
            Self::Port => f.write_str(
                "must be a registry's host, optionally with a port, such as ghcr.io:5000",
            ),
            Self::Glob(invalid) => invalid.fmt(f),
        }
    }
}
