//! Gives each finding and each error its severity: deny, or only warn.

use super::compare::ErrorEffect;
use super::context::Context;
use super::drift::Drift;
use super::host::LookupError;
use super::judge::{Cause, SiteFinding};
use super::outcome::Outcome;
use super::severity::{Severity, WarnReason};
use super::update_effect::{Unchanged, UpdateEffect};
use crate::settings::Enforcement;
use crate::workload::{ContainerType, DecodeError, Located, UpdateRule};

/// A finding with its severity and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Graded<'f> {
    pub(super) finding: &'f SiteFinding<'f>,
    pub(super) effect: UpdateEffect,
    pub(super) severity: Severity,
    /// The result of the drift check, where it ran.
    pub(super) drift: Option<Result<Drift, LookupError>>,
    /// The outcome of adjusting, where that was tried.
    pub(super) outcome: Option<Outcome>,
}

impl Graded<'_> {
    /// Whether adjusting applies: only a mutable tag that denies can be fixed by an edit.
    pub(super) fn is_adjustable(&self) -> bool {
        self.severity == Severity::Deny
            && !matches!(self.effect, UpdateEffect::Unchanged(_))
            && matches!(self.finding.cause, Cause::Mutable(_))
    }

    /// Whether both findings report the same image with the same fix. Several locations of the
    /// settings can lead to one image.
    pub(super) fn is_duplicate_of(&self, other: &Self) -> bool {
        let (own, others) = (self.finding, other.finding);
        own.site.path() == others.site.path()
            && own.site.image() == others.site.image()
            && self.severity == other.severity
            && own.pull_policy.policy == others.pull_policy.policy
            && own.is_fixed_by_if_not_present == others.is_fixed_by_if_not_present
            && (!own.is_fixed_by_if_not_present || own.site.has_same_pull_policy_field(others.site))
    }
}

/// The reasons why findings of an object only warn, whatever their cause.
#[derive(Clone, Copy)]
pub(super) struct Leniency {
    is_pod: bool,
    is_mirror_pod: bool,
    is_owned: bool,
    lacks_controller: bool,
    unchanged: Enforcement,
    owned: Enforcement,
    ephemeral_containers: Enforcement,
}

impl Leniency {
    pub(super) fn of(located: &Located<'_>, context: &Context<'_>) -> Self {
        let Context {
            request, settings, ..
        } = context;
        Self {
            is_pod: request.kind.update_rule() == UpdateRule::Pod,
            is_mirror_pod: request.is_for_mirror_pod(located),
            is_owned: request.is_for_owned_object(located, settings),
            lacks_controller: request.lacks_controller(located, settings),
            unchanged: settings.unchanged(),
            owned: settings.owned(),
            ephemeral_containers: settings.ephemeral_containers(),
        }
    }

    /// Whether the setting `controllers` lists the user, but the object has no controller.
    pub(super) const fn lacks_controller(&self) -> bool {
        self.lacks_controller
    }

    /// Weighs findings. Those that the settings ignore are left out. `effect` maps a site's
    /// position to the effect of the update.
    pub(super) fn weigh<'f>(
        &self,
        findings: &'f [SiteFinding<'f>],
        effect: impl Fn(usize) -> UpdateEffect,
    ) -> Vec<Graded<'f>> {
        let graded = findings.iter().filter_map(|finding| {
            let effect = effect(finding.position);
            let container_type = finding.site.holder().container_type();
            let severity = self.severity(container_type, effect)?;
            Some(Graded {
                finding,
                effect,
                severity: match finding.cause {
                    Cause::Template => Severity::Warn(WarnReason::Template),
                    Cause::NoImage(_) => Severity::Warn(WarnReason::NoImage),
                    Cause::Mutable(_) | Cause::Unparsable(_) | Cause::NotFilledIn => severity,
                },
                drift: None,
                outcome: None,
            })
        });
        graded.collect()
    }

    fn severity(
        &self,
        container_type: Option<ContainerType>,
        effect: UpdateEffect,
    ) -> Option<Severity> {
        if container_type == Some(ContainerType::EphemeralContainer) {
            match self.ephemeral_containers {
                Enforcement::Ignore => return None,
                Enforcement::Warn => {
                    return Some(Severity::Warn(WarnReason::EphemeralContainer));
                }
                Enforcement::Enforce => {}
            }
        }
        if self.is_owned {
            match self.owned {
                Enforcement::Ignore => return None,
                Enforcement::Warn => return Some(Severity::Warn(WarnReason::Owned)),
                Enforcement::Enforce => {}
            }
        }
        Some(match effect {
            _ if self.is_mirror_pod => Severity::Warn(WarnReason::MirrorPod),
            UpdateEffect::Unchanged(unchanged) => self.severity_of_unchanged(unchanged),
            UpdateEffect::Added | UpdateEffect::Restarted(_) => Severity::Deny,
        })
    }

    /// The severity of an unchanged finding. A Pod or an owned object is never denied for one,
    /// since that would block the removal of finalizers.
    fn severity_of_unchanged(&self, unchanged: Unchanged) -> Severity {
        match self.unchanged {
            Enforcement::Enforce if !self.is_pod && !self.is_owned => Severity::Deny,
            _ => Severity::Warn(WarnReason::Unchanged(unchanged)),
        }
    }

    pub(super) fn weigh_errors<'e>(
        &self,
        errors: &'e [DecodeError<'e>],
        effects: &[ErrorEffect],
    ) -> Vec<(&'e DecodeError<'e>, Severity)> {
        let weighed = errors.iter().enumerate().map(|(position, error)| {
            let severity = match effects.get(position) {
                _ if self.is_mirror_pod => Severity::Warn(WarnReason::MirrorPod),
                // Its owner was judged, and a rejection would keep the controller from its work.
                _ if self.is_owned && self.owned != Enforcement::Enforce => {
                    Severity::Warn(WarnReason::Owned)
                }
                Some(ErrorEffect::Unchanged) => self.severity_of_unchanged(Unchanged::LeftAlone),
                Some(ErrorEffect::Added) | None => Severity::Deny,
            };
            (error, severity)
        });
        weighed.collect()
    }
}
