//! Writes the report, for people or for programs.

use std::io::{self, Write};

use crate::response::ValidationResponse;

use super::admission_response::{AdmissionResponse, NOTHING_TO_CHANGE};
use super::mutation::Mutation;
use super::outcome::{Outcome, Tally, Verdict};
use super::printable::Printable;
use super::request::Request;
use super::sentences::Sentences;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text { coloured: bool },
    Json,
}

/// A report that is being written.
///
/// A reader that stops reading (`evaluate … | head`) ends the report, but not the evaluation,
/// whose exit status must still be right.
pub(super) struct Report<'a> {
    form: Form,
    output: &'a mut dyn Write,
    is_open: bool,
}

impl<'a> Report<'a> {
    pub(super) fn new(form: Form, output: &'a mut dyn Write) -> Self {
        Self {
            form,
            output,
            is_open: true,
        }
    }

    pub(super) fn add(&mut self, outcome: &Outcome) -> io::Result<()> {
        let text = match self.form {
            Form::Text { coloured } => text(outcome, coloured),
            Form::Json => json(outcome)?,
        };
        self.write(&text)
    }

    pub(super) fn end(&mut self, tally: &Tally) -> io::Result<()> {
        match self.form {
            Form::Text { .. } => self.write(&format!("{tally}\n")),
            Form::Json => Ok(()),
        }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if !self.is_open {
            return Ok(());
        }
        let written = self
            .output
            .write_all(text.as_bytes())
            .and_then(|()| self.output.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_open = false;
                Ok(())
            }
            other => other,
        }
    }
}

fn json(outcome: &Outcome) -> io::Result<String> {
    let response = match outcome {
        Outcome::Judged(request, answer) => {
            AdmissionResponse::new(request.uid(), request.object(), answer)
        }
        Outcome::Failed(request, error) => AdmissionResponse::failure(request.uid(), error),
        Outcome::Unreadable(_) => return Ok(String::new()),
    };
    Ok(format!("{}\n", serde_json::to_string(&response)?))
}

fn text(outcome: &Outcome, coloured: bool) -> String {
    let verdict = outcome.verdict();
    let word = Word { verdict, coloured };
    match outcome {
        Outcome::Judged(request, answer) => {
            let mut text = format!("{word} {} ({})\n", request.subject(), request.place());
            for line in findings(answer).into_iter().chain(changes(request, answer)) {
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

/// The message says more than the warnings, which are truncated for `kubectl`.
fn findings(answer: &ValidationResponse) -> Vec<String> {
    let warnings = answer.warnings.iter().flatten().map(String::as_str);
    match &answer.message {
        Some(message) => {
            let parts = Sentences::parse(message);
            let header = parts
                .header()
                .map(|header| format!("  {}:", Printable(header)));
            let sentences = parts.as_slice().iter().copied();
            header.into_iter().chain(sentences.map(bullet)).collect()
        }
        None => warnings.map(bullet).collect(),
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
#[path = "report_tests.rs"]
mod tests;
