//! From a request to a verdict.

use super::finding::Finding;
use super::request::{Request, Requester, Subresource};
use super::verdict::Verdict;
use crate::settings::Settings;
use crate::workload::{ImageSite, Section, Unreadable};

/// Judges a request.
///
/// A request that cannot bring an image is accepted, whatever its object holds.
/// The environment is worked out only where there is something to weigh.
#[must_use]
pub fn evaluate(request: &Request<'_>, settings: &Settings<'_>) -> Verdict {
    if !request.can_bring_images() {
        return Verdict::Accepted;
    }
    let workload = &request.workload;
    let namespace = request.namespace.as_deref();
    let is_mirror_pod = workload.has_mirror_annotation() && request.requester == Requester::Node;
    let mut findings: Vec<Finding<'_>> = workload
        .sites()
        .iter()
        .filter(|site| can_change(site, request.subresource))
        .filter_map(|site| Finding::at(site, namespace, is_mirror_pod, settings))
        .collect();
    if findings.is_empty() && workload.unreadable().is_empty() {
        return Verdict::Accepted;
    }
    // Those that decide come first: a message has room for the first few.
    findings.sort_unstable_by(|a, b| a.order().cmp(&b.order()));
    let applicable = settings.applicable(namespace);
    Verdict::of(workload.unreadable(), &findings, applicable)
}

/// Judges a request of which not even the envelope can be read.
#[must_use]
pub fn refuse(
    unreadable: &[Unreadable],
    namespace: Option<&str>,
    settings: &Settings<'_>,
) -> Verdict {
    Verdict::of(unreadable, &[], settings.applicable(namespace))
}

/// Through `pods/ephemeralcontainers` no other container can be changed.
fn can_change(site: &ImageSite<'_>, subresource: Subresource) -> bool {
    subresource != Subresource::EphemeralContainers
        || site.holder().section() == Some(Section::EphemeralContainers)
}
