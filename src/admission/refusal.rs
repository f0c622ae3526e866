//! The reasons why a payload cannot be evaluated at all.

use std::fmt;

use crate::settings::InvalidSettings;

/// The reason why a payload cannot be evaluated at all. Its request is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The payload cannot be read as JSON with a request in it.
    NotJson,
    /// The settings cannot be used.
    Settings(InvalidSettings),
}

impl Refusal {
    /// The HTTP status code of the answer.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::NotJson => 400,
            Self::Settings(_) => 500,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mutable-tags: ")?;
        match self {
            Self::NotJson => f.write_str("the payload cannot be read as JSON with a request in it"),
            Self::Settings(invalid) => {
                write!(f, "the settings of the policy cannot be used: {invalid}")
            }
        }
    }
}

impl std::error::Error for Refusal {}
