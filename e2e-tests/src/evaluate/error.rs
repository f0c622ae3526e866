//! What can be wrong with the input, and how to mend it.

use std::error::Error;
use std::fmt;
use std::io;

use crate::host::SessionError;

use super::place::Place;
use super::printable::Printable;

/// Something in the input that cannot be judged, and where it stands.
#[derive(Debug)]
pub struct InputError {
    place: Place,
    // Boxed, so that the many results that hold no error stay small.
    problem: Box<Problem>,
}

impl InputError {
    /// Says that there is a problem at a place.
    #[must_use]
    pub fn new(place: Place, problem: Problem) -> Self {
        Self {
            place,
            problem: Box::new(problem),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {}",
            self.place,
            Printable(&self.problem.to_string())
        )
    }
}

impl Error for InputError {}

/// What is wrong with a piece of input.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// Standard input was named twice.
    InputTaken,
    /// The bytes are UTF-16 or UTF-32.
    WideEncoding,
    /// The bytes are not UTF-8, first on this line.
    NotUtf8 {
        /// The line, counted from 1.
        line: usize,
    },
    /// The text is not YAML or JSON.
    Syntax {
        /// What the parser says, with its position.
        message: String,
        /// Whether the text looks like a template that was not rendered.
        template: bool,
    },
    /// YAML that has no form in JSON, which is all that Kubernetes reads.
    NoJsonForm {
        /// The field's path.
        field: String,
        /// What stands there.
        what: String,
    },
    /// The document is something else than it has to be.
    Unexpected {
        /// What belongs here.
        expected: &'static str,
        /// What stands here.
        found: &'static str,
    },
    /// A field is missing or is of another type than it has to be.
    Field {
        /// The field's path.
        field: &'static str,
        /// What belongs there.
        expected: &'static str,
    },
    /// `apiVersion` is not `version` or `group/version`.
    ApiVersion(String),
    /// `--namespace` contradicts the object.
    NamespaceConflict {
        /// What `metadata.namespace` says.
        object: String,
        /// What `--namespace` says.
        argument: String,
    },
    /// An object was given with `--manifest`'s counterpart for requests.
    NotARequest {
        /// The object's kind.
        kind: String,
    },
    /// `operation` is none that an API server sends.
    Operation(String),
    /// An argument's files have two objects with the same identity.
    Duplicate {
        /// The argument.
        argument: &'static str,
        /// The object.
        subject: String,
    },
    /// A file that has to hold one document holds another number.
    DocumentCount {
        /// What the document should be.
        expected: &'static str,
        /// How many there are.
        found: usize,
    },
    /// `--policy` names something that has no settings for this policy.
    NotAPolicy(String),
    /// A policy stands where its settings belong.
    APolicy,
    /// The file is no recorded session.
    Session(SessionError),
    /// The file cannot be written.
    Unwritable(io::Error),
    /// What an argument asks for cannot be set up.
    Unusable(io::Error),
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(formatter, "cannot be read: {error}"),
            Self::InputTaken => {
                formatter.write_str("was read already: \"-\" can be given only once")
            }
            Self::WideEncoding => formatter.write_str("is UTF-16 or UTF-32: save it as UTF-8"),
            Self::NotUtf8 { line } => {
                write!(
                    formatter,
                    "line {line} is not UTF-8: save the file as UTF-8"
                )
            }
            Self::Syntax { message, template } => {
                formatter.write_str(message)?;
                if *template {
                    formatter.write_str(
                        " (\"{{\" suggests a template: render it first, with `helm template` for example)",
                    )?;
                }
                Ok(())
            }
            Self::NoJsonForm { field, what } if field.is_empty() => {
                write!(formatter, "{what} cannot be written as JSON")
            }
            Self::NoJsonForm { field, what } => {
                write!(formatter, "{field}: {what} cannot be written as JSON")
            }
            Self::Unexpected { expected, found } => {
                write!(formatter, "expected {expected}, found {found}")
            }
            Self::Field { field, expected } => {
                write!(formatter, "{field:?} must be {expected}")
            }
            Self::ApiVersion(version) => write!(
                formatter,
                "\"apiVersion\" is {version:?}: it must be \"version\" or \"group/version\""
            ),
            Self::NamespaceConflict { object, argument } => write!(
                formatter,
                "\"metadata.namespace\" is {object:?}, --namespace is {argument:?}: make them equal or leave one out"
            ),
            Self::NotARequest { kind } => write!(
                formatter,
                "is an object of kind {kind:?}, not an admission request: give it with --manifest"
            ),
            Self::Operation(operation) => write!(
                formatter,
                "\"operation\" is {operation:?}: it must be CREATE, UPDATE, DELETE or CONNECT"
            ),
            Self::Duplicate { argument, subject } => write!(
                formatter,
                "{subject} was in {argument} before: leave one of them out"
            ),
            Self::DocumentCount { expected, found } => {
                write!(
                    formatter,
                    "expected one document with {expected}, found {found}"
                )
            }
            Self::APolicy => write!(
                formatter,
                "is a policy, with its settings in spec.settings: name it with --policy"
            ),
            Self::NotAPolicy(kind) if kind.is_empty() => write!(
                formatter,
                "has no kind: --policy reads a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io, --settings-path settings alone"
            ),
            Self::NotAPolicy(kind) => write!(
                formatter,
                "is of kind {kind:?}: --policy reads a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io"
            ),
            Self::Session(error) => write!(formatter, "{error}"),
            Self::Unwritable(error) => write!(formatter, "cannot be written: {error}"),
            Self::Unusable(error) => write!(formatter, "cannot be set up: {error}"),
        }
    }
}
