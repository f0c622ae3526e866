//! The report for people.

use std::io::{self, Write};

use super::admission_response::NOTHING_TO_CHANGE;
use super::mutation::Mutation;
use super::{Looks, Report, Summary};
use crate::input::position::Position;
use crate::judge::{Finding, Judgement, Sentences, names};
use crate::outcome::{Outcome, Verdict};
use crate::printable::Printable;
use crate::request::Request;
use crate::response::ValidationResponse;

/// A report for people: a line for each object, its findings under it, a summary at the end.
pub(crate) struct Text(pub(crate) Looks);

impl Report for Text {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()> {
        if self.0.is_quiet && outcome.verdict() == Verdict::Accepted {
            return Ok(());
        }
        output.write_all(text(outcome, self.0.is_coloured).as_bytes())
    }

    fn finish(&mut self, summary: &Summary<'_>, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{summary}")
    }
}

fn text(outcome: &Outcome, coloured: bool) -> String {
    let verdict = outcome.verdict();
    let word = Word { verdict, coloured };
    match outcome {
        Outcome::Judged(request, judged) => {
            let mut text = format!("{word} {} ({})\n", request.subject(), start(request));
            let lines = findings(request, judged);
            for line in lines.into_iter().chain(changes(request, &judged.response)) {
                text.push_str(&line);
                text.push('\n');
            }
            text
        }
        Outcome::Failed(request, _) => {
            format!("{word} {} ({})\n", request.subject(), request.place())
        }
        // The error, which follows, is the whole report.
        Outcome::Unreadable(error) => format!("{word} {}\n", error.place()),
    }
}

/// The file of an object, and its line.
fn start(request: &Request) -> String {
    let source = Printable(request.place().source());
    match request.start() {
        Some(position) => format!("{source}:{}", position.line),
        None => request.place().to_string(),
    }
}

/// The lines of the message. A line about one finding begins with the place of that. The findings
/// that the message only counts are listed too.
fn findings(request: &Request, judged: &Judgement) -> Vec<String> {
    let Judgement {
        response: answer,
        findings,
        omitted,
    } = judged;
    let Some(message) = &answer.message else {
        let warnings = answer.warnings.iter().flatten();
        return warnings.map(|warning| bullet(warning)).collect();
    };
    let parts = Sentences::parse(message);
    let header = parts.header();
    let mut lines: Vec<_> = header
        .map(|header| format!("  {}:", Printable(header)))
        .into_iter()
        .collect();
    for sentence in parts.as_slice() {
        if counts_others(sentence) && *omitted == 0 && !findings.is_empty() {
            let is_left_out = |finding: &&Finding| parts.about(&finding.path).is_none();
            let others = findings.iter().filter(is_left_out);
            lines.extend(others.map(|other| located(request, other, &other.message)));
            continue;
        }
        let told = findings
            .iter()
            .find(|finding| names(sentence, &finding.path));
        lines.push(match told {
            Some(finding) => located(request, finding, sentence),
            None => bullet(sentence),
        });
    }
    lines
}

/// Whether the sentence stands for the findings for which the message has no room: `and 17 more`.
fn counts_others(sentence: &str) -> bool {
    let count = sentence.strip_prefix("and ");
    let count = count.and_then(|sentence| sentence.strip_suffix(" more"));
    count.is_some_and(|count| count.parse::<usize>().is_ok())
}

/// A sentence behind the place of its finding, which terminals and editors can open.
fn located(request: &Request, finding: &Finding, sentence: &str) -> String {
    match request.position(&finding.path) {
        Some(Position { line, column }) => {
            let file = request.place().source();
            bullet(&format!("{file}:{line}:{column}: {sentence}"))
        }
        None => bullet(sentence),
    }
}

/// The changes to the object; none for a rejection.
fn changes(request: &Request, answer: &ValidationResponse) -> Vec<String> {
    match (&answer.mutated_object, request.object()) {
        (Some(_), None) => vec![bullet(NOTHING_TO_CHANGE)],
        (Some(mutated), Some(object)) if answer.accepted => {
            let mutations = Mutation::between(object, mutated).into_iter();
            let lines = mutations.map(|mutation| bullet(&mutation.to_string()));
            let mut lines = lines.peekable();
            let header = lines.peek().map(|_| "  changes:".to_owned());
            header.into_iter().chain(lines).collect()
        }
        _ => Vec::new(),
    }
}

fn bullet(sentence: &str) -> String {
    format!("  - {}", Printable(sentence))
}

/// Displays the word for a verdict, padded to the same width.
struct Word {
    verdict: Verdict,
    coloured: bool,
}

impl std::fmt::Display for Word {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = self.verdict.word();
        if !self.coloured {
            return write!(formatter, "{word:<8}");
        }
        let colour = match self.verdict {
            Verdict::Accepted => 32,
            Verdict::Warned => 33,
            Verdict::Rejected => 31,
            Verdict::Unusable => 35,
        };
        write!(formatter, "\u{1b}[1;{colour}m{word:<8}\u{1b}[0m")
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
