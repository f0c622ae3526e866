//! The errors of fields that cannot be read.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::{Errors, FieldPath, Mismatch};

/// The reason why a field cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecodeErrorKind {
    /// An object belongs there.
    NotAnObject,
    /// A list belongs there.
    NotAList,
    /// A list or an object belongs there.
    NotAListOrObject,
    /// A string belongs there.
    NotAString,
    /// `true` or `false` belongs there.
    NotABoolean,
    /// One of the pull policies that Kubernetes knows belongs there.
    NotAPullPolicy,
    /// One of the operations of an admission request belongs there.
    NotAnOperation,
    /// The field is required.
    Missing,
    /// The object cannot be read as JSON, for example because it is nested too deep.
    NotJson,
    /// Another field contradicts this one, and readers differ on which of them counts.
    Repeated,
    /// The name of the field is right except for its case, and parsers differ on whether it counts.
    Miscased,
    /// The text is not a patch, or the patch alone does not show which images it sets.
    NotAPatch,
    /// The object exceeds the limit on the size of its image sites, on the items that the paths of
    /// its kind lead to, or on its errors.
    TooMuch,
    /// The object has more names and images than can be compared with the patterns of the settings.
    TooManyComparisons,
}

impl DecodeErrorKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnObject => "not-an-object",
            Self::NotAList => "not-a-list",
            Self::NotAListOrObject => "not-a-list-or-object",
            Self::NotAString => "not-a-string",
            Self::NotABoolean => "not-a-boolean",
            Self::NotAPullPolicy => "not-a-pull-policy",
            Self::NotAnOperation => "not-an-operation",
            Self::Missing => "missing",
            Self::NotJson => "not-json",
            Self::Repeated => "repeated",
            Self::Miscased => "miscased",
            Self::NotAPatch => "not-a-patch",
            Self::TooMuch => "too-much",
            Self::TooManyComparisons => "too-many-comparisons",
        }
    }
}

impl From<Mismatch> for DecodeErrorKind {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::Object => Self::NotAnObject,
            Mismatch::Array => Self::NotAList,
            Mismatch::String => Self::NotAString,
            Mismatch::Boolean => Self::NotABoolean,
        }
    }
}

/// A field that cannot be read.
///
/// The message names the expected type and quotes no value: a misplaced field can hold
/// anything, even a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecodeError<'a> {
    path: FieldPath<'a>,
    kind: DecodeErrorKind,
}

impl<'a> DecodeError<'a> {
    /// The errors that were noted in a document, each once and in the order of the paths.
    pub(crate) fn sorted(errors: Errors<'a, DecodeErrorKind>) -> Vec<Self> {
        let mut sorted = BTreeSet::new();
        let errors = errors.into_vec().into_iter();
        sorted.extend(errors.map(|(path, kind)| Self { path, kind }));
        sorted.into_iter().collect()
    }

    pub(crate) const fn new(path: FieldPath<'a>, kind: DecodeErrorKind) -> Self {
        Self { path, kind }
    }

    /// An error that borrows nothing.
    pub(crate) fn to_owned_error(&self) -> DecodeError<'static> {
        DecodeError {
            path: self.path.to_owned_path(),
            kind: self.kind,
        }
    }

    /// The reason why the field cannot be read.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The path of the field.
    #[must_use]
    pub const fn path(&self) -> &FieldPath<'a> {
        &self.path
    }
}

impl fmt::Display for DecodeError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.kind {
            DecodeErrorKind::NotAnObject => "must be an object",
            DecodeErrorKind::NotAList => "must be a list",
            DecodeErrorKind::NotAListOrObject => "must be a list or an object",
            DecodeErrorKind::NotAString => "must be a string",
            DecodeErrorKind::NotABoolean => "must be true or false",
            DecodeErrorKind::NotAPullPolicy => "must be Always, IfNotPresent or Never",
            DecodeErrorKind::NotAnOperation => "must be CREATE, UPDATE, DELETE or CONNECT",
            DecodeErrorKind::Missing => "is missing",
            DecodeErrorKind::NotJson => "cannot be read as JSON",
            DecodeErrorKind::Repeated => "is given more than once",
            DecodeErrorKind::Miscased => {
                "differs from the name of a field only in upper and lower case, and only some parsers accept it: write it as Kubernetes does"
            }
            DecodeErrorKind::NotAPatch => {
                "must be a JSON patch in which images are added, replaced or removed, and not copied or moved"
            }
            DecodeErrorKind::TooMuch => {
                "names too many images, or has too many items or too many errors"
            }
            DecodeErrorKind::TooManyComparisons => {
                "has more images or names than can be compared with so many patterns of the settings"
            }
        };
        write!(f, "{} {problem}", self.path)
    }
}
