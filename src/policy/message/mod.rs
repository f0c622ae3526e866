//! Every word that a caller reads of a verdict.

mod lookup_error;
mod meaning;
mod sentence;

use std::fmt::{self, Write as _};

use super::evaluation::{
    Evaluation, Finding, SelectedMode, SelectedModeOrigin, UnreadableField, Verdict,
};
use super::severity::Severity;
use crate::quoted::Quoted;
use sentence::{Aside, Sentence, Warning};

/// The most findings that an answer names; the rest is counted.
const MOST: usize = 10;
/// As many bytes as most sentences have.
const WORDS_LENGTH: usize = 512;
/// The most characters of a warning that every client shows
/// (`AdmissionResponse.warnings` of Kubernetes' `admission/v1`).
const WARNING_LENGTH: usize = 256;

impl Evaluation {
    /// The message, in one line: policy, mode and environment, then what was found, `; `
    /// between two of it. Nothing where there is nothing to say.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let mode = self.mode.as_ref()?;
        let said = deciding_first(self, |finding| worded(&Sentence(finding)));
        let mut message = worded(&format_args!("mutable-tags ({}): ", Heading(mode)));
        message.reserve(said.len() * WORDS_LENGTH);
        for (position, part) in said.iter().enumerate() {
            message.push_str(if position == 0 { "" } else { "; " });
            message.push_str(part);
        }
        Some(message)
    }

    /// The warnings of an acceptance, what they are about first; none for a rejection.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        if self.verdict != Verdict::Warned {
            return Vec::new();
        }
        let mut warnings = deciding_first(self, |finding| worded(&Warning(finding)));
        for warning in &mut warnings {
            shorten(warning);
        }
        warnings
    }

    /// The annotations for the audit log: names and values, in this order.
    #[must_use]
    pub fn audit_annotations(&self) -> Vec<(&'static str, String)> {
        let Some(selected) = &self.mode else {
            return Vec::new();
        };
        let mut annotations = vec![("mode", selected.mode.as_str().to_owned())];
        if let SelectedModeOrigin::Environment(name) = &selected.origin {
            annotations.push(("environment", name.clone()));
        }
        let mut list = "[".to_owned();
        for (position, finding) in self.findings.iter().take(MOST).enumerate() {
            let comma = if position == 0 { "" } else { "," };
            // Writing into memory cannot fail.
            let _ = write!(list, "{comma}{}", AuditEntry(finding));
        }
        list.push(']');
        annotations.push(("findings", list));
        annotations
    }
}

/// Words in a text that need not grow for them.
fn worded(words: &dyn fmt::Display) -> String {
    let mut text = String::with_capacity(WORDS_LENGTH);
    // Writing into memory cannot fail.
    let _ = write!(text, "{words}");
    text
}

fn cannot_be_judged(field: &UnreadableField) -> String {
    let UnreadableField { error, severity } = field;
    worded(&format_args!(
        "the request cannot be judged: {error}{}",
        Aside::of_problem(*severity)
    ))
}

/// What is said of the first few, what decides before what is only warned of, and
/// how many more there are, which are not worded.
fn deciding_first(evaluation: &Evaluation, word: impl Fn(&Finding) -> String) -> Vec<String> {
    let Evaluation {
        errors, findings, ..
    } = evaluation;
    let mut said = Vec::with_capacity(MOST + 1);
    for decides in [true, false] {
        let is_next = |severity| (severity == Severity::Deny) == decides;
        for field in errors {
            if said.len() < MOST && is_next(field.severity) {
                said.push(cannot_be_judged(field));
            }
        }
        for finding in findings {
            if said.len() < MOST && is_next(finding.severity) {
                said.push(word(finding));
            }
        }
    }
    let total = errors.len() + findings.len();
    if let Some(more) = total.checked_sub(MOST).filter(|more| *more > 0) {
        said.push(format!("and {more} more"));
    }
    said
}

/// Cuts a warning where no client would show the rest.
fn shorten(warning: &mut String) {
    let mut rest = warning.char_indices().skip(WARNING_LENGTH - 1);
    if let (Some((end, _)), Some(_)) = (rest.next(), rest.next()) {
        warning.truncate(end);
        warning.push('…');
    }
}

/// `strict mode, environment "production"`.
struct Heading<'s>(&'s SelectedMode);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mode", self.0.mode.as_str())?;
        match &self.0.origin {
            SelectedModeOrigin::Environment(name) => {
                write!(f, ", environment {}", Quoted::new(name))
            }
            SelectedModeOrigin::NoMatch => f.write_str(", no environment matches"),
            SelectedModeOrigin::Alone => Ok(()),
            SelectedModeOrigin::UnknownLabels(error) => write!(
                f,
                ", the environment is unknown without the namespace's labels ({error})"
            ),
        }
    }
}

/// What an audit annotation keeps of a finding, as compact JSON.
struct AuditEntry<'f>(&'f Finding);

impl fmt::Display for AuditEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"{{"path":{},"image":{},"reason":"{}","pullPolicy":"{}"}}"#,
            Quoted::new(&self.0.path.to_string()),
            Quoted::new(&self.0.image),
            self.0.cause.code(),
            self.0.pull_policy.policy,
        )
    }
}
