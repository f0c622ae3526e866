//! The domain of a reference: a host name, an IPv4 or a bracketed IPv6 address, with
//! an optional port.

use super::reference_error::{PartError, ReferenceErrorKind};
use super::repository_path::check_path;

/// Whether a domain is one that the grammar reads as the first component of a path, since it
/// has an underscore. Kubernetes and containerd ask the host of that name all the same.
pub(super) fn is_underscored(domain: &str) -> bool {
    domain.contains('_') && check_path(domain).is_ok()
}

pub(super) fn check_domain(domain: &str) -> Result<(), PartError> {
    if is_underscored(domain) {
        return Ok(());
    }
    let (host_length, port) = match domain.strip_prefix('[') {
        Some(bracketed) => check_ipv6(bracketed)?,
        None => {
            let (host, port) = match domain.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (domain, None),
            };
            check_host(host)?;
            (host.len(), port)
        }
    };
    let Some(port) = port else { return Ok(()) };
    let before = host_length + 1;
    if port.is_empty() {
        return Err((ReferenceErrorKind::UnexpectedEnd, before));
    }
    match port.bytes().position(|byte| !byte.is_ascii_digit()) {
        None => Ok(()),
        Some(index) => Err((ReferenceErrorKind::unexpected(port, index), before + index)),
    }
}

/// Checks the part of a domain that follows `[`. Returns the length of the host, both
/// brackets included, and the port.
fn check_ipv6(bracketed: &str) -> Result<(usize, Option<&str>), PartError> {
    for (index, byte) in bracketed.bytes().enumerate() {
        match byte {
            b']' if index > 0 => break,
            b':' => {}
            _ if byte.is_ascii_hexdigit() => {}
            _ => return Err((ReferenceErrorKind::unexpected(bracketed, index), index + 1)),
        }
    }
    let (address, rest) = bracketed
        .split_once(']')
        .ok_or((ReferenceErrorKind::UnexpectedEnd, bracketed.len() + 1))?;
    let length = address.len() + 2;
    match rest.strip_prefix(':') {
        _ if rest.is_empty() => Ok((length, None)),
        Some(port) => Ok((length, Some(port))),
        None => Err((ReferenceErrorKind::unexpected(rest, 0), length)),
    }
}

/// Checks that a host consists of labels, separated by single dots. A label has letters,
/// digits and hyphens, and neither begins nor ends with a hyphen.
fn check_host(host: &str) -> Result<(), PartError> {
    let mut previous = b'.';
    for (index, byte) in host.bytes().enumerate() {
        let is_allowed = match byte {
            b'.' => previous.is_ascii_alphanumeric(),
            b'-' => previous != b'.',
            _ => byte.is_ascii_alphanumeric(),
        };
        if !is_allowed {
            return Err((ReferenceErrorKind::unexpected(host, index), index));
        }
        previous = byte;
    }
    if previous.is_ascii_alphanumeric() {
        Ok(())
    } else {
        Err((ReferenceErrorKind::UnexpectedEnd, host.len()))
    }
}
