//! The source of an input, as the command line names it, and the paths of files.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::place::STANDARD_INPUT;

/// The source of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path(PathBuf),
    /// Standard input, written as `-`.
    StandardInput,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::StandardInput => f.write_str(STANDARD_INPUT),
        }
    }
}

impl Location {
    /// The path; `None` for standard input.
    pub(crate) fn as_path(&self) -> Option<&Path> {
        match self {
            Self::StandardInput => None,
            Self::Path(path) => Some(path),
        }
    }
}

impl FromStr for Location {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "" => Err("the path is empty: name a file, or - for standard input"),
            "-" => Ok(Self::StandardInput),
            path => Ok(Self::Path(PathBuf::from(path))),
        }
    }
}

/// The absolute path of a file, which need not exist. Links of its folder are followed, but a link to
/// the file keeps its own name.
pub(crate) fn absolute_path(file: &Path) -> Option<PathBuf> {
    let folder = file.parent()?;
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_standard_input() {
        for (text, expected) in [
            ("-", Ok(Location::StandardInput)),
            ("./-", Ok(Location::Path(PathBuf::from("./-")))),
            (
                "",
                Err("the path is empty: name a file, or - for standard input"),
            ),
        ] {
            assert_eq!(text.parse::<Location>(), expected, "{text:?}");
        }
    }
}
