//! Registries, told apart by what they are rather than by how they are spelt.

use std::fmt;

use super::cut::cut_at_last;

/// The registry that a name without a domain belongs to.
pub(crate) const DEFAULT_REGISTRY: &str = "docker.io";
/// Where the default registry keeps what is named by one component.
pub(super) const LIBRARY: &str = "library/";
/// Other names of the default registry: an older one, and its host's.
const DEFAULT_ALIASES: [&str; 2] = ["index.docker.io", "registry-1.docker.io"];
/// The port of HTTPS, which is asked where none is given.
const DEFAULT_PORT: &str = "443";

/// A registry's domain in a form of its own: host names know no case, and the
/// default port need not be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registry<'a> {
    host: &'a str,
    port: Option<&'a str>,
}

impl<'a> Registry<'a> {
    pub(crate) fn of(domain: &'a str) -> Self {
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let (host, port) = match cut_at_last(domain, b':') {
            Some((host, port)) if is_port(port) => (host, Some(without_zeros(port))),
            _ => (domain, None),
        };
        let port = port.filter(|port| *port != DEFAULT_PORT);
        // Behind another port there can be anything.
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

    /// The port, unless it is the default one.
    pub(crate) const fn port(&self) -> Option<&'a str> {
        self.port
    }

    /// What has to stand behind the name so that it is read as a domain, and not as
    /// the first component of a path at the default registry.
    pub(super) fn suffix(&self, domain: &str) -> &'static str {
        let is_local = domain.eq_ignore_ascii_case("localhost");
        let is_telling = self.port.is_some() || self.host.bytes().any(|b| b == b'.');
        if is_telling || is_local { "" } else { ":443" }
    }

    /// The host, as it is written.
    pub(crate) const fn host(&self) -> &'a str {
        self.host
    }

    /// What the registry puts in front of a path: the default one keeps what is
    /// named by one component in a place of its own.
    pub(crate) fn prefix_of(&self, path: &str) -> &'static str {
        let is_default = self.port.is_none() && self.host.eq_ignore_ascii_case(DEFAULT_REGISTRY);
        if is_default && !path.bytes().any(|b| b == b'/') {
            LIBRARY
        } else {
            ""
        }
    }

    /// The host in lower case, and the port unless it is the default one.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> + 'a {
        let host = self.host.bytes().map(|byte| byte.to_ascii_lowercase());
        let port = self.port.into_iter();
        host.chain(port.flat_map(|port| [b':'].into_iter().chain(port.bytes())))
    }
}

/// A number without the zeros that can stand before it.
fn without_zeros(number: &str) -> &str {
    let mut rest = number;
    while let Some(behind) = rest.strip_prefix('0') {
        if behind.is_empty() {
            break;
        }
        rest = behind;
    }
    rest
}

impl fmt::Display for Registry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host.to_ascii_lowercase())?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}
