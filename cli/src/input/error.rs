//! Errors in the input, and how to fix them.

use std::error::Error;
use std::fmt;
use std::io;

use crate::host::SessionError;

use crate::input::position::SourceValue;
use crate::input::template::is_template;
use crate::place::{Place, Position};
use crate::printable::Printable;

/// A problem with the input, and its place.
#[derive(Debug)]
pub struct InputError {
    place: Place,
    // Boxed, so that the many results without an error stay small. The next field is boxed too.
    problem: Box<Problem>,
    /// The document or the object, if it was found in its file.
    written: Option<Box<SourceValue>>,
    /// The option or the field that names the file.
    named_by: Option<Box<str>>,
}

impl InputError {
    pub(crate) fn new(place: Place, problem: Problem) -> Self {
        Self {
            place,
            problem: Box::new(problem),
            written: None,
            named_by: None,
        }
    }

    /// The error of a file that an option names, such as `--old`, or a field of another file.
    pub(crate) fn named_by(self, name: impl Into<Box<str>>) -> Self {
        let named_by = Some(name.into());
        Self { named_by, ..self }
    }

    pub(crate) fn within(self, written: SourceValue) -> Self {
        let written = Some(Box::new(written));
        Self { written, ..self }
    }

    /// The place of the problem in its file, as far as it is known.
    pub(crate) fn position(&self) -> Option<Position> {
        let written = self.written.as_deref();
        let position = match &*self.problem {
            Problem::Syntax { position, .. } => *position,
            Problem::NotUtf8 { line } => Some(Position::new(*line, 1)),
            Problem::NoJsonForm { field, .. } => {
                written.and_then(|value| value.position(field, None))
            }
            Problem::Field { field, .. } => written.and_then(|value| value.position(field, None)),
            _ => written.and_then(SourceValue::start),
        };
        position.or_else(|| self.place.start())
    }

    /// Whether the document is a template that was not rendered.
    pub(crate) fn is_template(&self) -> bool {
        let is_broken = matches!(
            *self.problem,
            // An unquoted `{{ .Name }}` is a mapping with a mapping for a key.
            Problem::Syntax { .. } | Problem::NoJsonForm { .. }
        );
        let text = self.written.as_deref().map(SourceValue::text);
        is_broken && text.is_some_and(is_template)
    }

    /// Whether the document looks like a Kubernetes object, and so was meant to be judged.
    pub(crate) fn looks_like_an_object(&self) -> bool {
        let text = self.written.as_deref().map(SourceValue::text);
        text.is_none_or(|text| text.contains("apiVersion") && text.contains("kind"))
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The problem and how to fix it, without the place.
    pub(crate) fn message(&self) -> String {
        let problem = self.problem.to_string();
        let hint = match self.is_template() {
            true => {
                " (\"{{\" suggests a template: render it first, with `helm template` for example)"
            }
            false => "",
        };
        format!("{}{hint}", Printable(&problem))
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a file that can be read is enough.
        if let (Some(name), Problem::Unreadable(_)) = (&self.named_by, &*self.problem) {
            write!(formatter, "{name} ")?;
        }
        write!(formatter, "{}: {}", self.place, self.message())
    }
}

impl Error for InputError {}

#[derive(Debug)]
pub(crate) enum Problem {
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
        position: Option<Position>,
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
    /// The field that every Kubernetes object has is missing.
    NoObject { missing: &'static str },
    /// A field is missing or has the wrong type.
    Field {
        /// The path of the field.
        field: &'static str,
        expected: &'static str,
    },
    /// `apiVersion` is not `version` or `group/version`.
    ApiVersion(String),
    /// An object stands where an admission request must.
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
    /// The file for settings has another object.
    AnObject(String),
    /// The text with settings is empty.
    EmptySettings,
    /// The configuration file is not valid, with the reason.
    Configuration(String),
    /// The glob is not valid, with the reason.
    Glob(String),
    /// The file is not a recorded session.
    Session(SessionError),
    /// Two options write to the file.
    WrittenTwice,
    /// An option writes to the file, and another one reads it.
    ReadToo,
    /// An option writes to the file, which has a manifest in it.
    HoldsObjects,
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
            Self::Syntax { message, .. } => formatter.write_str(message),
            Self::NoJsonForm { field, what } if field.is_empty() => {
                write!(formatter, "{what} cannot be written as JSON")
            }
            Self::NoJsonForm { field, what } => {
                write!(formatter, "{field}: {what} cannot be written as JSON")
            }
            Self::Unexpected { expected, found } => {
                write!(formatter, "expected {expected}, found {found}")
            }
            Self::NoObject { missing } => write!(
                formatter,
                "{missing:?} is missing, so this is not a Kubernetes object (leave the file out, or name its folder, where such files are skipped)"
            ),
            Self::Field { field, expected } => {
                write!(formatter, "{field:?} must be {expected}")
            }
            Self::ApiVersion(version) => write!(
                formatter,
                "\"apiVersion\" is {version:?}: it must be \"version\" or \"group/version\""
            ),
            Self::NotARequest { kind } => write!(
                formatter,
                "is an object of kind {kind:?}, not an admission request"
            ),
            Self::Operation(operation) => write!(
                formatter,
                "\"operation\" is {operation:?}: it must be CREATE, UPDATE, DELETE or CONNECT"
            ),
            Self::Duplicate { argument, subject } => write!(
                formatter,
                "{subject} is in {argument} twice: leave one of them out"
            ),
            Self::DocumentCount { expected, found } => {
                write!(
                    formatter,
                    "expected one document with {expected}, found {found}"
                )
            }
            Self::APolicy => write!(
                formatter,
                "is a policy, with its settings in spec.settings: pass it with --policy"
            ),
            Self::AnObject(kind) => write!(
                formatter,
                "is an object of kind {kind:?}, not settings: write a mapping, such as {{\"mode\": \"lenient\"}}"
            ),
            Self::EmptySettings => {
                formatter.write_str("is empty: write {} for the policy's defaults")
            }
            Self::NotAPolicy(kind) if kind.is_empty() => write!(
                formatter,
                "has no kind: a policy is a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io (settings alone go into a file for --settings-path)"
            ),
            Self::NotAPolicy(kind) => write!(
                formatter,
                "is of kind {kind:?}: a policy is a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io"
            ),
            Self::Configuration(problem) => formatter.write_str(problem),
            Self::Glob(problem) => formatter.write_str(problem),
            Self::Session(error) => write!(formatter, "{error}"),
            Self::WrittenTwice => {
                formatter.write_str("would be written twice: name another file for --output or --record")
            }
            Self::ReadToo => formatter.write_str(
                "is an input and would be overwritten: name another file for --output or --record",
            ),
            Self::HoldsObjects => formatter.write_str(
                "holds Kubernetes objects and would be overwritten: name another file for --output or --record",
            ),
            Self::Unwritable(error) => write!(formatter, "cannot be written: {error}"),
            Self::Unusable(error) => write!(formatter, "cannot be set up: {error}"),
        }
    }
}
