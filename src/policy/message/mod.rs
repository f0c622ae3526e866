//! Every word that a caller reads of a verdict.

mod sentence;

use std::fmt::{self, Write as _};

use super::finding::Finding;
use super::problem::Problem;
use crate::image::Quoted;
use crate::settings::{Applicable, InvalidSettings, ModeOrigin};
use sentence::{Aside, Sentence, Warning};

/// The most findings that an answer names; the rest is counted.
const MOST: usize = 10;
/// As many bytes as most sentences have.
const WORDS_LENGTH: usize = 512;
/// The most characters of a warning that every client shows
/// (`AdmissionResponse.warnings` of Kubernetes' `admission/v1`).
const WARNING_LENGTH: usize = 256;

/// Said of a payload that is no text.
pub(crate) const NO_UTF8: &str = "mutable-tags: the payload is not encoded in UTF-8";
/// Said of a payload that is no request.
pub(crate) const NO_JSON: &str = "mutable-tags: the payload is no JSON object with a request in it";

/// Said of a request that meets settings which cannot be used.
pub(crate) fn of_invalid_settings(invalid: &InvalidSettings) -> String {
    format!("mutable-tags: the settings of the policy cannot be used: {invalid}")
}

/// The message of a verdict, in one line: policy, mode and environment, then what
/// was found, `; ` between two of it.
pub(super) fn of(
    problems: &[Problem<'_>],
    findings: &[Finding<'_>],
    applicable: Applicable<'_>,
) -> String {
    let total = problems.len() + findings.len();
    let problems = problems.iter().map(cannot_be_judged);
    let findings = findings.iter().map(|finding| worded(Sentence(finding)));
    let said = capped(problems.chain(findings), total);
    let mut message = worded(format_args!("mutable-tags ({}): ", Heading(applicable)));
    join(&mut message, &said, "; ");
    message
}

/// Words in a text that need not grow for them.
fn worded(words: impl fmt::Display) -> String {
    let mut text = String::with_capacity(WORDS_LENGTH);
    // Writing into memory cannot fail.
    let _ = write!(text, "{words}");
    text
}

/// The warnings of an acceptance, what they are about first.
pub(super) fn warnings(problems: &[Problem<'_>], findings: &[Finding<'_>]) -> Vec<String> {
    let total = problems.len() + findings.len();
    let problems = problems.iter().map(cannot_be_judged);
    let findings = findings.iter().map(|finding| worded(Warning(finding)));
    let said = problems.chain(findings);
    capped(said.map(|warning| shortened(&warning)), total)
}

fn cannot_be_judged(problem: &Problem<'_>) -> String {
    let Problem { unreadable, grade } = problem;
    worded(format_args!(
        "the request cannot be judged: {unreadable}{}",
        Aside(*grade)
    ))
}

/// The annotations for the audit log.
pub(super) fn annotations(
    findings: &[Finding<'_>],
    applicable: Applicable<'_>,
) -> Vec<(&'static str, String)> {
    let mut annotations = vec![("mode", applicable.mode().as_str().to_owned())];
    if let ModeOrigin::Environment(name) = applicable.origin() {
        annotations.push(("environment", name.to_owned()));
    }
    let findings: Vec<_> = findings
        .iter()
        .take(MOST)
        .map(|finding| worded(AuditEntry(finding)))
        .collect();
    let mut list = "[".to_owned();
    join(&mut list, &findings, ",");
    list.push(']');
    annotations.push(("findings", list));
    annotations
}

/// Adds parts to a text, with a separator between two of them.
fn join(text: &mut String, parts: &[String], separator: &str) {
    text.reserve(parts.iter().map(|part| part.len() + separator.len()).sum());
    for (position, part) in parts.iter().enumerate() {
        text.push_str(if position == 0 { "" } else { separator });
        text.push_str(part);
    }
}

/// The first few of `total`, and how many more there are, which are not worded.
fn capped(said: impl Iterator<Item = String>, total: usize) -> Vec<String> {
    let mut kept: Vec<_> = said.take(MOST).collect();
    if let Some(more) = total.checked_sub(MOST).filter(|more| *more > 0) {
        kept.push(format!("and {more} more"));
    }
    kept
}

fn shortened(warning: &str) -> String {
    match warning.char_indices().nth(WARNING_LENGTH) {
        None => warning.to_owned(),
        Some(_) => warning
            .chars()
            .take(WARNING_LENGTH - 1)
            .chain(['…'])
            .collect(),
    }
}

/// `strict mode, environment "production"`.
struct Heading<'s>(Applicable<'s>);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mode", self.0.mode().as_str())?;
        match self.0.origin() {
            ModeOrigin::Environment(name) => write!(f, ", environment {}", Quoted::new(name)),
            ModeOrigin::NoMatch => f.write_str(", no environment matches"),
            ModeOrigin::Alone => Ok(()),
        }
    }
}

/// What an audit annotation keeps of a finding, as compact JSON.
struct AuditEntry<'f>(&'f Finding<'f>);

impl fmt::Display for AuditEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"{{"path":{},"image":{},"reason":"{}","pullPolicy":"{}"}}"#,
            Quoted::new(&self.0.site.path().to_string()),
            Quoted::new(self.0.site.image()),
            self.0.cause.code(),
            self.0.pull_policy.policy,
        )
    }
}
