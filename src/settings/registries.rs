//! Registries that may be asked what a tag means: the author of a manifest chooses
//! the image, and must not choose whom the host calls.

use std::fmt;

use super::fields::Fields;
use super::glob::{Glob, InvalidGlob};
use crate::image::Registry;
use crate::quoted::QuotedChar;

/// Patterns for registries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Registries(Vec<RegistryPattern>);

/// A pattern for a host, and one for its port.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RegistryPattern {
    host: Glob,
    /// Nothing where only the port of HTTPS will do.
    port: Option<Glob>,
}

impl Registries {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Option<Self> {
        let patterns = settings.given_items("registries", |item| item.parsed(parse));
        patterns.map(Self)
    }

    /// Whether this registry may be asked.
    pub(super) fn allow(&self, registry: &Registry<'_>) -> bool {
        let host = registry.host().to_ascii_lowercase();
        self.0.iter().any(|pattern| {
            pattern.host.matches(&host)
                && match &pattern.port {
                    None => registry.port().is_none(),
                    Some(port) => port.matches(registry.port().unwrap_or("443")),
                }
        })
    }
}

fn parse(pattern: &str) -> Result<RegistryPattern, InvalidRegistry> {
    let is_fit = |c: &char| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '*' | '?')
    };
    if let Some(character) = pattern.chars().find(|c| !is_fit(c)) {
        return Err(InvalidRegistry::Character(character));
    }
    let is_port = |c: u8| matches!(c, b'0'..=b'9' | b'*' | b'?');
    // Within brackets, colons belong to an address.
    let (host, port) = match pattern.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (pattern, None),
    };
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    if host.is_empty()
        || host.contains(':') && !is_bracketed
        || port.is_some_and(|port| port.is_empty() || !port.bytes().all(is_port))
    {
        return Err(InvalidRegistry::Port);
    }
    let glob = |pattern: &str| Glob::of_names(pattern).map_err(InvalidRegistry::Glob);
    // The port of HTTPS need not be written, and the default registry has other names.
    let is_number = port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()));
    let (host, port) = if is_number {
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

/// Why a text is no pattern for registries.
enum InvalidRegistry {
    /// A character that no host and no port has.
    Character(char),
    /// There is no host, or what stands behind it is no port.
    Port,
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
            Self::Port => {
                f.write_str("must be a registry's host, perhaps with a port, such as ghcr.io:5000")
            }
            Self::Glob(invalid) => invalid.fmt(f),
        }
    }
}
