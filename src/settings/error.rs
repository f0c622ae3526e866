//! Everything that is wrong with settings, each with its path.

use std::cell::RefCell;
use std::fmt;

use crate::image::Quoted;

/// The way from the root of the settings to a value in them.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
    /// An entry of a map, whatever its key is.
    Entry(&'p Path<'p>, &'p str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("settings"),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Entry(parent, key) => write!(f, "{parent}[{}]", Quoted::new(key)),
        }
    }
}

/// Gathers errors while settings are read.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<SettingsError>>);

impl Problems {
    pub(super) fn report(
        &self,
        path: Path<'_>,
        kind: SettingsErrorKind,
        problem: &dyn fmt::Display,
    ) {
        self.0.borrow_mut().push(SettingsError {
            path: path.to_string(),
            kind,
            problem: problem.to_string(),
        });
    }

    /// Nothing, or all that was reported.
    pub(super) fn finish(self) -> Result<(), InvalidSettings> {
        let errors = self.0.into_inner();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(InvalidSettings(errors))
        }
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
    pub(super) fn not_json() -> Self {
        Self(vec![SettingsError {
            path: "settings".to_owned(),
            kind: SettingsErrorKind::Json,
            problem: "must be a JSON object, at most 127 levels deep, without half surrogate pairs or numbers out of range".to_owned(),
        }])
    }

    /// Settings that are not encoded in UTF-8.
    pub(crate) fn not_utf8() -> Self {
        Self(vec![SettingsError {
            path: "settings".to_owned(),
            kind: SettingsErrorKind::Json,
            problem: "must be encoded in UTF-8".to_owned(),
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
