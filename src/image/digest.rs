//! The digest of a reference, which pins it to one content.

use std::fmt;

use super::cut::cut_at_first;
use super::reference_error::DecodeErrorKind;

/// An algorithm that the OCI image specification registers, or that
/// distribution/reference accepts beside those (sha384).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestAlgorithm {
    /// 256 bits, in 64 characters.
    Sha256,
    /// 384 bits, in 96 characters.
    Sha384,
    /// 512 bits, in 128 characters.
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

    /// How many hexadecimal characters a digest of this algorithm has.
    #[must_use]
    pub const fn hex_length(self) -> usize {
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

/// `algorithm ":" lower-case-hex`, the hex in the algorithm's exact length.
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
    /// Parses a whole digest; an error comes with the number of characters
    /// before it.
    pub(super) fn parse(written: &'a str) -> Result<Self, (DecodeErrorKind, usize)> {
        if written.is_empty() {
            return Err((DecodeErrorKind::Empty, 0));
        }
        let (name, hex) = match cut_at_first(written, b':') {
            Some((name, hex)) => (name, Some(hex)),
            None => (written, None),
        };
        let algorithm =
            DigestAlgorithm::named(name).ok_or((DecodeErrorKind::UnknownAlgorithm, 0))?;
        let hex = hex.ok_or((DecodeErrorKind::UnexpectedEnd, name.len()))?;
        let before_hex = name.len() + 1;
        for (index, byte) in hex.bytes().enumerate() {
            if !matches!(byte, b'0'..=b'9' | b'a'..=b'f') {
                let fault = DecodeErrorKind::unexpected_in_lower_case(hex, index);
                return Err((fault, before_hex + index));
            }
        }
        if hex.len() != algorithm.hex_length() {
            return Err((DecodeErrorKind::HexLength(algorithm, hex.len()), before_hex));
        }
        Ok(Self { algorithm, written })
    }

    /// The digest that a text is.
    pub(crate) fn of(written: &'a str) -> Option<Self> {
        Self::parse(written).ok()
    }

    /// The digest behind the `@` of a text.
    pub(crate) fn behind_at(written: &'a str) -> Option<Self> {
        let (_, digest) = written.rsplit_once('@')?;
        Self::of(digest)
    }

    /// The algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// The whole digest, as written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.written
    }
}
