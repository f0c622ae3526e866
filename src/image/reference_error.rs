//! Errors of image references: what is wrong, in which part, and at which character.

use std::fmt;

use super::DigestAlgorithm;
use crate::quoted::QuotedChar;

/// The part of a reference that an error is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferencePart {
    /// The registry's host and port.
    Domain,
    /// The path of the repository within its registry.
    Repository,
    Tag,
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

/// The way to mend a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReferenceFix {
    /// Leave out the scheme.
    DropScheme,
    /// Write the tag in quotes, so that YAML does not read it as a number.
    QuoteTag,
    /// Write the repository in lower case.
    LowerCase,
    /// Correct what the error names.
    Correct,
}

/// An error in one part, and the number of that part's characters before it.
pub(super) type PartError = (ReferenceErrorKind, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceErrorKind {
    Empty,
    /// The part ends where its grammar needs another character.
    UnexpectedEnd,
    UnexpectedCharacter(char),
    /// The letter would be allowed in lower case.
    UpperCase(char),
    /// The part has more characters than this limit.
    TooLong(usize),
    /// The text begins with a scheme, such as `https://`.
    Scheme,
    /// The tag is a number with an exponent, which YAML makes of a tag of digits.
    Number,
    /// Container runtimes would take the reference for the ID of an image.
    ImageId,
    UnknownAlgorithm,
    /// The digest has this number of hexadecimal characters, which is not its algorithm's.
    HexLength(DigestAlgorithm, usize),
}

impl ReferenceErrorKind {
    /// The error for the character at byte `index`; all characters before it are ASCII.
    pub(super) fn unexpected(part: &str, index: usize) -> Self {
        match part.get(index..).and_then(|rest| rest.chars().next()) {
            Some(found) => Self::UnexpectedCharacter(found),
            None => Self::UnexpectedEnd,
        }
    }

    /// Like [`Self::unexpected`], for a part that allows letters in lower case only.
    pub(super) fn unexpected_in_lower_case(part: &str, index: usize) -> Self {
        match Self::unexpected(part, index) {
            Self::UnexpectedCharacter(found) if found.is_ascii_uppercase() => {
                Self::UpperCase(found)
            }
            other => other,
        }
    }
}

/// The text is not an image reference.
///
/// `Display` quotes at most one character of the text, escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    part: ReferencePart,
    kind: ReferenceErrorKind,
    /// The characters of the whole reference before the error.
    before: usize,
}

impl ReferenceError {
    pub(super) const fn new(part: ReferencePart, kind: ReferenceErrorKind, before: usize) -> Self {
        Self { part, kind, before }
    }

    /// The way to mend the reference.
    pub(crate) const fn fix(&self) -> ReferenceFix {
        match (self.part, self.kind) {
            (_, ReferenceErrorKind::Scheme) => ReferenceFix::DropScheme,
            (_, ReferenceErrorKind::Number) => ReferenceFix::QuoteTag,
            (ReferencePart::Repository, ReferenceErrorKind::UpperCase(_)) => {
                ReferenceFix::LowerCase
            }
            _ => ReferenceFix::Correct,
        }
    }

    #[must_use]
    pub const fn part(&self) -> ReferencePart {
        self.part
    }

    /// The number of the offending character, counted from 1.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.before + 1
    }
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, position) = (self.part, self.position());
        match self.kind {
            ReferenceErrorKind::Empty => write!(f, "the {part} is empty at character {position}"),
            ReferenceErrorKind::UnexpectedEnd => {
                write!(f, "the {part} ends too early at character {position}")
            }
            ReferenceErrorKind::UnexpectedCharacter(found) => write!(
                f,
                "unexpected {} in the {part} at character {position}",
                QuotedChar(found)
            ),
            ReferenceErrorKind::UpperCase(found) => write!(
                f,
                "upper-case {} in the {part} at character {position}",
                QuotedChar(found)
            ),
            ReferenceErrorKind::TooLong(limit) => {
                write!(f, "the {part} has more than {limit} characters")
            }
            ReferenceErrorKind::Scheme => f.write_str("an image has no scheme"),
            ReferenceErrorKind::Number => {
                f.write_str("the tag is a number with an exponent, as YAML writes a large one")
            }
            ReferenceErrorKind::ImageId => f.write_str(
                "64 hexadecimal characters are the ID of an image, not the name of a repository",
            ),
            ReferenceErrorKind::UnknownAlgorithm => {
                f.write_str("the algorithm of the digest is not one of sha256, sha384 and sha512")
            }
            ReferenceErrorKind::HexLength(algorithm, found) => write!(
                f,
                "the digest has {found} hexadecimal characters where {algorithm} has {}",
                algorithm.hex_length()
            ),
        }
    }
}

impl std::error::Error for ReferenceError {}
