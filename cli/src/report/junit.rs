//! JUnit's XML, which CI servers read: a suite for each file, a case for each object.

use std::io::{self, Write};

use quick_junit::{
    NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite, XmlString,
};

use super::annotation::{self, Annotation, Level};
use super::{Report, Summary};
use crate::outcome::{Outcome, Verdict};
use crate::place::STANDARD_INPUT;
use crate::printable::Printable;

/// A report that is written at the end, since a suite begins with its counts.
#[derive(Default)]
pub(crate) struct Junit {
    /// The suites, in the order of the files.
    suites: Vec<TestSuite>,
}

impl Report for Junit {
    fn add(&mut self, outcome: &Outcome, _: &mut dyn Write) -> io::Result<()> {
        let (name, place) = match outcome {
            Outcome::Judged(request, _) | Outcome::Failed(request, _) => {
                (request.subject().to_string(), request.place())
            }
            Outcome::Unreadable(error) => (error.place().to_string(), error.place()),
        };
        let file = XmlString::new(named(annotation::file(place).as_deref()));
        let mut case = TestCase::new(name, status(outcome));
        case.set_classname(file.clone());
        let warnings = lines(outcome, |level| {
            matches!(level, Level::Note | Level::Warning)
        });
        if !warnings.is_empty() {
            case.set_system_out(warnings.join("\n"));
        }
        let suite = self.suites.iter_mut().find(|suite| suite.name == file);
        match suite {
            Some(suite) => {
                suite.add_test_case(case);
            }
            None => {
                let mut suite = TestSuite::new(file);
                suite.add_test_case(case);
                self.suites.push(suite);
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary<'_>, output: &mut dyn Write) -> io::Result<()> {
        let mut document = Document::new("mutable-tags");
        document.add_test_suites(std::mem::take(&mut self.suites));
        document.serialize(output).map_err(io::Error::other)
    }
}

fn status(outcome: &Outcome) -> TestCaseStatus {
    let (kind, word) = match outcome.verdict() {
        Verdict::Accepted | Verdict::Warned => return TestCaseStatus::success(),
        Verdict::Rejected => (NonSuccessKind::Failure, "rejected"),
        Verdict::Unusable => (NonSuccessKind::Error, "unusable"),
    };
    let lines = lines(outcome, |level| {
        matches!(level, Level::Error | Level::Unusable)
    });
    let mut status = TestCaseStatus::non_success(kind);
    // Servers show the message in lists, and the description where a case is opened.
    status
        .set_type(word)
        .set_message(lines.first().map(String::as_str).unwrap_or_default())
        .set_description(lines.join("\n"));
    status
}

/// A file as XML can hold it.
fn named(file: Option<&str>) -> String {
    Printable(file.unwrap_or(STANDARD_INPUT)).to_string()
}

/// The annotations of these levels, each with its place.
fn lines(outcome: &Outcome, is_wanted: impl Fn(Level) -> bool) -> Vec<String> {
    let annotations = Annotation::all(outcome).into_iter();
    let wanted = annotations.filter(|annotation| is_wanted(annotation.level));
    wanted.map(|annotation| line(&annotation)).collect()
}

fn line(annotation: &Annotation) -> String {
    let mut place = named(annotation.file.as_deref());
    if let Some(position) = annotation.position {
        place.push_str(&format!(":{}:{}", position.line(), position.column()));
    }
    format!("{place}: {}", annotation.message)
}
