//! From a request to a verdict.

use super::change::{Change, Comparison};
use super::finding::Finding;
use super::grade::{Circumstances, Grade};
use super::novelty::Novelty;
use super::problem::Problem;
use super::request::{Operation, Request, Subresource};
use super::verdict::Verdict;
use crate::settings::Settings;
use crate::workload::{ImageSite, Section, Unreadable, sort_by};

/// Judges a request.
///
/// A request that cannot bring an image is accepted, whatever its object holds.
/// What only an update or a finding needs is worked out only then: `change` gives
/// the object with what it was before, if there was something, and the settings
/// give the environment.
#[must_use]
pub fn evaluate<'a>(
    request: &Request<'a>,
    settings: &Settings<'_>,
    change: impl FnOnce() -> Option<Change<'a>>,
) -> Verdict {
    if !request.can_bring_images() {
        return Verdict::Accepted;
    }
    let workload = &request.workload;
    let circumstances = Circumstances {
        settings,
        namespace: request.namespace.as_deref(),
        is_pod: request.layout.kind().is_pod(),
        can_hold_placeholders: request.layout.kind().can_hold_placeholders(),
        is_mirror_pod: request.is_of_mirror_pod(),
        is_owned: request.is_of_owned_object(settings),
    };
    let found = |novelties: &[Novelty]| {
        let mut findings = Vec::new();
        for (position, site) in workload.sites().iter().enumerate() {
            let novelty = novelties.get(position).copied().unwrap_or(Novelty::New);
            if can_change(site, request.subresource)
                && let Some(finding) = Finding::at(site, novelty, &circumstances)
            {
                findings.push((position, finding));
            }
        }
        findings
    };
    let mut findings = found(&[]);
    if findings.is_empty() && workload.unreadable().is_empty() {
        return Verdict::Accepted;
    }
    let comparison = match request.operation {
        Operation::Update => change().and_then(|change| Comparison::new(change, &request.layout)),
        _ => None,
    };
    if let Some(comparison) = &comparison {
        let is_found = |position| {
            findings
                .binary_search_by(|(own, _)| own.cmp(&position))
                .is_ok()
        };
        let novelties = comparison.novelties(workload.sites(), is_found, settings);
        findings = found(&novelties);
    }
    let unreadable = workload.unreadable();
    let unchanged = comparison.map(|comparison| comparison.are_unchanged(unreadable));
    let mut unchanged = unchanged.unwrap_or_default().into_iter();
    let mut problems = Vec::with_capacity(unreadable.len());
    for unreadable in unreadable {
        problems.push(Problem {
            unreadable,
            grade: circumstances.grade_of_problem(unchanged.next() == Some(true)),
        });
    }
    // Those that decide come first: a message has room for the first few.
    sort_by(&mut findings, |(_, a), (_, b)| a.order().cmp(&b.order()));
    let mut in_order: Vec<Finding<'_>> = Vec::with_capacity(findings.len());
    for (_, finding) in findings {
        // Several places of the settings can lead to one image.
        if in_order.last().is_none_or(|last| !last.repeats(&finding)) {
            in_order.push(finding);
        }
    }
    Verdict::of(
        &problems,
        &in_order,
        settings.applicable(circumstances.namespace),
    )
}

/// Judges a request of which not even the envelope can be read.
#[must_use]
pub fn refuse(
    unreadable: &[Unreadable<'_>],
    namespace: Option<&str>,
    settings: &Settings<'_>,
) -> Verdict {
    let mut problems = Vec::with_capacity(unreadable.len());
    for unreadable in unreadable {
        problems.push(Problem {
            unreadable,
            grade: Grade::Enforced,
        });
    }
    Verdict::of(&problems, &[], settings.applicable(namespace))
}

/// Through `pods/ephemeralcontainers` no other container can be changed.
fn can_change(site: &ImageSite<'_>, subresource: Subresource) -> bool {
    subresource != Subresource::EphemeralContainers
        || site.holder().section() == Some(Section::EphemeralContainers)
}
