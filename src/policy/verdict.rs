//! What the policy answers, before it is put into an envelope.

use super::finding::Finding;
use super::grade::Grade;
use super::message;
use super::problem::Problem;
use super::ruling::Ruling;
use crate::settings::Mode;

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to say. The object that takes the place of that of the
    /// request, if it is changed, as JSON.
    Accepted(Option<String>),
    /// The request is accepted, and there is something to say: to the client, one
    /// line a finding. The object as above.
    Reported(Report, Vec<String>, Option<String>),
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
    /// Weighs what was found by the mode that applies. What is rejected is not
    /// changed.
    pub(super) fn of(
        problems: &[Problem<'_>],
        findings: &[&Finding<'_>],
        ruling: &Ruling<'_>,
        object: Option<String>,
    ) -> Self {
        let rejection = if ruling.mode() == Mode::Lenient {
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
            message: message::of(problems, findings, ruling),
            annotations: message::annotations(findings, ruling),
        };
        match rejection {
            None => {
                let warnings = message::warnings(problems, findings);
                Self::Reported(report, warnings, object)
            }
            Some(rejection) => Self::Rejected(report, rejection),
        }
    }
}
