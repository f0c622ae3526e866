//! The mode that weighs what was found, and why it is that one.

use super::host::{Host, LookupError, labels_of};
use crate::settings::{Applicable, Mode, Settings};

/// The mode that weighs what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ruling<'s> {
    /// That of the settings.
    Applicable(Applicable<'s>),
    /// The strict one: to which environment the namespace belongs is not known.
    Unknown(LookupError),
}

impl<'s> Ruling<'s> {
    /// The mode for an object in a namespace, or in none.
    pub(super) fn of(settings: &'s Settings<'_>, namespace: Option<&str>, host: &dyn Host) -> Self {
        let applicable = settings.applicable(namespace, |name, take| labels_of(name, host, take));
        applicable.map_or_else(Self::Unknown, Self::Applicable)
    }

    /// The mode.
    pub(super) const fn mode(&self) -> Mode {
        match self {
            Self::Applicable(applicable) => applicable.mode(),
            Self::Unknown(_) => Mode::Strict,
        }
    }
}
