//! Errors in the input, and how to fix them.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use crate::host::SessionError;

use crate::input::position::Text;
use crate::place::Place;
use crate::printable::Printable;

/// A problem with the input, and its place.
#[derive(Debug)]
pub struct InputError {
    place: Place,
    // Boxed, so that the many results that hold no error stay small.
    problem: Box<Problem>,
    /// The document, where it could be told from others.
    text: Option<Arc<Text>>,
}

impl InputError {
    #[must_use]
    pub fn new(place: Place, problem: Problem) -> Self {
        Self {
            place,
            problem: Box::new(problem),
            text: None,
        }
    }

    pub(crate) fn in_text(self, text: Arc<Text>) -> Self {
        let text = Some(text);
        Self { text, ..self }
    }

    /// Whether the document is a template that was not rendered.
    pub(crate) fn is_template(&self) -> bool {
        let has_braces = |text: &Arc<Text>| text.as_str().contains("{{");
        match *self.problem {
            Problem::Syntax { template, .. } => template,
            // An unquoted `{{ .Name }}` is a mapping with a mapping for a key.
            Problem::NoJsonForm { .. } => self.text.as_ref().is_some_and(has_braces),
            _ => false,
        }
    }

    /// Whether the document looks like a Kubernetes object, so that it was meant to be judged.
    pub(crate) fn looks_like_an_object(&self) -> bool {
        let Some(text) = &self.text else {
            return true;
        };
        let has = |key: &str| {
            let mut lines = text.as_str().lines();
            lines.any(|line| line.trim_start_matches(['{', ' ', '"']).starts_with(key))
        };
        has("apiVersion") && has("kind")
    }

    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

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
        /// Counted from 1.
        line: usize,
    },
    /// The text is not YAML or JSON.
    Syntax {
        /// The parser's message, with its position.
        message: String,
        /// Whether the text looks like a template that was not rendered.
        template: bool,
    },
    /// YAML that has no form in JSON, which is all that Kubernetes reads.
    NoJsonForm {
        /// The path of the field.
        field: String,
        /// A description of the value.
        what: String,
    },
    /// The document has the wrong type.
    Unexpected {
        expected: &'static str,
        found: &'static str,
    },
    /// A field is missing or has the wrong type.
    Field {
        /// The path of the field.
        field: &'static str,
        expected: &'static str,
    },
    /// `apiVersion` is not `version` or `group/version`.
    ApiVersion(String),
    /// `--namespace` contradicts the object.
    NamespaceConflict {
        /// The value of `metadata.namespace`.
        object: String,
        /// The value of `--namespace`.
        argument: String,
    },
    /// The file of the argument for requests has an object.
    NotARequest { kind: String },
    /// `operation` is not one that an API server sends.
    Operation(String),
    /// The files of an argument have two objects with the same identity.
    Duplicate {
        argument: &'static str,
        subject: String,
    },
    /// A file that must have one document has another number.
    DocumentCount {
        /// A description of the document.
        expected: &'static str,
        found: usize,
    },
    /// The object in the file of `--policy` is not a policy with settings.
    NotAPolicy(String),
    /// The file for settings has a policy.
    APolicy,
    /// The configuration file says what it cannot say.
    Configuration(String),
    /// A glob that is none.
    Glob(String),
    /// The file is not a recorded session.
    Session(SessionError),
    /// The file cannot be written.
    Unwritable(io::Error),
    /// The host that an argument asks for cannot be set up.
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
            Self::Configuration(problem) => formatter.write_str(problem),
            Self::Glob(problem) => write!(formatter, "is no glob: {problem}"),
            Self::Session(error) => write!(formatter, "{error}"),
            Self::Unwritable(error) => write!(formatter, "cannot be written: {error}"),
            Self::Unusable(error) => write!(formatter, "cannot be set up: {error}"),
        }
    }
}
