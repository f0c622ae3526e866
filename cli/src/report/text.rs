//! The report for people.

use std::io::{self, Write};

use super::mutation::Mutation;
use super::{Destination, Options, Report, Summary};
use crate::judge::{Finding, Judgement, Sentences, names};
use crate::outcome::{NOTHING_TO_CHANGE, Outcome, Verdict};
use crate::printable::Printable;
use crate::request::Request;
use crate::response::ValidationResponse;
use crate::streams::Style;

/// A report for people: a line for each object, its findings under it, a summary at the end.
pub(crate) struct Text {
    pub(crate) options: Options,
    pub(crate) destination: Destination,
}

impl Report for Text {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()> {
        let Self {
            options,
            destination,
        } = *self;
        if options.is_quiet && outcome.verdict() == Verdict::Accepted {
            return Ok(());
        }
        let style = match destination {
            Destination::StandardOutput => options.style,
            Destination::File => Style::Plain,
        };
        output.write_all(text(outcome, style).as_bytes())?;
        match (destination, reason(outcome)) {
            (Destination::File, Some(reason)) => writeln!(output, "{}", bullet(&reason)),
            // Standard error has the reason already.
            _ => Ok(()),
        }
    }

    fn finish(&mut self, summary: &Summary<'_>, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{summary}")
    }
}

fn text(outcome: &Outcome, style: Style) -> String {
    let verdict = outcome.verdict();
    let word = style.paint(verdict.word(), 8, verdict.into());
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
        Outcome::Unreadable(error) => format!("{word} {}\n", error.place()),
    }
}

/// The reason why there is no verdict.
fn reason(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Judged(..) => None,
        Outcome::Failed(_, error) => Some(error.to_string()),
        Outcome::Unreadable(error) => Some(error.message()),
    }
}

/// The file of an object, and its line.
fn start(request: &Request) -> String {
    let source = Printable(request.place().source());
    match request.start() {
        Some(position) => format!("{source}:{}", position.line()),
        None => request.place().to_string(),
    }
}

/// The lines of the message. A line about one finding begins with its place. Findings that the message
/// only counts are listed too.
fn findings(request: &Request, judged: &Judgement) -> Vec<String> {
    let Judgement {
        response: answer,
        findings,
        ..
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
        if let Some(count) = count_of_others(sentence) {
            let is_left_out = |finding: &&Finding| parts.about(&finding.path).is_none();
            let others: Vec<_> = findings.iter().filter(is_left_out).collect();
            let known = others.iter();
            lines.extend(known.map(|other| located(request, other, &other.message)));
            // A module does not name all of them.
            match count.saturating_sub(others.len()) {
                0 => {}
                unknown => lines.push(bullet(&format!("and {unknown} more"))),
            }
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

/// The number of findings for which the message has no room: `and 17 more`.
fn count_of_others(sentence: &str) -> Option<usize> {
    let count = sentence.strip_prefix("and ")?;
    count.strip_suffix(" more")?.parse().ok()
}

/// A sentence after the place of its finding, which terminals and editors can open.
fn located(request: &Request, finding: &Finding, sentence: &str) -> String {
    match request.position(&finding.path, finding.image.as_deref()) {
        Some(position) => {
            let file = request.place().source();
            let (line, column) = (position.line(), position.column());
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

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
