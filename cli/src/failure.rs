//! Errors that end a command.

use std::error::Error;
use std::fmt;
use std::io;

use crate::input::error::InputError;
use crate::judge::JudgeError;
use crate::place::Place;
use crate::printable::Printable;

#[derive(Debug)]
pub(crate) enum Failure {
    Judge(JudgeError),
    Input(InputError),
    /// The policy refuses its settings.
    Settings {
        /// The place of the settings; `None` if there are none.
        place: Option<Place>,
        message: String,
    },
    Output(io::Error),
    /// There was nothing to read.
    NothingFound,
    /// There was something to read, but no object.
    NoObject,
    NothingToExplain,
}

impl From<JudgeError> for Failure {
    fn from(error: JudgeError) -> Self {
        Self::Judge(error)
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Judge(error) => write!(f, "{}", Printable(&error.to_string())),
            Self::Input(error) => write!(f, "{error}"),
            Self::Settings { place, message } => {
                if let Some(place) = place {
                    write!(f, "{place}: ")?;
                }
                write!(f, "the policy refuses the settings: {}", Printable(message))
            }
            Self::Output(error) => write!(f, "cannot write the report: {error}"),
            Self::NothingFound => f.write_str(
                "no object to check: name a file, a folder with *.yaml, *.yml or *.json, or - for standard input",
            ),
            Self::NoObject => f.write_str("no object to check: the input has no Kubernetes object"),
            Self::NothingToExplain => f.write_str(
                "no image to explain: name one, such as nginx:1.27.3, or write images to standard input, one per line",
            ),
        }
    }
}
