//! Every word that a caller reads of a verdict.

mod meaning;
mod sentence;
mod unknown;

use std::fmt::{self, Write as _};

use super::finding::Finding;
use super::grade::Grade;
use super::problem::Problem;
use super::ruling::Ruling;
use crate::image::Quoted;
use crate::settings::{InvalidSettings, ModeOrigin};
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
    findings: &[&Finding<'_>],
    ruling: &Ruling<'_>,
) -> String {
    let said = deciding_first(problems, findings, &|finding| worded(&Sentence(finding)));
    let mut message = worded(&format_args!("mutable-tags ({}): ", Heading(ruling)));
    message.reserve(said.len() * WORDS_LENGTH);
    for (position, part) in said.iter().enumerate() {
        message.push_str(if position == 0 { "" } else { "; " });
        message.push_str(part);
    }
    message
}

/// Words in a text that need not grow for them.
fn worded(words: &dyn fmt::Display) -> String {
    let mut text = String::with_capacity(WORDS_LENGTH);
    // Writing into memory cannot fail.
    let _ = write!(text, "{words}");
    text
}

/// The warnings of an acceptance, what they are about first.
pub(super) fn warnings(problems: &[Problem<'_>], findings: &[&Finding<'_>]) -> Vec<String> {
    let mut warnings = deciding_first(problems, findings, &|finding| worded(&Warning(finding)));
    for warning in &mut warnings {
        shorten(warning);
    }
    warnings
}

fn cannot_be_judged(problem: &Problem<'_>) -> String {
    let Problem { unreadable, grade } = problem;
    worded(&format_args!(
        "the request cannot be judged: {unreadable}{}",
        Aside::of_problem(*grade)
    ))
}

/// The annotations for the audit log.
pub(super) fn annotations(
    findings: &[&Finding<'_>],
    ruling: &Ruling<'_>,
) -> Vec<(&'static str, String)> {
    let mut annotations = vec![("mode", ruling.mode().as_str().to_owned())];
    if let Ruling::Applicable(applicable) = ruling
        && let ModeOrigin::Environment(name) = applicable.origin()
    {
        annotations.push(("environment", name.to_owned()));
    }
    let mut list = "[".to_owned();
    for (position, finding) in findings.iter().take(MOST).enumerate() {
        let comma = if position == 0 { "" } else { "," };
        // Writing into memory cannot fail.
        let _ = write!(list, "{comma}{}", AuditEntry(finding));
    }
    list.push(']');
    annotations.push(("findings", list));
    annotations
}

/// What is said of the first few, what decides before what is only warned of, and
/// how many more there are, which are not worded.
fn deciding_first(
    problems: &[Problem<'_>],
    findings: &[&Finding<'_>],
    word: &dyn Fn(&Finding<'_>) -> String,
) -> Vec<String> {
    let mut said = Vec::with_capacity(MOST + 1);
    for decides in [true, false] {
        let is_next = |grade| (grade == Grade::Enforced) == decides;
        for problem in problems {
            if said.len() < MOST && is_next(problem.grade) {
                said.push(cannot_be_judged(problem));
            }
        }
        for finding in findings {
            if said.len() < MOST && is_next(finding.grade) {
                said.push(word(finding));
            }
        }
    }
    let total = problems.len() + findings.len();
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
struct Heading<'s>(&'s Ruling<'s>);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mode", self.0.mode().as_str())?;
        let applicable = match self.0 {
            Ruling::Applicable(applicable) => applicable,
            Ruling::Unknown(unknown) => {
                return write!(
                    f,
                    ", the environment is unknown without the namespace's labels ({unknown})"
                );
            }
        };
        match applicable.origin() {
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
