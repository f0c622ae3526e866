//! The digest of a reference, which pins the reference to one image.

use std::fmt;

use super::reference_error::{PartError, ReferenceErrorKind};

/// A digest algorithm: sha256 and sha512 are registered by the OCI image specification,
/// sha384 is also accepted by distribution/reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestAlgorithm {
    Sha256,
    Sha384,
    Sha512,
}

impl DigestAlgorithm {
    fn named(name: &str) -> Option<Self> {
        match name {
            "sha256" => Some(Self::Sha256),
            "sha384" => Some(Self::Sha384),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The number of hexadecimal characters in a digest of this algorithm.
    pub(crate) const fn hex_length(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha384 => 96,
            Self::Sha512 => 128,
        }
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        })
    }
}

/// `algorithm ":" hex`, where the hex is lower-case and has the algorithm's exact length.
///
/// ```
/// use mutable_tags_policy::image::ImageReference;
///
/// let written = format!("nginx@sha256:{}", "ab".repeat(32));
/// let reference = ImageReference::try_from(written.as_str()).unwrap();
/// assert_eq!(reference.digest().unwrap().as_str().len(), "sha256:".len() + 64);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest<'a> {
    algorithm: DigestAlgorithm,
    written: &'a str,
}

impl<'a> Digest<'a> {
    pub(super) fn parse(written: &'a str) -> Result<Self, PartError> {
        if written.is_empty() {
            return Err((ReferenceErrorKind::Empty, 0));
        }
        let (name, hex) = match written.split_once(':') {
            Some((name, hex)) => (name, Some(hex)),
            None => (written, None),
        };
        let algorithm =
            DigestAlgorithm::named(name).ok_or((ReferenceErrorKind::UnknownAlgorithm, 0))?;
        let hex = hex.ok_or((ReferenceErrorKind::UnexpectedEnd, name.len()))?;
        let before_hex = name.len() + 1;
        for (index, byte) in hex.bytes().enumerate() {
            if !matches!(byte, b'0'..=b'9' | b'a'..=b'f') {
                let kind = ReferenceErrorKind::unexpected_in_lower_case(hex, index);
                return Err((kind, before_hex + index));
            }
        }
        if hex.len() != algorithm.hex_length() {
            return Err((
                ReferenceErrorKind::HexLength(algorithm, hex.len()),
                before_hex,
            ));
        }
        Ok(Self { algorithm, written })
    }

    /// The digest that `written` is as a whole.
    pub(crate) fn of(written: &'a str) -> Option<Self> {
        Self::parse(written).ok()
    }

    /// The digest that follows the last `@` of `written`.
    pub(crate) fn after_at_sign(written: &'a str) -> Option<Self> {
        let (_, digest) = written.rsplit_once('@')?;
        Self::of(digest)
    }

    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// The whole digest, algorithm included.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.written
    }
}
