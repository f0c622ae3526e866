//! Plans the edits that fix findings (`adjust`), and restores earlier ones.

use std::collections::BTreeSet;

use super::compare::Update;
use super::host::RegistryLookups;
use super::outcome::Outcome;
use super::severity::{Severity, WarnReason};
use super::weigh::Graded;
use crate::document::{Edit, FieldPath};
use crate::image::{Digest, ImageReference, PullPolicy};
use crate::settings::Adjust;
use crate::workload::{DeclaredPullPolicy, ImageSite};

/// The changed object, and the paths of the changed fields.
#[derive(Default)]
pub(super) struct Change {
    pub(super) object: Option<String>,
    pub(super) edits: BTreeSet<FieldPath<'static>>,
}

/// The outcome for a finding, and the edit that achieves it.
pub(super) struct PlannedEdit<'t> {
    pub(super) outcome: Outcome,
    pub(super) edit: Option<Edit<'t>>,
}

/// Plans the fix of a finding; `None` where `adjust` does not apply to it.
pub(super) fn plan_edit<'f>(
    graded: &Graded<'f>,
    adjust: Adjust,
    lookups: &mut RegistryLookups<'_>,
) -> Option<PlannedEdit<'f>> {
    if !graded.is_adjustable() {
        return None;
    }
    let site = graded.finding.site;
    match adjust {
        Adjust::Nothing => None,
        Adjust::IfNotPresent => Some(PlannedEdit {
            outcome: Outcome::IfNotPresent,
            edit: Some(if_not_present(site)?),
        }),
        // An edit would lose what else the field holds, or miss what other fields hold.
        Adjust::Pin if !site.is_alone_in_field() => None,
        Adjust::Pin => {
            let reference = ImageReference::try_from(site.image()).ok()?;
            match lookups.digest(&reference) {
                Ok(digest) => Some(PlannedEdit {
                    edit: Some(image_edit(site, format!("{}@{digest}", site.image()))?),
                    outcome: Outcome::Pinned(digest),
                }),
                Err(error) => Some(PlannedEdit {
                    outcome: Outcome::NotPinned(error),
                    edit: None,
                }),
            }
        }
    }
}

/// Records a plan in its finding, and returns the edit.
pub(super) fn apply_plan<'f>(graded: &mut Graded<'f>, plan: PlannedEdit<'f>) -> Option<Edit<'f>> {
    if plan.edit.is_some() {
        graded.severity = Severity::Warn(WarnReason::Adjusted);
    }
    graded.outcome = Some(plan.outcome);
    plan.edit
}

/// The edits that restore what an earlier request adjusted. Without them, whoever applies the
/// original manifest again would undo the adjustment.
pub(super) fn restoring_edits<'t>(
    findings: &[Graded<'t>],
    update: &Update,
    old_sites: &[ImageSite<'_>],
    adjust: Adjust,
) -> Vec<Edit<'t>> {
    let adjustable = findings.iter().filter(|graded| graded.is_adjustable());
    let edits = adjustable.filter_map(|graded| {
        let previous = update.previous.get(graded.finding.position).copied()??;
        restoring_edit(graded.finding.site, old_sites.get(previous)?, adjust)
    });
    edits.collect()
}

fn restoring_edit<'t>(
    site: &ImageSite<'t>,
    previous: &ImageSite<'_>,
    adjust: Adjust,
) -> Option<Edit<'t>> {
    match adjust {
        Adjust::Nothing => None,
        Adjust::IfNotPresent => {
            let was_adjusted = previous.image() == site.image()
                && previous.pull_policy() == DeclaredPullPolicy::Declared(PullPolicy::IfNotPresent);
            was_adjusted.then(|| if_not_present(site)).flatten()
        }
        Adjust::Pin if !site.is_alone_in_field() => None,
        Adjust::Pin => {
            let digest = previous.image().strip_prefix(site.image())?;
            Digest::of(digest.strip_prefix('@')?)?;
            image_edit(site, previous.image().to_owned())
        }
    }
}

fn if_not_present<'t>(site: &ImageSite<'t>) -> Option<Edit<'t>> {
    let path = site.pull_policy_path()?;
    Some(Edit::new(
        path,
        PullPolicy::IfNotPresent.as_str().to_owned(),
    ))
}

fn image_edit<'t>(site: &ImageSite<'t>, image: String) -> Option<Edit<'t>> {
    ImageReference::try_from(image.as_str()).ok()?;
    Some(Edit::new(site.path().clone(), image))
}
