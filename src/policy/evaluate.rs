//! Evaluates a request: calls the steps of the policy in order.

use std::collections::BTreeSet;

use super::compare::{Restarts, Side, Update, compare, restarted_by};
use super::context::Context;
use super::drift::drift;
use super::edits::{Change, apply_plan, plan_edit, restoring_edits};
use super::evaluation::{Evaluation, SelectedMode};
use super::exempt::{Exempted, exempt};
use super::host::{Host, RegistryLookups};
use super::judge::{Cause, SiteFinding, Unjudged, judge};
use super::request::{Objects, Operation, Request};
use super::running_pods::PodLookup;
use super::severity::{Severity, WarnReason};
use super::update_effect::UpdateEffect;
use super::weigh::{Graded, Leniency};
use crate::document::{Edit, FieldPath, Value};
use crate::settings::{Adjust, DriftCheck, InvalidSettings, LazySettings, Settings};
use crate::workload::{DecodeError, DecodeErrorKind, Located, Object, locate};

/// The steps of looking up and editing a finding: it is compared with Pods and with the old object,
/// and the edited object is judged anew.
const ACTION_STEPS: usize = 1_500;

/// The result of reading only the fields that lead to images.
pub(crate) enum Screened {
    Evaluated(Evaluation),
    /// The screen has findings or errors that only the whole object can settle.
    NeedsWholeObject,
}

/// Refuses an object whose images are not judged, unless the settings are invalid.
fn refuse_unjudged(
    unjudged: Unjudged,
    request: &Request<'_>,
    settings: &LazySettings<'_>,
    host: &dyn Host,
) -> Result<Evaluation, InvalidSettings> {
    match unjudged {
        Unjudged::InvalidSettings(invalid) => Err(invalid),
        Unjudged::TooManyComparisons => {
            let kind = DecodeErrorKind::TooManyComparisons;
            let error = DecodeError::new(FieldPath::default(), kind);
            let namespace = request.namespace.as_deref();
            Ok(refuse(&[error], namespace, settings.whole()?, host))
        }
    }
}

/// Evaluates a request by those fields of its object that lead to images.
pub(crate) fn screen(
    request: &Request<'_>,
    object: &Value<'_>,
    settings: &LazySettings<'_>,
    host: &dyn Host,
) -> Result<Screened, InvalidSettings> {
    screen_object(request, object, settings, host).or_else(|unjudged| {
        let refused = refuse_unjudged(unjudged, request, settings, host);
        refused.map(Screened::Evaluated)
    })
}

fn screen_object(
    request: &Request<'_>,
    object: &Value<'_>,
    settings: &LazySettings<'_>,
    host: &dyn Host,
) -> Result<Screened, Unjudged> {
    let located = locate(object, &settings.read_plan(request.kind.clone()));
    let findings = judge(&located, request, settings)?;
    if findings.is_empty() && located.errors().is_empty() {
        return Ok(Screened::Evaluated(Evaluation::accepted()));
    }
    let context = Context::new(request, settings, host)?;
    let (findings, exempted) = exempt(findings, &context)?;
    let evaluation = if findings.is_empty() && located.errors().is_empty() {
        Evaluation::accepted()
    } else if context.needs_whole_object() {
        return Ok(Screened::NeedsWholeObject);
    } else {
        let leniency = Leniency::of(&located, &context);
        let graded = leniency.weigh(&findings, |_| UpdateEffect::Added);
        let errors = leniency.weigh_errors(located.errors(), &[]);
        conclude(&context, leniency, &errors, graded, Change::default())
    };
    Ok(Screened::Evaluated(Evaluation {
        exempted,
        ..evaluation
    }))
}

/// Evaluates a request. The host is asked only where there is a finding, and only for what
/// the settings need.
pub(crate) fn evaluate(
    request: &Request<'_>,
    objects: Objects<'_>,
    settings: &LazySettings<'_>,
    host: &dyn Host,
) -> Result<Evaluation, InvalidSettings> {
    evaluate_objects(request, objects, settings, host)
        .or_else(|unjudged| refuse_unjudged(unjudged, request, settings, host))
}

fn evaluate_objects(
    request: &Request<'_>,
    objects: Objects<'_>,
    settings: &LazySettings<'_>,
    host: &dyn Host,
) -> Result<Evaluation, Unjudged> {
    if !request.can_bring_images() {
        return Ok(Evaluation::accepted());
    }
    let Some(object) = Object::parse(objects.object.unwrap_or("null")) else {
        let error = DecodeError::new(FieldPath::default(), DecodeErrorKind::NotJson);
        let namespace = request.namespace.as_deref();
        return Ok(refuse(&[error], namespace, settings.whole()?, host));
    };
    let located = object.locate(&settings.read_plan(request.kind.clone()));
    let findings = judge(&located, request, settings)?;
    if findings.is_empty() && located.errors().is_empty() {
        return Ok(Evaluation::accepted());
    }
    let context = Context::new(request, settings, host)?;
    if context.acts_on_findings() && !context.budget().spend(findings.len() * ACTION_STEPS) {
        return Err(Unjudged::TooManyComparisons);
    }
    let old = objects
        .old_object
        .filter(|_| request.operation == Operation::Update);
    let old = old
        .and_then(Object::parse)
        .filter(|old| !old.root().is_null());
    let old_located = old.as_ref().map(|old| old.locate(&context.plan));
    let old = old.as_ref().zip(old_located.as_ref());
    let old = old.map(|(object, located)| Side { object, located });
    let judged = Judged::of(&object, &located, findings, old, &context)?;
    if judged.findings.is_empty() && located.errors().is_empty() {
        return Ok(Evaluation {
            exempted: judged.exempted,
            ..Evaluation::accepted()
        });
    }
    let leniency = Leniency::of(&located, &context);
    let Some((json, edits)) = judged.restored(old, leniency, &context) else {
        return Ok(judged.adjust_and_conclude(leniency, BTreeSet::new(), &context));
    };
    // The restored object is judged as if the client had sent it.
    Ok(match Object::parse(&json) {
        Some(object) => {
            let located = object.locate(&context.plan);
            let findings = judge(&located, request, settings)?;
            let judged = Judged::of(&object, &located, findings, old, &context)?;
            judged.adjust_and_conclude(leniency, edits, &context)
        }
        None => judged.adjust_and_conclude(leniency, BTreeSet::new(), &context),
    })
}

/// Evaluates a request whose envelope or object cannot be read at all.
#[must_use]
pub(crate) fn refuse(
    errors: &[DecodeError<'_>],
    namespace: Option<&str>,
    settings: &Settings,
    host: &dyn Host,
) -> Evaluation {
    let errors: Vec<_> = errors.iter().map(|error| (error, Severity::Deny)).collect();
    let mode = SelectedMode::of(settings, namespace, host);
    Evaluation {
        hint: settings.hint().map(str::to_owned),
        ..Evaluation::decide(&errors, &[], mode, Change::default())
    }
}

/// An object with its findings, and the effect of the update.
struct Judged<'t> {
    object: &'t Object<'t>,
    located: &'t Located<'t>,
    findings: Vec<SiteFinding<'t>>,
    exempted: Vec<Exempted>,
    update: Update,
}

impl<'t> Judged<'t> {
    fn of(
        object: &'t Object<'t>,
        located: &'t Located<'t>,
        findings: Vec<SiteFinding<'t>>,
        old: Option<Side<'t>>,
        context: &Context<'_>,
    ) -> Result<Self, Unjudged> {
        let (findings, exempted) = exempt(findings, context)?;
        let new = Side { object, located };
        let update = old.map(|old| {
            let pull_policies = context.settings.pull_policies();
            compare(new, old, &findings, &context.plan, pull_policies)
        });
        Ok(Self {
            object,
            located,
            findings,
            exempted,
            update: update.unwrap_or_default(),
        })
    }

    /// The object with earlier adjustments restored, and the fields that they change.
    fn restored(
        &self,
        old: Option<Side<'_>>,
        leniency: Leniency,
        context: &Context<'_>,
    ) -> Option<(String, BTreeSet<FieldPath<'static>>)> {
        let adjust = context.adjust(self.located);
        // A site that can be restored was changed, so the update counts as an addition.
        let graded = leniency.weigh(&self.findings, |_| UpdateEffect::Added);
        let edits = restoring_edits(&graded, &self.update, old?.located.sites(), adjust);
        if edits.is_empty() {
            return None;
        }
        Some((Edit::apply(self.object.json(), &edits)?, paths_of(&edits)))
    }

    /// Runs the drift check and the adjustments. Findings take their turns in the order of
    /// their paths, so that the limit on lookups always leaves out the same ones.
    fn adjust_and_conclude(
        &self,
        leniency: Leniency,
        restored: BTreeSet<FieldPath<'static>>,
        context: &Context<'_>,
    ) -> Evaluation {
        let errors = leniency.weigh_errors(self.located.errors(), &self.update.errors);
        let mut lookups = RegistryLookups::new(context.host, context.settings, context.budget());
        let mut pods = PodLookup::new(self.object.root(), context);
        let mut adjust = context.adjust(self.located);
        let mut update = self.update.clone();
        // The loop ends: each round restarts at least one more site, and a round without
        // adjusting is the last.
        loop {
            let mut graded = leniency.weigh(&self.findings, |site| update.effect(site));
            let mut edits = Vec::new();
            for finding in &mut graded {
                if is_drift_checked(finding) && context.settings.drift() != DriftCheck::Unchecked {
                    let site = finding.finding.site;
                    finding.drift = Some(drift(site, context, &mut lookups, &mut pods));
                }
                if let Some(plan) = plan_edit(finding, adjust, &mut lookups) {
                    edits.extend(apply_plan(finding, plan));
                }
                allow_verified(finding, context.settings);
            }
            let restarts = restarted_by(&edits, self.located.sites(), &update);
            if let Restarts::More(more) = restarts {
                update = more;
                continue;
            }
            let change = self.change(&edits, &restored, context);
            let Some(change) = change else {
                // An edit failed, or its field means something else as well. Nothing is
                // adjusted then.
                adjust = Adjust::Nothing;
                update.clone_from(&self.update);
                continue;
            };
            return Evaluation {
                exempted: self.exempted.clone(),
                ..conclude(context, leniency, &errors, graded, change)
            };
        }
    }

    /// The object after the edits; `None` where one of them cannot be made.
    fn change(
        &self,
        edits: &[Edit<'_>],
        restored: &BTreeSet<FieldPath<'static>>,
        context: &Context<'_>,
    ) -> Option<Change> {
        let object = match edits {
            [] if restored.is_empty() => return Some(Change::default()),
            [] => self.object.json().to_owned(),
            edits => Edit::apply(self.object.json(), edits)
                .filter(|object| self.adds_no_findings(object, context))?,
        };
        let mut edits = paths_of(edits);
        edits.extend(restored.iter().cloned());
        let object = Some(object);
        Some(Change { object, edits })
    }

    /// Whether an edited object has no errors, and no findings at new paths. Settings can declare
    /// one field as a pull policy and as an image, so an edit of it makes a finding.
    fn adds_no_findings(&self, object: &str, context: &Context<'_>) -> bool {
        if !context.plan.has_added_locations() {
            return true;
        }
        let Some(edited) = Object::parse(object) else {
            return false;
        };
        let located = edited.locate(&context.plan);
        let findings = judge(&located, context.request, context.lazy_settings)
            .and_then(|findings| exempt(findings, context));
        let Ok((findings, _)) = findings else {
            return false;
        };
        let sites = self.located.sites();
        let is_known = |finding: &SiteFinding<'_>| {
            let path = finding.site.path();
            sites.binary_search_by(|site| site.path().cmp(path)).is_ok()
        };
        located.errors().is_empty() && findings.iter().all(is_known)
    }
}

/// The fields that edits change, each once, since two images can share one pull policy.
fn paths_of(edits: &[Edit<'_>]) -> BTreeSet<FieldPath<'static>> {
    let mut paths = BTreeSet::new();
    paths.extend(edits.iter().map(|edit| edit.path().to_owned_path()));
    paths
}

/// Whether the drift check applies to a finding: its tag can move, and the finding does not
/// only warn for another reason, such as an owner that was judged itself.
fn is_drift_checked(graded: &Graded<'_>) -> bool {
    matches!(graded.finding.cause, Cause::Mutable(_))
        && matches!(
            graded.severity,
            Severity::Deny | Severity::Warn(WarnReason::Unchanged(_))
        )
}

/// Turns a denial into a warning where the tag was verified and the settings allow that.
fn allow_verified(graded: &mut Graded<'_>, settings: &Settings) {
    if graded.severity == Severity::Deny
        && settings.drift() == DriftCheck::VerifiedAllowed
        && let Some(Ok(drift)) = &graded.drift
        && drift.is_verified()
    {
        graded.severity = Severity::Warn(WarnReason::Verified);
    }
}

/// Makes the evaluation of everything found. Findings that deny come first.
fn conclude(
    context: &Context<'_>,
    leniency: Leniency,
    errors: &[(&DecodeError<'_>, Severity)],
    graded: Vec<Graded<'_>>,
    change: Change,
) -> Evaluation {
    let (mut findings, others): (Vec<_>, Vec<_>) = graded
        .into_iter()
        .partition(|finding| finding.severity == Severity::Deny);
    findings.extend(others);
    findings.dedup_by(|later, earlier| earlier.is_duplicate_of(later));
    if findings.is_empty() && errors.is_empty() {
        return Evaluation::changed(change);
    }
    let mode = SelectedMode::of(context.settings, context.namespace(), context.host);
    Evaluation {
        hint: context.settings.hint().map(str::to_owned),
        lacks_controller: leniency.lacks_controller(),
        ..Evaluation::decide(errors, &findings, mode, change)
    }
}
