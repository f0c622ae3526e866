//! Renders an evaluation as a message, warnings, and audit annotations.

mod lookup_error;
mod meaning;
mod sentence;

use std::fmt::{self, Write as _};

use super::evaluation::{
    Evaluation, Finding, SelectedMode, SelectedModeOrigin, UnreadableField, Verdict,
};
use super::severity::Severity;
use crate::quoted::Quoted;
use sentence::{Sentence, WarnClause, Warning};

/// The maximum number of findings that a response lists; it counts the others.
const MAX_LISTED: usize = 10;
/// The initial capacity of a sentence in bytes, which most sentences do not exceed.
const SENTENCE_CAPACITY: usize = 512;
/// The maximum length of a warning in characters. Kubernetes asks for warnings below this
/// length, since clients may truncate others (`AdmissionResponse.warnings` of
/// `admission/v1`).
const MAX_WARNING: usize = 256;

/// Why the setting `controllers` does not help.
const LACKS_CONTROLLER: &str = "; the setting controllers lists the user, which does not count \
                                here: no entry of metadata.ownerReferences has controller: true";

impl Evaluation {
    /// The message, in one line: policy, mode and environment, then the sentences for
    /// errors and findings, separated by `; `. `None` if there is nothing to report.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let mode = self.mode.as_ref()?;
        let sentences = deciding_first(self, |finding| render(&Sentence(finding)));
        let mut message = render(&format_args!("mutable-tags ({}): ", Heading(mode)));
        message.reserve(sentences.len() * SENTENCE_CAPACITY);
        for (position, sentence) in sentences.iter().enumerate() {
            message.push_str(if position == 0 { "" } else { "; " });
            message.push_str(sentence);
        }
        if self.lacks_controller && matches!(self.verdict, Verdict::Rejected(_)) {
            message.push_str(LACKS_CONTROLLER);
        }
        Some(message)
    }

    /// The warnings of an accepted request, which begin with the image; none for a
    /// rejection, whose message says it all.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        if self.verdict != Verdict::Warned {
            return Vec::new();
        }
        let mut warnings = deciding_first(self, |finding| render(&Warning(finding)));
        for warning in &mut warnings {
            truncate(warning);
        }
        warnings
    }

    /// The names and values of the annotations for the audit log.
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
        for (position, finding) in self.findings.iter().take(MAX_LISTED).enumerate() {
            let comma = if position == 0 { "" } else { "," };
            // Writing to a `String` cannot fail.
            let _ = write!(list, "{comma}{}", AuditEntry(finding));
        }
        list.push(']');
        annotations.push(("findings", list));
        annotations
    }
}

/// Like `ToString::to_string`, without growing the string while most sentences are written.
fn render(words: &dyn fmt::Display) -> String {
    let mut text = String::with_capacity(SENTENCE_CAPACITY);
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{words}");
    text
}

fn render_error(field: &UnreadableField) -> String {
    let UnreadableField { error, severity } = field;
    render(&format_args!(
        "the request cannot be judged: {error}{}",
        WarnClause::of_error(*severity)
    ))
}

/// Renders the first errors and findings, those that deny before those that only warn, and
/// the number of the others.
fn deciding_first(evaluation: &Evaluation, render: impl Fn(&Finding) -> String) -> Vec<String> {
    let Evaluation {
        errors, findings, ..
    } = evaluation;
    let mut sentences = Vec::with_capacity(MAX_LISTED + 1);
    for denies in [true, false] {
        let is_next = |severity| (severity == Severity::Deny) == denies;
        for field in errors {
            if sentences.len() < MAX_LISTED && is_next(field.severity) {
                sentences.push(render_error(field));
            }
        }
        for finding in findings {
            if sentences.len() < MAX_LISTED && is_next(finding.severity) {
                sentences.push(render(finding));
            }
        }
    }
    let total = errors.len() + findings.len();
    if let Some(more) = total.checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        sentences.push(format!("and {more} more"));
    }
    sentences
}

fn truncate(warning: &mut String) {
    let mut rest = warning.char_indices().skip(MAX_WARNING - 1);
    if let (Some((end, _)), Some(_)) = (rest.next(), rest.next()) {
        warning.truncate(end);
        warning.push('…');
    }
}

/// Displays the mode and its origin, such as `strict mode, environment "production"`.
struct Heading<'s>(&'s SelectedMode);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mode", self.0.mode.as_str())?;
        match &self.0.origin {
            SelectedModeOrigin::Environment(name) => {
                write!(f, ", environment \"{name}\"")
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

/// Displays a finding for the audit log, as compact JSON.
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
