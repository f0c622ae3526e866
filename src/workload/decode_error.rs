//! Why an object cannot be judged.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::{Errors, FieldPath, Mismatch};

/// What is wrong with a field.
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
    /// The field is needed.
    Missing,
    /// The object cannot be read as JSON: it is nested too deep, for one.
    NotJson,
    /// Another field says otherwise: which of them counts depends on who reads it.
    Repeated,
    /// The object names more images, nested deeper, than there is room for, or has more
    /// errors than anybody reads.
    TooMuch,
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
            Self::TooMuch => "too-much",
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

/// A field that does not hold what is to be read there.
///
/// Says what was expected, and quotes nothing of what was found: a field that is
/// in the wrong place can hold anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecodeError<'a> {
    path: FieldPath<'a>,
    kind: DecodeErrorKind,
}

impl<'a> DecodeError<'a> {
    /// What was noted of a document, each once and in the order of the paths.
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

    /// What is wrong with it.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Where it stands.
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
            DecodeErrorKind::TooMuch => "names too many images, or has too many errors",
        };
        write!(f, "{} {problem}", self.path)
    }
}
