//! Normalises registries, so that two spellings of one registry compare as equal.

use std::fmt;

/// The registry of a reference without a domain.
pub(crate) const DEFAULT_REGISTRY: &str = "docker.io";
/// The namespace that the default registry adds to a path of one component.
pub(super) const LIBRARY: &str = "library/";
/// Other names of the default registry: a former one, and the name of its host.
const DEFAULT_ALIASES: [&str; 2] = ["index.docker.io", "registry-1.docker.io"];
/// The port of HTTPS, which registries are asked on unless another one is given.
const DEFAULT_PORT: &str = "443";

/// A registry, normalised: host names are case-insensitive, and the default port may be
/// left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registry<'a> {
    host: &'a str,
    port: Option<&'a str>,
}

impl<'a> Registry<'a> {
    pub(crate) fn of(domain: &'a str) -> Self {
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let (host, port) = match domain.rsplit_once(':') {
            Some((host, port)) if is_port(port) => (host, Some(without_leading_zeros(port))),
            _ => (domain, None),
        };
        let port = port.filter(|port| *port != DEFAULT_PORT);
        // Another port of the same host can belong to another registry.
        let is_default = |alias: &&str| port.is_none() && alias.eq_ignore_ascii_case(host);
        Self {
            host: if DEFAULT_ALIASES.iter().any(is_default) {
                DEFAULT_REGISTRY
            } else {
                host
            },
            port,
        }
    }

    /// The port; `None` for the default one.
    pub(crate) const fn port(&self) -> Option<&'a str> {
        self.port
    }

    /// The suffix that keeps the registry recognisable as a domain. Without the dot or the
    /// port of its original spelling it would be read as the first component of a path.
    pub(super) fn suffix(&self, domain: &str) -> &'static str {
        let is_localhost = domain.eq_ignore_ascii_case("localhost");
        let has_dot_or_port = self.port.is_some() || self.host.contains('.');
        if has_dot_or_port || is_localhost {
            ""
        } else {
            ":443"
        }
    }

    /// The host, in the case that it was written in.
    pub(crate) const fn host(&self) -> &'a str {
        self.host
    }

    /// The prefix that the registry adds to a path: `library/` for a path of one component
    /// in the default registry.
    pub(crate) fn prefix_of(&self, path: &str) -> &'static str {
        let is_default = self.port.is_none() && self.host.eq_ignore_ascii_case(DEFAULT_REGISTRY);
        if is_default && !path.contains('/') {
            LIBRARY
        } else {
            ""
        }
    }

    /// The normalised registry, as `Display` writes it, but without the cost of formatting.
    pub(crate) fn name(&self) -> String {
        let host = self.host.to_ascii_lowercase();
        match self.port {
            Some(port) => [&host, ":", port].concat(),
            None => host,
        }
    }
}

/// The number without leading zeros; `0` keeps one.
fn without_leading_zeros(number: &str) -> &str {
    match number.trim_start_matches('0') {
        "" => number.get(..1).unwrap_or(number),
        significant => significant,
    }
}

impl fmt::Display for Registry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
