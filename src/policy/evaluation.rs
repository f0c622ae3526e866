//! What the policy makes of a request, typed. Words are made of it at the end.

use super::drift::Drift;
use super::effective_pull_policy::EffectivePullPolicy;
use super::finding::{Cause, SiteFinding};
use super::host::LookupError;
use super::outcome::Outcome;
use super::problem::Problem;
use super::ruling::Ruling;
use super::severity::Severity;
use super::update_effect::UpdateEffect;
use crate::settings::{Mode, ModeOrigin};
use crate::workload::{DecodeError, FieldPath, Holder, Section};

/// Everything that the policy makes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The verdict.
    pub verdict: Verdict,
    /// The mode that gave the verdict. Worked out only where something was found.
    pub mode: Option<SelectedMode>,
    /// What cannot be read, in the order of the paths.
    pub errors: Vec<UnreadableField>,
    /// The findings, those that reject first, otherwise in the order of the paths.
    pub findings: Vec<Finding>,
    /// The fields of the object that the policy changes.
    pub edits: Vec<FieldPath<'static>>,
    /// The changed object, as JSON.
    pub mutated_object: Option<String>,
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted, with nothing to say.
    Accepted,
    /// Accepted, with warnings.
    Warned,
    /// Rejected.
    Rejected(Rejection),
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
    /// The mode.
    pub mode: Mode,
    /// Why it is this one.
    pub origin: SelectedModeOrigin,
}

/// Why a mode applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectedModeOrigin {
    /// The environment of this name.
    Environment(String),
    /// No environment matches: the mode of the settings.
    NoMatch,
    /// There are no environments: the mode of the settings.
    Alone,
    /// The namespace's labels are needed and not known: strict.
    UnknownLabels(LookupError),
}

/// A field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableField {
    /// Where, and what belongs there.
    pub error: DecodeError<'static>,
    /// What it does in strict mode.
    pub severity: Severity,
}

/// An image that can change under its name, and is pulled in a way that lets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where the image is named.
    pub path: FieldPath<'static>,
    /// The named part of the object that the image belongs to.
    pub holder: Option<NamedHolder>,
    /// The image as it is written.
    pub image: String,
    /// What is wrong with it.
    pub cause: Cause,
    /// How it is pulled.
    pub pull_policy: EffectivePullPolicy,
    /// The field that declares, or would declare, how it is pulled.
    pub pull_policy_field: String,
    /// What the update does to it.
    pub effect: UpdateEffect,
    /// What it does in strict mode.
    pub severity: Severity,
    /// Whether another tag would mend it.
    pub is_mended_by_tag: bool,
    /// Whether the pull policy `IfNotPresent` would mend it.
    pub is_mended_by_if_not_present: bool,
    /// Whether the tag still means what runs, where that was asked.
    pub drift: Option<Result<Drift, LookupError>>,
    /// What was done about it, where something was to be done.
    pub outcome: Option<Outcome>,
}

/// The named part of an object that an image belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedHolder {
    /// What it is: `container`, `init container`, `image volume`, or the field that tells
    /// items of a list apart.
    pub what: &'static str,
    /// Its name.
    pub name: String,
}

impl Evaluation {
    /// Nothing to say.
    pub(crate) const fn accepted() -> Self {
        Self {
            verdict: Verdict::Accepted,
            mode: None,
            errors: Vec::new(),
            findings: Vec::new(),
            edits: Vec::new(),
            mutated_object: None,
        }
    }

    /// Nothing to say of an object that the policy has changed.
    pub(super) fn changed(object: String, edits: Vec<FieldPath<'static>>) -> Self {
        Self {
            edits,
            mutated_object: Some(object),
            ..Self::accepted()
        }
    }

    /// Weighs what was found by the mode that applies. A rejected object is not changed.
    pub(super) fn weigh(
        problems: &[Problem<'_>],
        findings: &[&SiteFinding<'_>],
        ruling: &Ruling<'_>,
        edits: Vec<FieldPath<'static>>,
        object: Option<String>,
    ) -> Self {
        let is_rejected = ruling.mode() == Mode::Strict;
        let verdict = if is_rejected && problems.iter().any(|own| own.severity == Severity::Deny) {
            Verdict::Rejected(Rejection::Unreadable)
        } else if is_rejected && findings.iter().any(|own| own.severity == Severity::Deny) {
            Verdict::Rejected(Rejection::Findings)
        } else {
            Verdict::Warned
        };
        let (edits, mutated_object) = match verdict {
            Verdict::Rejected(_) => (Vec::new(), None),
            _ => (edits, object),
        };
        Self {
            verdict,
            mode: Some(SelectedMode::of(ruling)),
            errors: problems.iter().map(UnreadableField::of).collect(),
            findings: findings
                .iter()
                .map(|finding| Finding::of(finding))
                .collect(),
            edits,
            mutated_object,
        }
    }
}

impl SelectedMode {
    fn of(ruling: &Ruling<'_>) -> Self {
        Self {
            mode: ruling.mode(),
            origin: match ruling {
                Ruling::Applicable(applicable) => match applicable.origin() {
                    ModeOrigin::Environment(name) => {
                        SelectedModeOrigin::Environment(name.to_owned())
                    }
                    ModeOrigin::NoMatch => SelectedModeOrigin::NoMatch,
                    ModeOrigin::Alone => SelectedModeOrigin::Alone,
                },
                Ruling::Unknown(error) => SelectedModeOrigin::UnknownLabels(error.clone()),
            },
        }
    }
}

impl UnreadableField {
    fn of(problem: &Problem<'_>) -> Self {
        Self {
            error: problem.unreadable.to_owned_error(),
            severity: problem.severity,
        }
    }
}

impl Finding {
    fn of(finding: &SiteFinding<'_>) -> Self {
        let site = finding.site;
        Self {
            path: site.path().to_owned_path(),
            holder: NamedHolder::of(site.holder()),
            image: site.image().to_owned(),
            cause: finding.cause,
            pull_policy: finding.pull_policy,
            pull_policy_field: site.holder().pull_policy_field().to_owned(),
            effect: finding.effect,
            severity: finding.severity,
            is_mended_by_tag: finding.is_mended_by_tag,
            is_mended_by_if_not_present: finding.is_mended_by_if_not_present,
            drift: finding.drift.clone(),
            outcome: finding.outcome.clone(),
        }
    }
}

impl NamedHolder {
    fn of(holder: &Holder<'_>) -> Option<Self> {
        let (what, name) = match holder {
            Holder::Container { section, name } => {
                let what = match section {
                    Section::Containers => "container",
                    Section::InitContainers => "init container",
                    Section::EphemeralContainers => "ephemeral container",
                };
                (what, name.as_deref())
            }
            Holder::Volume(name) => ("image volume", name.as_deref()),
            Holder::Field { owner, .. } => match owner {
                Some((what, name)) => (*what, Some(name.as_ref())),
                None => ("", None),
            },
            Holder::Variable { name, .. } => ("environment variable", Some(name.as_ref())),
        };
        name.map(|name| Self {
            what,
            name: name.to_owned(),
        })
    }
}
