//! Errors of settings, each with its path.

use std::fmt;

use crate::document::{Errors, Mismatch};

/// A problem with a value, noted by its reader beside the value's path.
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

pub(super) type Problems<'t> = Errors<'t, SettingsProblem>;

/// Every error of settings that cannot be used, in the order of the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSettings(Vec<SettingsError>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    path: String,
    kind: SettingsErrorKind,
    /// Completes a sentence that begins with the path.
    problem: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsErrorKind {
    /// The settings are not JSON.
    Json,
    /// The value has the wrong type.
    Type,
    /// The type is right, but the value is not allowed.
    Value,
    /// A required field is missing, or all of several fields of which one is required.
    Missing,
    /// The settings have no field of this name.
    Unknown,
    /// An earlier item of the list has the same name.
    Repeated,
    /// The field has no effect because of another one.
    Contradiction,
}

impl SettingsErrorKind {
    /// A stable identifier, for tests and other readers that are not people.
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
    /// The path of the field; `settings` for the settings as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

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
    /// The problems that were noted; `None` if there are none.
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
        Self::of_whole(SettingsErrorKind::Json, "cannot be read as JSON".to_owned())
    }

    /// The error of settings that are longer than `most` bytes.
    pub(super) fn too_long(bytes: usize, most: usize) -> Self {
        let problem = format!("have {bytes} bytes, and can have at most {most}");
        Self::of_whole(SettingsErrorKind::Value, problem)
    }

    fn of_whole(kind: SettingsErrorKind, problem: String) -> Self {
        let path = "settings".to_owned();
        Self(vec![SettingsError {
            path,
            kind,
            problem,
        }])
    }

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
