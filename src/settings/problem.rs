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

/// Gathers problems while settings are read.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<String>>);

impl Problems {
    pub(super) fn report(&self, path: Path<'_>, problem: &dyn fmt::Display) {
        self.0.borrow_mut().push(format!("{path} {problem}"));
    }

    /// Nothing, or all that was reported.
    pub(super) fn finish(self) -> Result<(), InvalidSettings> {
        let problems = self.0.into_inner();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InvalidSettings(problems))
        }
    }
}

/// Settings that cannot be used: every problem with its path, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSettings(Vec<String>);

impl InvalidSettings {
    pub(super) fn not_json() -> Self {
        Self(vec![
            "settings must be a JSON object, at most 127 levels deep, without half surrogate pairs or numbers out of range"
                .to_owned(),
        ])
    }

    /// The problems, each beginning with its path.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for InvalidSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            f.write_str(problem)?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidSettings {}
