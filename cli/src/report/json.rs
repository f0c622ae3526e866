//! JSON, one object per line, with the file, the object, its verdict and its findings.

use std::io::{self, Write};

use serde::Serialize;

use super::{Options, Report, Summary};
use crate::judge::Finding;
use crate::outcome::{Outcome, Verdict, message};
use crate::request::Request;

pub(crate) struct Json(pub(crate) Options);

/// A line of the report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'o> {
    file: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    findings: Vec<FindingLine<'o>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingLine<'o> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    path: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'o str>,
    reason: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_policy: Option<&'o str>,
    denies: bool,
    message: &'o str,
    fixes: &'o [String],
}

impl Report for Json {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()> {
        if self.0.is_quiet && outcome.verdict() == Verdict::Accepted {
            return Ok(());
        }
        let line = Line::of(outcome);
        writeln!(output, "{}", serde_json::to_string(&line)?)
    }

    fn finish(&mut self, _: &Summary<'_>, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

impl<'o> Line<'o> {
    fn of(outcome: &'o Outcome) -> Self {
        let verdict = outcome.verdict().word();
        let of_request = |request: &'o Request| Self {
            file: request.place().source(),
            line: request.start().map(|position| position.line()),
            object: Some(request.subject().to_string()),
            verdict,
            message: None,
            findings: Vec::new(),
        };
        match outcome {
            Outcome::Judged(request, judged) => Self {
                message: message(request, judged).map(str::to_owned),
                findings: judged
                    .findings
                    .iter()
                    .map(|finding| FindingLine::of(request, finding))
                    .collect(),
                ..of_request(request)
            },
            Outcome::Failed(request, error) => Self {
                message: Some(error.to_string()),
                ..of_request(request)
            },
            Outcome::Unreadable(error) => Self {
                file: error.place().source(),
                line: error.position().map(|position| position.line()),
                object: None,
                verdict,
                message: Some(error.to_string()),
                findings: Vec::new(),
            },
        }
    }
}

impl<'o> FindingLine<'o> {
    fn of(request: &Request, finding: &'o Finding) -> Self {
        let position = request.position(&finding.path, finding.image.as_deref());
        Self {
            line: position.map(|position| position.line()),
            column: position.map(|position| position.column()),
            path: &finding.path,
            image: finding.image.as_deref(),
            reason: &finding.reason,
            pull_policy: finding.pull_policy.as_deref(),
            denies: finding.denies,
            message: &finding.message,
            fixes: &finding.fixes,
        }
    }
}
