//! Everything that is wrong with settings, each with its path.

use std::fmt;

use super::reader::Problems;
use crate::document::Mismatch;

/// What is wrong with a value, as its reader notes it.
#[derive(Debug)]
pub(super) struct SettingsProblem {
    kind: SettingsErrorKind,
    /// Completes a sentence that begins with the path.
    words: String,
}

impl SettingsProblem {
    pub(super) fn new(kind: SettingsErrorKind, words: &dyn fmt::Display) -> Self {
        let words = words.to_string();
        Self { kind, words }
    }
}

impl From<Mismatch> for SettingsProblem {
    fn from(mismatch: Mismatch) -> Self {
        let words: &dyn fmt::Display = match mismatch {
            Mismatch::Object => &"must be an object",
            Mismatch::Array => &"must be a list",
            Mismatch::String => &"must be a string",
            Mismatch::Boolean => &"must be true or false",
        };
        Self::new(SettingsErrorKind::Type, words)
    }
}

/// Settings that cannot be used: every error, in the order of the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSettings(Vec<SettingsError>);

/// One error of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    path: String,
    kind: SettingsErrorKind,
    problem: String,
}

/// What is wrong with a field of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsErrorKind {
    /// The text is no JSON.
    Json,
    /// The field holds another type than belongs there.
    Type,
    /// The field holds a value that it cannot have.
    Value,
    /// The field, or one of a few fields, is needed.
    Missing,
    /// There is no such field.
    Unknown,
    /// The field, or its name, is there more than once.
    Repeated,
    /// Another field leaves this one without a meaning.
    Contradiction,
}

impl SettingsErrorKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Type => "type",
            Self::Value => "value",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Repeated => "repeated",
            Self::Contradiction => "contradiction",
        }
    }
}

impl SettingsError {
    /// The path of the field, `settings` for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn kind(&self) -> SettingsErrorKind {
        self.kind
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.problem)
    }
}

impl InvalidSettings {
    /// What was noted, or nothing.
    pub(super) fn of(problems: Problems<'_>) -> Option<Self> {
        let problems = problems.into_vec().into_iter();
        let errors: Vec<SettingsError> = problems
            .map(|(path, problem)| SettingsError {
                path: match path.steps() {
                    [] => "settings".to_owned(),
                    _ => path.to_string(),
                },
                kind: problem.kind,
                problem: problem.words,
            })
            .collect();
        (!errors.is_empty()).then_some(Self(errors))
    }

    pub(crate) fn not_json() -> Self {
        Self(vec![SettingsError {
            path: "settings".to_owned(),
            kind: SettingsErrorKind::Json,
            problem: "cannot be read as JSON".to_owned(),
        }])
    }

    /// Every error.
    #[must_use]
    pub fn errors(&self) -> &[SettingsError] {
        &self.0
    }
}

impl fmt::Display for InvalidSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidSettings {}
