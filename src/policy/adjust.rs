//! How an object is changed about a finding, and where it never is.

use super::finding::{Cause, SiteFinding};
use super::host::LookUps;
use super::outcome::Outcome;
use super::request::{Operation, Request};
use super::severity::{Severity, WarnReason};
use super::update_effect::UpdateEffect;
use crate::image::{Digest, ImageReference, PullPolicy};
use crate::settings::Adjust;
use crate::workload::{DeclaredPullPolicy, Edit, ImageSite};

/// Whether objects of a request are ever adjusted. Not where a controller, who made
/// the object, would change it back; nor where nothing of it can change any more.
pub(super) fn is_adjustable(request: &Request<'_>) -> bool {
    let kind = request.layout.kind();
    let is_fixed = request.operation == Operation::Update && (kind.is_pod() || kind.is_job());
    !is_fixed && !request.workload.has_controller() && request.workload.unreadable().is_empty()
}

/// Whether it is a finding that adjusting mends, if anything can.
pub(super) fn is_meant(finding: &SiteFinding<'_>) -> bool {
    finding.severity == Severity::Deny
        && finding.effect != UpdateEffect::Unchanged
        && matches!(finding.cause, Cause::Mutable(_))
}

/// Adjusts an object about a finding, if that is to be done: `edits` get what does it.
pub(super) fn make<'r>(
    finding: &mut SiteFinding<'r>,
    adjust: Adjust,
    look_ups: &mut LookUps<'_>,
    edits: &mut Vec<Edit<'r>>,
) {
    if !is_meant(finding) {
        return;
    }
    let site = finding.site;
    let (outcome, edit) = match adjust {
        Adjust::IfNotPresent => (Outcome::IfNotPresent, if_not_present(site)),
        Adjust::Pin => {
            let Ok(reference) = ImageReference::try_from(site.image()) else {
                return;
            };
            match look_ups.digest(&reference) {
                Ok(digest) => {
                    let edit = image_edit(site, &format!("{}@{digest}", site.image()));
                    (Outcome::Pinned(digest), edit)
                }
                Err(unknown) => {
                    finding.outcome = Some(Outcome::NotPinned(unknown));
                    return;
                }
            }
        }
        Adjust::Nothing => return,
    };
    if let Some(edit) = edit {
        finding.severity = Severity::Warn(WarnReason::Adjusted);
        finding.outcome = Some(outcome);
        edits.push(edit);
    }
}

/// Puts back what adjusting has made of a site before, and what whoever applies an
/// old manifest again would undo; nothing where it has made nothing of it.
pub(super) fn put_back<'s>(
    site: &'s ImageSite<'_>,
    twin: &ImageSite<'_>,
    adjust: Adjust,
) -> Option<Edit<'s>> {
    match adjust {
        Adjust::Nothing => None,
        Adjust::IfNotPresent => {
            let was_adjusted = twin.image() == site.image()
                && twin.pull_policy() == DeclaredPullPolicy::Declared(PullPolicy::IfNotPresent);
            was_adjusted.then(|| if_not_present(site)).flatten()
        }
        Adjust::Pin => {
            let digest = twin.image().strip_prefix(site.image())?.strip_prefix('@')?;
            Digest::of(digest)?;
            image_edit(site, twin.image())
        }
    }
}

fn if_not_present<'s>(site: &'s ImageSite<'_>) -> Option<Edit<'s>> {
    let json = "\"IfNotPresent\"".to_owned();
    Some(Edit::new(site.pull_policy_path()?, json))
}

/// What a reference holds needs no escape.
fn image_edit<'s>(site: &'s ImageSite<'_>, image: &str) -> Option<Edit<'s>> {
    ImageReference::try_from(image).ok()?;
    Some(Edit::new(site.path().clone(), format!("\"{image}\"")))
}
