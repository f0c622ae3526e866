//! Why an object cannot be judged.

use std::fmt;

use super::FieldPath;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// An object belongs there.
    NoObject,
    /// A list belongs there.
    NoList,
    /// A list or an object belongs there.
    NoListOrObject,
    /// A string belongs there.
    NoString,
    /// `true` or `false` belongs there.
    NoBoolean,
    /// One of the pull policies that Kubernetes knows belongs there.
    NoPullPolicy,
    /// One of the operations that an admission request can have belongs there.
    NoOperation,
    /// The field is needed.
    Missing,
    /// The field stands more than once in its object: which value counts depends
    /// on who reads it.
    Twice,
    /// The string holds half a surrogate pair, which is no character.
    HalfSurrogate,
    /// The value is nested deeper than anything is read.
    TooDeep,
    /// The object holds more images, nested deeper or below longer keys, than there
    /// is room for.
    TooMuch,
}

impl Fault {
    /// Whether an image could be hidden by it, wherever it stands.
    pub(super) const fn hides(self) -> bool {
        matches!(self, Self::Twice | Self::TooDeep | Self::TooMuch)
    }
}

/// A field that does not hold what is to be read there.
///
/// Says what was expected, and quotes nothing of what was found: a field that is
/// in the wrong place can hold anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable<'a> {
    path: FieldPath<'a>,
    fault: Fault,
}

impl<'a> Unreadable<'a> {
    pub(crate) const fn new(path: FieldPath<'a>, fault: Fault) -> Self {
        Self { path, fault }
    }

    /// Whether it makes two of something.
    pub(crate) fn is_of_two(&self) -> bool {
        self.fault == Fault::Twice
    }

    /// Where it stands.
    #[must_use]
    pub const fn path(&self) -> &FieldPath<'a> {
        &self.path
    }
}

impl fmt::Display for Unreadable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.fault {
            Fault::NoObject => "must be an object",
            Fault::NoList => "must be a list",
            Fault::NoListOrObject => "must be a list or an object",
            Fault::NoString => "must be a string",
            Fault::NoBoolean => "must be true or false",
            Fault::NoPullPolicy => "must be Always, IfNotPresent or Never",
            Fault::NoOperation => "must be CREATE, UPDATE, DELETE or CONNECT",
            Fault::Missing => "is missing",
            Fault::Twice => "is given more than once",
            Fault::HalfSurrogate => "holds half a surrogate pair",
            Fault::TooDeep => "is nested more than 127 levels deep",
            Fault::TooMuch => {
                "names too many images, nested too deep or below keys that are too long"
            }
        };
        write!(f, "{} {problem}", self.path)
    }
}
