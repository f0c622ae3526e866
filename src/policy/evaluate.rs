//! From a request to a verdict.

use super::case::Case;
use super::change::Comparison;
use super::evaluation::Evaluation;
use super::host::Host;
use super::problem::Problem;
use super::request::{Documents, Operation, Request};
use super::ruling::Ruling;
use super::severity::Severity;
use crate::settings::Settings;
use crate::workload::{DecodeError, Workload};

/// Judges a request.
///
/// A request that cannot bring an image is accepted, whatever its object holds.
/// What only a finding needs is worked out only then: `documents` gives the object
/// once more, with what it was before, and the host is asked only for what the
/// settings ask for.
#[must_use]
pub fn evaluate<'a>(
    request: &Request<'a>,
    settings: &Settings<'_>,
    host: &dyn Host,
    documents: impl FnOnce() -> Option<Documents<'a>>,
) -> Evaluation {
    if !request.can_bring_images() {
        return Evaluation::accepted();
    }
    let workload = &request.workload;
    let case = Case::new(request, settings, host);
    let findings = case.find(workload, &[]);
    if findings.is_empty() && workload.unreadable().is_empty() {
        return Evaluation::accepted();
    }
    let documents = if case.needs_documents() {
        documents()
    } else {
        None
    };
    let Some(documents) = documents else {
        return case.judge(workload, findings, None, None, Vec::new());
    };
    let compare = |documents| match request.operation {
        Operation::Update => Comparison::new(documents, &request.layout),
        _ => None,
    };
    let comparison = compare(documents);
    let put_back = comparison
        .as_ref()
        .and_then(|comparison| case.with_put_back(&findings, comparison, documents));
    let Some((object, reapplied)) = put_back else {
        return case.judge(
            workload,
            findings,
            comparison.as_ref(),
            Some(documents),
            Vec::new(),
        );
    };
    // The rest is judged as if whoever sent the request had known.
    let workload = Workload::read(&object, &request.layout);
    let documents = Documents {
        object: &object,
        ..documents
    };
    let findings = case.find(&workload, &[]);
    let comparison = compare(documents);
    case.judge(
        &workload,
        findings,
        comparison.as_ref(),
        Some(documents),
        reapplied,
    )
}

/// Judges a request of which not even the envelope can be read.
#[must_use]
pub fn refuse(
    unreadable: &[DecodeError<'_>],
    namespace: Option<&str>,
    settings: &Settings<'_>,
    host: &dyn Host,
) -> Evaluation {
    let mut problems = Vec::with_capacity(unreadable.len());
    for unreadable in unreadable {
        problems.push(Problem {
            unreadable,
            severity: Severity::Deny,
        });
    }
    let ruling = Ruling::of(settings, namespace, host);
    Evaluation::weigh(&problems, &[], &ruling, Vec::new(), None)
}
