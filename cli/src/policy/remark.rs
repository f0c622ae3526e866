//! Remarks on the settings, and on where they come from.

use std::fmt;
use std::io::Write;

use super::scope::Scope;
use crate::diagnostics;
use crate::input::exclude::CONFIGURATION;
use crate::input::repeated::RepeatedKey;
use crate::place::Place;

/// A remark, which has no effect on a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// The configuration file is used for these of its fields.
    Used(Place, Vec<&'static str>),
    /// The configuration file is not used because the command line has settings.
    NotUsed(Place),
    /// A file with almost the name of the configuration file.
    Misnamed(Place),
    /// The manifest of the policy has a field that restricts it in a cluster.
    Scope(Place, Scope),
    /// The manifest of the policy has no settings.
    NoSettings(Place),
    RepeatedKey(RepeatedKey),
}

impl Remark {
    /// Whether the remark points to nothing that could be a mistake.
    pub(crate) fn is_routine(&self) -> bool {
        matches!(self, Self::Used(..) | Self::NotUsed(_))
    }

    /// Writes the remark to standard error.
    pub(crate) fn write(&self, errors: &mut dyn Write) {
        match self {
            Self::Misnamed(_) | Self::RepeatedKey(_) => diagnostics::warning(errors, self),
            Self::Used(..) | Self::NotUsed(_) | Self::Scope(..) | Self::NoSettings(_) => {
                diagnostics::note(errors, self);
            }
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Used(file, fields) => write!(
                f,
                "using {} from {file}: pass --no-config to ignore it",
                fields.join(" and ")
            ),
            Self::NotUsed(file) => write!(
                f,
                "{file} is not used because the command line has settings"
            ),
            Self::Misnamed(file) => {
                write!(f, "{file} is not read: rename it to {CONFIGURATION}")
            }
            Self::Scope(place, scope) => write!(f, "{place}: {scope}"),
            Self::NoSettings(place) => write!(
                f,
                "{place}: spec.settings is missing: the policy's defaults apply, which are strict"
            ),
            Self::RepeatedKey(key) => write!(f, "{key}"),
        }
    }
}
