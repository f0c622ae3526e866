//! The typed result of evaluating a request. Only `message` turns it into words.

use super::drift::Drift;
use super::edits::Change;
use super::effective_pull_policy::EffectivePullPolicy;
use super::exempt::Exempted;
use super::host::{Host, LookupError, decide_by_labels};
use super::judge::{Cause, SiteFinding};
use super::outcome::Outcome;
use super::severity::{Severity, WarnReason};
use super::update_effect::UpdateEffect;
use super::weigh::Graded;
use crate::document::FieldPath;
use crate::settings::{Mode, ModeOrigin, Selection, Settings};
use crate::workload::{ContainerType, DecodeError, Holder};

/// The result of evaluating a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub verdict: Verdict,
    /// The mode that gave the verdict; `None` where there was nothing to weigh.
    pub mode: Option<SelectedMode>,
    /// The fields that cannot be read, in the order of their paths.
    pub errors: Vec<UnreadableField>,
    /// The findings: first those that deny, each group in the order of the paths.
    pub findings: Vec<Finding>,
    /// The fields of the object that the policy changes.
    pub edits: Vec<FieldPath<'static>>,
    /// The changed object, as JSON.
    pub mutated_object: Option<String>,
    /// The images that would be findings, if the settings did not exempt them: each once, and at
    /// most ten.
    pub exempted: Vec<Exempted>,
    /// The hint of the settings, where there is something to say.
    pub hint: Option<String>,
    /// Whether the setting `controllers` lists the user and does not help, since no owner of the
    /// object is its controller.
    pub lacks_controller: bool,
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted, with nothing to say.
    Accepted,
    /// Accepted, with warnings.
    Warned,
    Rejected(Rejection),
}

impl Verdict {
    /// The HTTP status code of a rejection.
    #[must_use]
    pub const fn code(self) -> Option<u16> {
        match self {
            Self::Accepted | Self::Warned => None,
            Self::Rejected(rejection) => Some(rejection.code()),
        }
    }
}

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The object cannot be read.
    Unreadable,
    /// There are findings.
    Findings,
}

impl Rejection {
    /// The HTTP status code of the answer.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Unreadable => 400,
            Self::Findings => 403,
        }
    }
}

/// The mode that applies to a request, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedMode {
    pub mode: Mode,
    pub origin: SelectedModeOrigin,
}

/// Why a mode applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectedModeOrigin {
    /// The environment of this name matches.
    Environment(String),
    /// No environment matches, so the default mode of the settings applies.
    NoMatch,
    /// The settings have no environments, so their default mode applies.
    NoEnvironments,
    /// The labels of the namespace decide and are unknown, so strict mode applies.
    UnknownLabels(LookupError),
}

/// A field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableField {
    /// The path of the field, and the type that belongs there.
    pub error: DecodeError<'static>,
    /// The effect on the request in strict mode.
    pub severity: Severity,
}

/// An image that can change under its name, and is pulled in a way that lets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The path of the field that names the image.
    pub path: FieldPath<'static>,
    /// The named part of the object that the image belongs to.
    pub holder: Option<NamedHolder>,
    /// The image as it is written.
    pub image: String,
    /// The reason why the image is a finding.
    pub cause: Cause,
    /// The pull policy that the kubelet will follow.
    pub pull_policy: EffectivePullPolicy,
    /// The name of the field that declares, or would declare, the pull policy.
    pub pull_policy_field: String,
    /// The effect of the update on the image.
    pub effect: UpdateEffect,
    /// The effect on the request in strict mode.
    pub severity: Severity,
    /// Whether another tag would fix the finding.
    pub is_fixed_by_tag: bool,
    /// Whether the pull policy `IfNotPresent` would fix the finding.
    pub is_fixed_by_if_not_present: bool,
    /// The result of the drift check, where it ran.
    pub drift: Option<Result<Drift, LookupError>>,
    /// The outcome of adjusting, where the settings ask for that.
    pub outcome: Option<Outcome>,
}

/// The named part of an object that an image belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedHolder {
    /// A noun such as `container`, `init container` or `image volume`. For an item of a declared
    /// list, the field that tells its items apart, such as `name`.
    pub kind: &'static str,
    pub name: String,
}

impl Evaluation {
    /// An acceptance without a message.
    pub(crate) const fn accepted() -> Self {
        Self {
            verdict: Verdict::Accepted,
            mode: None,
            errors: Vec::new(),
            findings: Vec::new(),
            edits: Vec::new(),
            mutated_object: None,
            exempted: Vec::new(),
            hint: None,
            lacks_controller: false,
        }
    }

    /// An acceptance without a message. The object may have been changed.
    pub(super) fn changed(change: Change) -> Self {
        Self {
            edits: change.edits.into_iter().collect(),
            mutated_object: change.object,
            ..Self::accepted()
        }
    }

    /// Gives the verdict in a mode. A rejected object is not changed.
    pub(super) fn decide(
        errors: &[(&DecodeError<'_>, Severity)],
        findings: &[Graded<'_>],
        mode: SelectedMode,
        change: Change,
    ) -> Self {
        let is_strict = mode.mode == Mode::Strict;
        let verdict = if is_strict && errors.iter().any(|(_, own)| *own == Severity::Deny) {
            Verdict::Rejected(Rejection::Unreadable)
        } else if is_strict && findings.iter().any(|own| own.severity == Severity::Deny) {
            Verdict::Rejected(Rejection::Findings)
        } else {
            Verdict::Warned
        };
        let mut findings: Vec<Finding> = findings.iter().map(Finding::of).collect();
        let change = match verdict {
            Verdict::Rejected(_) => {
                for finding in &mut findings {
                    if finding.severity == Severity::Warn(WarnReason::Adjusted) {
                        finding.severity = Severity::Warn(WarnReason::Adjustable);
                    }
                }
                Change::default()
            }
            Verdict::Accepted | Verdict::Warned => change,
        };
        let errors = errors.iter().map(|(error, severity)| UnreadableField {
            error: error.to_owned_error(),
            severity: *severity,
        });
        Self {
            verdict,
            mode: Some(mode),
            errors: errors.collect(),
            findings,
            edits: change.edits.into_iter().collect(),
            mutated_object: change.object,
            ..Self::accepted()
        }
    }
}

impl SelectedMode {
    /// The mode for an object in a namespace, or in none. The host is asked for the labels of the
    /// namespace only where an environment depends on them.
    pub(super) fn of(settings: &Settings, namespace: Option<&str>, host: &dyn Host) -> Self {
        let applicable = match settings.select(namespace) {
            Selection::Decided(applicable) => Ok(applicable),
            Selection::NeedsLabels(pending) => decide_by_labels(&pending, host),
        };
        match applicable {
            Ok(applicable) => Self {
                mode: applicable.mode(),
                origin: match applicable.origin() {
                    ModeOrigin::Environment(name) => {
                        SelectedModeOrigin::Environment(name.to_owned())
                    }
                    ModeOrigin::NoMatch => SelectedModeOrigin::NoMatch,
                    ModeOrigin::NoEnvironments => SelectedModeOrigin::NoEnvironments,
                },
            },
            Err(error) => Self {
                mode: Mode::Strict,
                origin: SelectedModeOrigin::UnknownLabels(error),
            },
        }
    }
}

impl Finding {
    fn of(graded: &Graded<'_>) -> Self {
        let SiteFinding {
            site,
            cause,
            pull_policy,
            is_fixed_by_tag,
            is_fixed_by_if_not_present,
            ..
        } = graded.finding;
        Self {
            path: site.path().to_owned_path(),
            holder: NamedHolder::of(site.holder()),
            image: site.image().to_owned(),
            cause: *cause,
            pull_policy: *pull_policy,
            pull_policy_field: site.pull_policy_field().to_owned(),
            effect: graded.effect,
            severity: graded.severity,
            is_fixed_by_tag: *is_fixed_by_tag,
            is_fixed_by_if_not_present: *is_fixed_by_if_not_present,
            drift: graded.drift.clone(),
            outcome: graded.outcome.clone(),
        }
    }
}

impl NamedHolder {
    fn of(holder: &Holder<'_>) -> Option<Self> {
        let (kind, name) = match holder {
            Holder::Container {
                container_type,
                name,
            } => {
                let kind = match container_type {
                    ContainerType::Container => "container",
                    ContainerType::InitContainer => "init container",
                    ContainerType::EphemeralContainer => "ephemeral container",
                };
                (kind, *name)
            }
            Holder::Volume(name) => ("image volume", *name),
            Holder::Field { owner: None } => ("", None),
            Holder::Field {
                owner: Some((kind, name)),
            } => (*kind, Some(name.as_ref())),
            Holder::Variable { name, .. } => ("environment variable", Some(*name)),
            Holder::Argument { name, .. } => ("argument", Some(name.as_str())),
        };
        name.map(|name| Self {
            kind,
            name: name.to_owned(),
        })
    }
}
