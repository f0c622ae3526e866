//! Why a text is no image reference: what is wrong, in which part, and where.

use std::fmt;

use super::DigestAlgorithm;
use crate::quoted::QuotedChar;

/// The part of a reference in which an error stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferencePart {
    /// The registry's host and port.
    Domain,
    /// The path of the repository within its registry.
    Repository,
    /// What stands behind `:`.
    Tag,
    /// What stands behind `@`.
    Digest,
}

impl fmt::Display for ReferencePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Domain => "domain",
            Self::Repository => "repository",
            Self::Tag => "tag",
            Self::Digest => "digest",
        })
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecodeErrorKind {
    /// The part has no character.
    Empty,
    /// The part ends where its grammar wants another character.
    UnexpectedEnd,
    /// A character that may not stand where it does.
    UnexpectedCharacter(char),
    /// A letter that would be right in lower case.
    UpperCase(char),
    /// More characters than this.
    TooLong(usize),
    /// A name that could be mistaken for the ID of an image.
    ImageId,
    /// A digest whose algorithm is none of those that are accepted.
    UnknownAlgorithm,
    /// A digest whose number of hexadecimal characters is not its algorithm's.
    HexLength(DigestAlgorithm, usize),
}

impl DecodeErrorKind {
    /// The fault of the character at `index`, before which all are ASCII.
    pub(super) fn unexpected(part: &str, index: usize) -> Self {
        match part.get(index..).and_then(|rest| rest.chars().next()) {
            Some(found) => Self::UnexpectedCharacter(found),
            None => Self::UnexpectedEnd,
        }
    }

    /// The same in a part whose letters are lower-case.
    pub(super) fn unexpected_in_lower_case(part: &str, index: usize) -> Self {
        match Self::unexpected(part, index) {
            Self::UnexpectedCharacter(found) if found.is_ascii_uppercase() => {
                Self::UpperCase(found)
            }
            fault => fault,
        }
    }
}

/// Why a text is no image reference.
///
/// Quotes at most one character of the text, escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    part: ReferencePart,
    fault: DecodeErrorKind,
    /// Characters before the fault, in the whole reference.
    before: usize,
}

impl ReferenceError {
    pub(super) const fn new(part: ReferencePart, fault: DecodeErrorKind, before: usize) -> Self {
        Self {
            part,
            fault,
            before,
        }
    }

    /// The part in which the error stands.
    #[must_use]
    pub const fn part(&self) -> ReferencePart {
        self.part
    }

    /// The character at which it stands, counted from 1.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.before + 1
    }
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, position) = (self.part, self.position());
        match self.fault {
            DecodeErrorKind::Empty => write!(f, "the {part} is empty at character {position}"),
            DecodeErrorKind::UnexpectedEnd => {
                write!(f, "the {part} ends too early at character {position}")
            }
            DecodeErrorKind::UnexpectedCharacter(found) => write!(
                f,
                "unexpected {} in the {part} at character {position}",
                QuotedChar(found)
            ),
            DecodeErrorKind::UpperCase(found) => write!(
                f,
                "upper-case {} in the {part} at character {position}",
                QuotedChar(found)
            ),
            DecodeErrorKind::TooLong(limit) => {
                write!(f, "the {part} has more than {limit} characters")
            }
            DecodeErrorKind::ImageId => f.write_str(
                "64 hexadecimal characters are the ID of an image, not the name of a repository",
            ),
            DecodeErrorKind::UnknownAlgorithm => {
                f.write_str("the algorithm of the digest is not one of sha256, sha384 and sha512")
            }
            DecodeErrorKind::HexLength(algorithm, found) => write!(
                f,
                "the digest has {found} hexadecimal characters where {algorithm} has {}",
                algorithm.hex_length()
            ),
        }
    }
}

impl std::error::Error for ReferenceError {}
