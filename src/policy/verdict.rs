//! What the policy answers, before it is put into an envelope.

use super::finding::Finding;
use super::grade::Grade;
use super::message;
use super::problem::Problem;
use crate::settings::{Applicable, Mode};

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to say.
    Accepted,
    /// The request is accepted, and there is something to say: to the client, one
    /// line a finding.
    Reported(Report, Vec<String>),
    /// The request is rejected.
    Rejected(Report, Rejection),
}

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The object cannot be read.
    Unreadable,
    /// There are findings.
    Findings,
    /// The settings cannot be used.
    Settings,
}

impl Rejection {
    /// The HTTP status code that tells the client so.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Unreadable => 400,
            Self::Findings => 403,
            Self::Settings => 500,
        }
    }
}

/// What is said with a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// One line for whoever sent the request.
    pub message: String,
    /// For the audit log, in this order.
    pub annotations: Vec<(&'static str, String)>,
}

impl Verdict {
    /// Weighs what was found by the mode that applies.
    pub(super) fn of(
        problems: &[Problem<'_>],
        findings: &[Finding<'_>],
        applicable: Applicable<'_>,
    ) -> Self {
        let rejection = if applicable.mode() == Mode::Lenient {
            None
        } else if problems
            .iter()
            .any(|problem| problem.grade == Grade::Enforced)
        {
            Some(Rejection::Unreadable)
        } else if findings
            .iter()
            .any(|finding| finding.grade == Grade::Enforced)
        {
            Some(Rejection::Findings)
        } else {
            None
        };
        let report = Report {
            message: message::of(problems, findings, applicable),
            annotations: message::annotations(findings, applicable),
        };
        match rejection {
            None => Self::Reported(report, message::warnings(problems, findings)),
            Some(rejection) => Self::Rejected(report, rejection),
        }
    }
}
