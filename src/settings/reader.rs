//! Takes settings apart, and reports what does not fit instead of stopping at it.

use std::borrow::Cow;
use std::fmt::{self, Display};

use super::error::{SettingsErrorKind, SettingsProblem};
use crate::document::{Cursor, Errors, Value};
use crate::quoted::Quoted;

/// Everything that is wrong with settings.
pub(super) type Problems<'t> = Errors<'t, SettingsProblem>;

/// A value of the settings that is given, and where it stands.
pub(super) type Input<'t, 'p> = Cursor<'t, 'p, SettingsProblem>;

impl<'t> Input<'t, '_> {
    /// Reports a problem with this value.
    pub(super) fn report(&self, kind: SettingsErrorKind, problem: impl Display) {
        self.note(SettingsProblem::new(kind, &problem));
    }

    /// Reports a problem with a field of this value.
    pub(super) fn report_field(
        &self,
        name: &'static str,
        kind: SettingsErrorKind,
        problem: impl Display,
    ) {
        self.note_field(name, SettingsProblem::new(kind, &problem));
    }

    /// A string that is fit to be `what`.
    pub(super) fn fit_text(
        &self,
        is_fit: fn(&str) -> bool,
        what: &str,
    ) -> Option<&'t Cow<'t, str>> {
        let text = self.text()?;
        if is_fit(text) {
            return Some(text);
        }
        let quoted = Quoted::new(text);
        let problem = format_args!("must be {what}, not {quoted}");
        self.report(SettingsErrorKind::Value, problem);
        None
    }

    /// One of a few names.
    pub(super) fn one_of<T: Copy>(&self, names: &[(&'static str, T)]) -> Option<T> {
        let choice = Choice(names.iter().map(|(name, _)| *name).collect());
        let Some(text) = self.value().as_str() else {
            self.report(SettingsErrorKind::Type, format_args!("must be {choice}"));
            return None;
        };
        let found = names.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let quoted = Quoted::new(text);
            let problem = format_args!("must be {choice}, not {quoted}");
            self.report(SettingsErrorKind::Value, problem);
        }
        found.map(|(_, value)| *value)
    }

    /// A string of some form; an error completes a sentence that begins with the path.
    pub(super) fn parsed<T, E: Display>(
        &self,
        parse: impl FnOnce(&'t str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.text()?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.report(SettingsErrorKind::Value, error);
                None
            }
        }
    }

    /// Whether it means "not given": forms send what is empty for what nobody filled in.
    pub(super) fn is_empty(&self) -> bool {
        means_nothing(self.value())
    }
}

/// Whether a value means "not given": null, and whatever is empty, also in a list.
pub(super) fn means_nothing(value: &Value<'_>) -> bool {
    value.is_empty() || matches!(value, Value::Array(items) if items.iter().all(means_nothing))
}

/// `a, b or c`.
struct Choice(Vec<&'static str>);

impl Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_last() {
            Some((last, [])) => f.write_str(last),
            Some((last, others)) => write!(f, "{} or {last}", others.join(", ")),
            None => Ok(()),
        }
    }
}
