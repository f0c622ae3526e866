//! Converts evaluations to the form in which cases state the expected ones.

use mutable_tags_policy::admission::Refusal;
use mutable_tags_policy::policy::{
    Evaluation, Finding, Outcome, PodStart, PullPolicyOrigin, SelectedModeOrigin, Severity,
    Unchanged, UnreadableField, UpdateEffect, Verdict,
};
use mutable_tags_policy::settings::{InvalidSettings, Mode};
use serde_json::{Map, Value, json};

/// The fields of an evaluation; empty ones are left out, as in cases.
pub(crate) fn of(evaluation: &Evaluation) -> Map<String, Value> {
    let mut actual = Map::new();
    let verdict = match evaluation.verdict {
        Verdict::Accepted => "accepted".to_owned(),
        Verdict::Warned => "warned".to_owned(),
        Verdict::Rejected(rejection) => format!("rejected {}", rejection.code()),
    };
    actual.insert("verdict".to_owned(), json!(verdict));
    if let Some(selected) = &evaluation.mode {
        let mode = match selected.mode {
            Mode::Strict => "strict",
            Mode::Lenient => "lenient",
        };
        let mode = match &selected.origin {
            SelectedModeOrigin::NoEnvironments => mode.to_owned(),
            SelectedModeOrigin::NoMatch => format!("{mode}, no environment matches"),
            SelectedModeOrigin::Environment(name) => format!("{mode}, environment {name}"),
            SelectedModeOrigin::UnknownLabels(error) => {
                format!("{mode}, labels unknown: {}", error.code())
            }
        };
        if mode != "strict" {
            actual.insert("mode".to_owned(), json!(mode));
        }
    }
    let errors: Vec<Value> = evaluation.errors.iter().map(error).collect();
    if !errors.is_empty() {
        actual.insert("errors".to_owned(), json!(errors));
    }
    let findings: Vec<Value> = evaluation.findings.iter().map(finding).collect();
    if !findings.is_empty() {
        actual.insert("findings".to_owned(), json!(findings));
    }
    let exempted = evaluation.exempted.iter();
    let exempted: Vec<Value> = exempted
        .map(|own| json!(format!("{}: {}", own.image, own.reason)))
        .collect();
    if !exempted.is_empty() {
        actual.insert("exempted".to_owned(), json!(exempted));
    }
    let warnings = evaluation.warnings().len();
    if warnings > 0 {
        actual.insert("warnings".to_owned(), json!(warnings));
    }
    actual
}

/// The fields of a payload that cannot be evaluated.
pub(crate) fn of_refusal(refusal: &Refusal) -> Map<String, Value> {
    let (refused, errors) = match refusal {
        Refusal::NotJson => ("not JSON", None),
        Refusal::Settings(invalid) => ("settings", Some(settings_errors(invalid))),
    };
    let verdict = format!("refused {}, {refused}", refusal.code());
    let mut actual = Map::from_iter([("verdict".to_owned(), json!(verdict))]);
    actual.extend(errors.map(|errors| ("errors".to_owned(), errors)));
    actual
}

/// `PATH: KIND` of every error of settings.
pub(crate) fn settings_errors(invalid: &InvalidSettings) -> Value {
    let errors = invalid.errors().iter();
    errors
        .map(|error| format!("{}: {}", error.path(), error.kind().code()))
        .collect()
}

/// `PATH: KIND`, and the reason why the error only warns.
fn error(field: &UnreadableField) -> Value {
    let (path, kind) = (field.error.path(), field.error.kind().code());
    match field.severity {
        Severity::Deny => json!(format!("{path}: {kind}")),
        warned => json!(format!("{path}: {kind}, {}", warned.code())),
    }
}

fn finding(finding: &Finding) -> Value {
    let policy = finding.pull_policy.policy;
    let pull_policy = match finding.pull_policy.origin {
        PullPolicyOrigin::Declared => policy.to_string(),
        PullPolicyOrigin::Default => format!("{policy} (default)"),
        PullPolicyOrigin::Operator => format!("{policy} (operator)"),
        PullPolicyOrigin::Cluster => format!("{policy} (cluster)"),
        PullPolicyOrigin::Assumed => format!("{policy} (assumed)"),
    };
    let mut actual = json!({
        "path": finding.path.to_string(),
        "image": finding.image,
        "reason": finding.cause.code(),
        "pullPolicy": pull_policy,
        "severity": finding.severity.code(),
    });
    let mut set = |name: &str, value: Value| {
        actual
            .as_object_mut()
            .unwrap()
            .insert(name.to_owned(), value);
    };
    match finding.effect {
        UpdateEffect::Added => {}
        UpdateEffect::Unchanged(Unchanged::LeftAlone) => set("effect", json!("unchanged")),
        UpdateEffect::Unchanged(Unchanged::ThereBefore) => set("effect", json!("there before")),
        UpdateEffect::Unchanged(Unchanged::Suspended) => set("effect", json!("suspended")),
        UpdateEffect::Restarted(PodStart::Now) => set("effect", json!("restarted")),
        UpdateEffect::Restarted(PodStart::WhenResumed) => set("effect", json!("when resumed")),
        UpdateEffect::Restarted(PodStart::WhenDeleted) => set("effect", json!("when deleted")),
    }
    match &finding.drift {
        None => {}
        Some(Ok(drift)) if drift.running.is_empty() => set("drift", json!("none")),
        Some(Ok(drift)) => {
            set(
                "drift",
                json!({"served": drift.served, "running": drift.running}),
            );
        }
        Some(Err(error)) => set("drift", json!(error.code())),
    }
    match &finding.outcome {
        None => {}
        Some(Outcome::IfNotPresent) => set("outcome", json!("if-not-present")),
        Some(Outcome::Pinned(digest)) => set("outcome", json!(digest)),
        Some(Outcome::NotPinned(error)) => {
            set("outcome", json!(format!("not pinned: {}", error.code())));
        }
    }
    actual
}
