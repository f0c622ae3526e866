//! One request, as it is judged: what is found in it, what that comes to, and what is
//! done about it.

use super::adjust::{is_adjustable, is_meant, make, put_back};
use super::change::{Comparison, roll_out_edited};
use super::drift::Drift;
use super::evaluation::Evaluation;
use super::finding::{Cause, SiteFinding};
use super::host::{Host, LookUps, LookupError};
use super::problem::Problem;
use super::request::{Documents, Operation, Request, Subresource};
use super::ruling::Ruling;
use super::running::{RunningPods, container_of};
use super::severity::{Circumstances, Severity, WarnReason};
use super::update_effect::UpdateEffect;
use crate::image::ImageReference;
use crate::settings::{Adjust, DriftCheck, Settings};
use crate::workload::{Edit, FieldPath, ImageSite, Section, Workload, sort_by};

/// A request with all that it is judged by.
pub(super) struct Case<'r> {
    request: &'r Request<'r>,
    settings: &'r Settings<'r>,
    circumstances: Circumstances<'r>,
    host: &'r dyn Host,
}

impl<'r> Case<'r> {
    pub(super) fn new(
        request: &'r Request<'r>,
        settings: &'r Settings<'r>,
        host: &'r dyn Host,
    ) -> Self {
        let kind = request.layout.kind();
        Self {
            request,
            settings,
            circumstances: Circumstances {
                settings,
                namespace: request.namespace.as_deref(),
                is_pod: kind.is_pod(),
                can_hold_placeholders: kind.can_hold_placeholders(),
                is_mirror_pod: request.is_of_mirror_pod(),
                is_owned: request.is_of_owned_object(settings),
            },
            host,
        }
    }

    /// What is found in an object, to the sites of which an update has done this.
    pub(super) fn find<'w>(
        &self,
        workload: &'w Workload<'_>,
        effects: &[UpdateEffect],
    ) -> Vec<SiteFinding<'w>> {
        let mut findings = Vec::new();
        for (position, site) in workload.sites().iter().enumerate() {
            let effect = effects
                .get(position)
                .copied()
                .unwrap_or(UpdateEffect::Added);
            if can_change(site, self.request.subresource)
                && let Some(finding) = SiteFinding::at(position, site, effect, &self.circumstances)
            {
                findings.push(finding);
            }
        }
        findings
    }

    /// Whether more than the object's images is needed to judge findings.
    pub(super) fn needs_documents(&self) -> bool {
        self.request.operation == Operation::Update
            || self.settings.adjust() != Adjust::Nothing
            || self.settings.drift() != DriftCheck::Unchecked
    }

    /// The object with what adjusting had made of it before this update.
    pub(super) fn with_put_back(
        &self,
        findings: &[SiteFinding<'_>],
        comparison: &Comparison<'_>,
        documents: Documents<'_>,
    ) -> Option<(String, Vec<FieldPath<'static>>)> {
        let adjust = self.settings.adjust();
        if adjust == Adjust::Nothing || !is_adjustable(self.request) {
            return None;
        }
        let twins = comparison.twins(self.request.workload.sites());
        let mut edits = Vec::new();
        for finding in findings {
            if is_meant(finding)
                && let Some(Some(twin)) = twins.get(finding.position)
                && let Some(edit) = put_back(finding.site, twin, adjust)
            {
                edits.push(edit);
            }
        }
        match edits.as_slice() {
            [] => None,
            edits => Some((Edit::apply(documents.object, edits)?, paths_of(edits))),
        }
    }

    /// What findings, and what cannot be read, come to. The object is part of the
    /// answer if fields were `reapplied`, or are adjusted now.
    pub(super) fn judge<'w>(
        &self,
        workload: &'w Workload<'_>,
        mut findings: Vec<SiteFinding<'w>>,
        comparison: Option<&Comparison<'w>>,
        documents: Option<Documents<'_>>,
        reapplied: Vec<FieldPath<'static>>,
    ) -> Evaluation {
        let mut effects = Vec::new();
        if let Some(comparison) = comparison {
            let is_found = |position| {
                let own = findings.binary_search_by(|finding| finding.position.cmp(&position));
                own.is_ok()
            };
            effects = comparison.effects(workload.sites(), is_found, self.settings);
            findings = self.find(workload, &effects);
        }
        let unreadable = workload.unreadable();
        let unchanged = comparison.map(|comparison| comparison.are_unchanged(unreadable));
        let unchanged = unchanged.unwrap_or_default();
        let mut problems = Vec::with_capacity(unreadable.len());
        for (position, unreadable) in unreadable.iter().enumerate() {
            let is_unchanged = unchanged.get(position) == Some(&true);
            problems.push(Problem {
                unreadable,
                severity: self.circumstances.grade_of_problem(is_unchanged),
            });
        }
        sort(&mut findings);
        let mut object = None;
        let mut edited = reapplied;
        if let Some(documents) = documents {
            let edits;
            (findings, object, edits) = self.act(workload, findings, effects, documents);
            edited.extend(edits);
            edited.sort();
            edited.dedup();
            if !edited.is_empty() && object.is_none() {
                object = Some(documents.object.to_owned());
            }
        }
        // Those that decide come first: a message has room for the first few.
        let mut in_order: Vec<&SiteFinding<'_>> = Vec::with_capacity(findings.len());
        for is_enforced in [true, false] {
            for finding in &findings {
                if (finding.severity == Severity::Deny) == is_enforced {
                    in_order.push(finding);
                }
            }
        }
        // Several places of the settings can lead to one image.
        in_order.dedup_by(|later, earlier| earlier.repeats(later));
        if in_order.is_empty() && problems.is_empty() {
            return match object {
                Some(object) => Evaluation::changed(object, edited),
                None => Evaluation::accepted(),
            };
        }
        let ruling = Ruling::of(self.settings, self.circumstances.namespace, self.host);
        Evaluation::weigh(&problems, &in_order, &ruling, edited, object)
    }

    /// Finds out about findings what the settings ask for, and does about them what the
    /// settings say: in the order of their paths, since there is a limit to what is looked
    /// up. Returns them, and the object if it is edited.
    fn act<'w>(
        &self,
        workload: &'w Workload<'_>,
        mut findings: Vec<SiteFinding<'w>>,
        mut effects: Vec<UpdateEffect>,
        documents: Documents<'_>,
    ) -> (
        Vec<SiteFinding<'w>>,
        Option<String>,
        Vec<FieldPath<'static>>,
    ) {
        let mut look_ups = LookUps::new(self.host, self.settings);
        let mut pods = None;
        let mut adjust = match is_adjustable(self.request) {
            true => self.settings.adjust(),
            false => Adjust::Nothing,
        };
        let unedited = effects.clone();
        // It ends: every round rolls out one more at least, and one without adjusting is the
        // last.
        loop {
            let mut edits = Vec::new();
            for finding in &mut findings {
                if self.settings.drift() != DriftCheck::Unchecked && is_comparable(finding) {
                    finding.drift = Some(self.drift(finding, documents, &mut look_ups, &mut pods));
                }
                make(finding, adjust, &mut look_ups, &mut edits);
                self.allow_verified(finding);
            }
            if edits.is_empty() {
                return (findings, None, Vec::new());
            }
            if !roll_out_edited(&edits, workload.sites(), &mut effects) {
                let object = Edit::apply(documents.object, &edits)
                    .filter(|object| self.brings_nothing_else(object, workload));
                if object.is_some() {
                    return (findings, object, paths_of(&edits));
                }
                // It cannot be edited: a key on the way stands twice, or what would be
                // edited means something else as well.
                adjust = Adjust::Nothing;
                effects.clone_from(&unedited);
            }
            findings = self.find(workload, &effects);
            sort(&mut findings);
        }
    }

    /// Accepts a tag that still means what runs, if the settings do.
    fn allow_verified(&self, finding: &mut SiteFinding<'_>) {
        if finding.severity == Severity::Deny
            && self.settings.drift() == DriftCheck::VerifiedAllowed
            && let Some(Ok(drift)) = &finding.drift
            && drift.is_verified()
        {
            finding.severity = Severity::Warn(WarnReason::Verified);
        }
    }

    /// Whether an edited object can be read, and has no findings where it had no images.
    /// Where the settings say what stands where, they can take one field for a pull policy
    /// and for an image.
    fn brings_nothing_else(&self, object: &str, workload: &Workload<'_>) -> bool {
        let layout = &self.request.layout;
        if !layout.has_added_places() {
            return true;
        }
        let edited = Workload::read(object, layout);
        let is_known = |finding: &SiteFinding<'_>| {
            let path = finding.site.path();
            let known = workload
                .sites()
                .binary_search_by(|site| site.path().cmp(path));
            known.is_ok()
        };
        edited.unreadable().is_empty() && self.find(&edited, &[]).iter().all(is_known)
    }

    fn drift(
        &self,
        finding: &SiteFinding<'_>,
        documents: Documents<'_>,
        look_ups: &mut LookUps<'_>,
        pods: &mut Option<Result<RunningPods, LookupError>>,
    ) -> Result<Drift, LookupError> {
        let container = container_of(finding.site, self.request.layout.kind());
        let (Some(container), Ok(reference)) =
            (container, ImageReference::try_from(finding.site.image()))
        else {
            return Err(LookupError::NoPods);
        };
        let served = look_ups.digest(&reference)?;
        let list = || RunningPods::of(self.request, documents, self.host);
        match pods.get_or_insert_with(list) {
            Ok(pods) => {
                let running = pods.digests(container, &reference)?;
                Drift::between(served, &running, &reference, look_ups)
            }
            Err(unknown) => Err(unknown.clone()),
        }
    }
}

/// The fields that edits change.
fn paths_of(edits: &[Edit<'_>]) -> Vec<FieldPath<'static>> {
    edits
        .iter()
        .map(|edit| edit.path().to_owned_path())
        .collect()
}

/// Whatever the order of keys is, the same images are looked up.
fn sort(findings: &mut [SiteFinding<'_>]) {
    sort_by(findings, |a, b| a.site.order().cmp(&b.site.order()));
}

/// Through `pods/ephemeralcontainers` no other container can be changed.
fn can_change(site: &ImageSite<'_>, subresource: Subresource) -> bool {
    subresource != Subresource::EphemeralContainers
        || site.holder().section() == Some(Section::EphemeralContainers)
}

/// Whether it matters what runs of an image: where its tag can move, and nobody else
/// is asked already, as the owner of an object is.
fn is_comparable(finding: &SiteFinding<'_>) -> bool {
    matches!(finding.cause, Cause::Mutable(_))
        && matches!(
            finding.severity,
            Severity::Deny | Severity::Warn(WarnReason::Unchanged)
        )
}
