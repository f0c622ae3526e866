//! The domain of a reference: a host name, an IPv4 or a bracketed IPv6 address, with
//! an optional port.

use super::cut::cut_at_first;
use super::reference_error::DecodeErrorKind;

/// Checks a whole domain; an error comes with the number of characters before it.
pub(super) fn check_domain(domain: &str) -> Result<(), (DecodeErrorKind, usize)> {
    let (host_length, port) = match domain.strip_prefix('[') {
        Some(bracketed) => check_ipv6(bracketed)?,
        None => {
            let (host, port) = match cut_at_first(domain, b':') {
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
        return Err((DecodeErrorKind::UnexpectedEnd, before));
    }
    match port.bytes().position(|byte| !byte.is_ascii_digit()) {
        None => Ok(()),
        Some(index) => Err((DecodeErrorKind::unexpected(port, index), before + index)),
    }
}

/// Checks what stands behind `[`; returns the length of the host with both
/// brackets, and the port.
fn check_ipv6(bracketed: &str) -> Result<(usize, Option<&str>), (DecodeErrorKind, usize)> {
    for (index, byte) in bracketed.bytes().enumerate() {
        match byte {
            b']' if index > 0 => break,
            b':' => {}
            _ if byte.is_ascii_hexdigit() => {}
            _ => return Err((DecodeErrorKind::unexpected(bracketed, index), index + 1)),
        }
    }
    let (address, behind) = cut_at_first(bracketed, b']')
        .ok_or((DecodeErrorKind::UnexpectedEnd, bracketed.len() + 1))?;
    let length = address.len() + 2;
    match behind.strip_prefix(':') {
        _ if behind.is_empty() => Ok((length, None)),
        Some(port) => Ok((length, Some(port))),
        None => Err((DecodeErrorKind::unexpected(behind, 0), length)),
    }
}

/// Labels of letters, digits and inner hyphens, separated by single dots.
fn check_host(host: &str) -> Result<(), (DecodeErrorKind, usize)> {
    let mut previous = b'.';
    for (index, byte) in host.bytes().enumerate() {
        let fits = match byte {
            b'.' => previous.is_ascii_alphanumeric(),
            b'-' => previous != b'.',
            _ => byte.is_ascii_alphanumeric(),
        };
        if !fits {
            return Err((DecodeErrorKind::unexpected(host, index), index));
        }
        previous = byte;
    }
    if previous.is_ascii_alphanumeric() {
        Ok(())
    } else {
        Err((DecodeErrorKind::UnexpectedEnd, host.len()))
    }
}
