//! Reads values of the settings. A value that is not allowed is reported, and reading goes
//! on, so that all problems are reported at once.

use std::borrow::Cow;
use std::fmt::{self, Display};

use super::error::{SettingsErrorKind, SettingsProblem};
use crate::document::{Cursor, Value};
use crate::quoted::{Quoted, QuotedChar};

/// A value of the settings with its path.
pub(super) type Input<'t, 'p> = Cursor<'t, 'p, SettingsProblem>;

impl<'t> Input<'t, '_> {
    pub(super) fn report(&self, kind: SettingsErrorKind, problem: impl Display) {
        self.note(SettingsProblem::new(kind, &problem));
    }

    pub(super) fn report_field(
        &self,
        name: &'static str,
        kind: SettingsErrorKind,
        problem: impl Display,
    ) {
        self.note_field(name, SettingsProblem::new(kind, &problem));
    }

    /// Reads a string that `is_allowed`; `expected` describes those that are.
    pub(super) fn checked_text(
        &self,
        is_allowed: fn(&str) -> bool,
        expected: &str,
    ) -> Option<&'t Cow<'t, str>> {
        let text = self.text()?;
        if is_allowed(text) {
            return Some(text);
        }
        let quoted = Quoted::new(text);
        let problem = format_args!("must be {expected}, not {quoted}");
        self.report(SettingsErrorKind::Value, problem);
        None
    }

    /// Reads a text that answers repeat verbatim, of at most `most` characters. Reports characters
    /// that change how a terminal shows the rest of an answer.
    pub(super) fn verbatim_text(&self, most: usize) -> Option<&'t Cow<'t, str>> {
        let text = self.text()?;
        let length = text.chars().count();
        if length > most {
            let problem = format_args!("has {length} characters, and can have at most {most}");
            self.report(SettingsErrorKind::Value, problem);
        }
        if let Some(disturbing) = text.chars().find(|character| disturbs_display(*character)) {
            let problem = format_args!(
                "has the character {}, which changes how a terminal shows the words around it",
                QuotedChar(disturbing)
            );
            self.report(SettingsErrorKind::Value, problem);
        }
        Some(text)
    }

    /// Reads one of a few names, and returns its value.
    pub(super) fn one_of<T: Copy>(&self, names: &[(&'static str, T)]) -> Option<T> {
        let Some(text) = self.value().as_str() else {
            let problem = format_args!("must be {}", Choice(names));
            self.report(SettingsErrorKind::Type, problem);
            return None;
        };
        let found = names.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let problem = format_args!("must be {}, not {}", Choice(names), Quoted::new(text));
            self.report(SettingsErrorKind::Value, problem);
        }
        found.map(|(_, value)| *value)
    }

    /// Parses a string. The error must complete a sentence that begins with the path.
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

    /// Whether the value means "not given": forms send empty values for fields that nobody
    /// filled in.
    pub(super) fn is_empty(&self) -> bool {
        means_not_given(self.value())
    }
}

/// Whether words can be shown without quotes.
pub(super) fn is_displayable(words: &str) -> bool {
    !words.chars().any(disturbs_display)
}

/// Whether a character is a control character, or changes the direction of text (Unicode's
/// UAX 9).
fn disturbs_display(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Whether a value is null, is empty, or is a list of such values only.
pub(super) fn means_not_given(value: &Value<'_>) -> bool {
    value.is_empty() || matches!(value, Value::Array(items) if items.iter().all(means_not_given))
}

/// Displays the names of a few values as `a, b or c`.
struct Choice<'n, T>(&'n [(&'static str, T)]);

impl<T> Display for Choice<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().saturating_sub(1);
        for (position, (name, _)) in self.0.iter().enumerate() {
            match position {
                0 => {}
                _ if position == last => f.write_str(" or ")?,
                _ => f.write_str(", ")?,
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
