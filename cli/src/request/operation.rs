//! The operations that a check can assume.

use clap::ValueEnum;

/// The operation on an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum Operation {
    /// The object is new (the default)
    #[default]
    Create,
    /// The object changes; it is judged without an old object, which --old would add
    Update,
    /// The object is deleted
    Delete,
}

impl Operation {
    /// The name in an AdmissionRequest.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        }
    }
}
