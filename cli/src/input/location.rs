//! The source of an input, as the command line names it.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

/// The source of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path(PathBuf),
    /// Standard input, written as `-`.
    StandardInput,
}

impl FromStr for Location {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "-" => Self::StandardInput,
            path => Self::Path(PathBuf::from(path)),
        })
    }
}
