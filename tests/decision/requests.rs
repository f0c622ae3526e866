//! Every case has its expected evaluation, and a response that agrees with it.

use std::collections::BTreeMap;

use mutable_tags_policy::admission::{self, Refusal};
use mutable_tags_policy::policy::{Evaluation, SelectedModeOrigin, Verdict};
use mutable_tags_policy::quoted::Quoted;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::actual;
use crate::differences::differences;
use crate::host::CaseHost;
use crate::payloads::{expected, payloads};
use crate::test;

/// Evaluates a case, and checks that the policy makes exactly the expected host calls.
fn evaluate(case: &Value, payload: &str) -> Result<Evaluation, Refusal> {
    let host = CaseHost::new(case.get("host").unwrap_or(&Value::Null));
    let evaluation = admission::evaluate(payload.as_bytes(), &host);
    assert_eq!(host.mismatches(), [""; 0], "{}", case.get("note").unwrap());
    evaluation
}

/// The form in which cases state an evaluation, with the fields that it changes.
fn actual(payload: &str, evaluation: &Result<Evaluation, Refusal>) -> Map<String, Value> {
    let evaluation = match evaluation {
        Ok(evaluation) => evaluation,
        Err(refusal) => return actual::of_refusal(refusal),
    };
    let mut actual = actual::of(evaluation);
    let Some(mutated) = &evaluation.mutated_object else {
        assert_eq!(evaluation.edits, []);
        return actual;
    };
    let before: Result<Value, _> = serde_json::from_str(payload);
    let after: Result<Value, _> = serde_json::from_str(mutated);
    match (before, after) {
        (Ok(before), Ok(after)) => {
            let edits = differences(before.pointer("/request/object").unwrap(), &after);
            let mut edited: Vec<String> =
                evaluation.edits.iter().map(ToString::to_string).collect();
            edited.sort();
            if edited != edits.keys().cloned().collect::<Vec<_>>() {
                actual.insert("edited".to_owned(), json!(edited));
            }
            actual.insert("edits".to_owned(), json!(edits));
        }
        // The payload has a number that `Value` cannot hold.
        _ => {
            actual.insert("mutatedJson".to_owned(), json!(mutated));
        }
    }
    actual
}

#[test]
fn evaluates_every_case_as_expected() {
    let mut wrong = Vec::new();
    for (file, case, payload) in payloads() {
        let found = actual(&payload, &evaluate(&case, &payload));
        let expected = expected(&case);
        if found != expected {
            let note = case.get("note").and_then(Value::as_str).unwrap();
            let (found, expected) = (json!(found), json!(expected));
            wrong.push(format!(
                "{file}: {note}\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The response that belongs to an evaluation, without the changed object.
fn answer_of(evaluation: &Result<Evaluation, Refusal>) -> Value {
    let evaluation = match evaluation {
        Ok(evaluation) => evaluation,
        Err(refusal) => {
            return json!({
                "accepted": false,
                "message": refusal.to_string(),
                "code": refusal.code(),
                "audit_annotations": null,
                "warnings": null,
            });
        }
    };
    let code = match evaluation.verdict {
        Verdict::Rejected(rejection) => Some(rejection.code()),
        Verdict::Accepted | Verdict::Warned => None,
    };
    let annotations: Map<String, Value> = evaluation
        .audit_annotations()
        .into_iter()
        .map(|(name, text)| (name.to_owned(), json!(text)))
        .collect();
    json!({
        "accepted": code.is_none(),
        "message": evaluation.message(),
        "code": code,
        "audit_annotations": (!annotations.is_empty()).then_some(annotations),
        "warnings": (evaluation.verdict == Verdict::Warned).then(|| evaluation.warnings()),
    })
}

#[test]
fn the_response_agrees_with_the_evaluation() {
    for (file, case, payload) in payloads() {
        let note = case.get("note").unwrap();
        let host = CaseHost::new(case.get("host").unwrap_or(&Value::Null));
        let answer = admission::validate(payload.as_bytes(), &host);
        let mut answer: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(&answer).unwrap();
        let evaluation = evaluate(&case, &payload);
        let mutated = answer.remove("mutated_object").unwrap();
        let expected = evaluation
            .as_ref()
            .ok()
            .and_then(|own| own.mutated_object.as_deref());
        assert_eq!(mutated.get(), expected.unwrap_or("null"), "{file}: {note}");
        let answer = serde_json::to_string(&answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer, answer_of(&evaluation), "{file}: {note}");
    }
}

/// Truncates a text as the policy does when it quotes one.
fn quoted(text: &str) -> Value {
    serde_json::from_str(&Quoted::new(text).to_string()).unwrap()
}

/// The annotation `findings` that belongs to an evaluation.
fn annotated(evaluation: &Evaluation) -> Value {
    let findings = evaluation.findings.iter().take(10);
    findings
        .map(|finding| {
            json!({
                "path": quoted(&finding.path.to_string()),
                "image": quoted(&finding.image),
                "reason": finding.cause.code(),
                "pullPolicy": finding.pull_policy.policy.as_str(),
            })
        })
        .collect()
}

#[test]
fn annotates_mode_environment_findings_and_exemptions() {
    for (file, case, payload) in payloads() {
        let Ok(evaluation) = evaluate(&case, &payload) else {
            continue;
        };
        let mut expected = Vec::new();
        if let Some(selected) = &evaluation.mode {
            expected.push(("mode", json!(selected.mode.as_str())));
            if let SelectedModeOrigin::Environment(name) = &selected.origin {
                expected.push(("environment", json!(name)));
            }
            expected.push(("findings", annotated(&evaluation)));
            let omitted = evaluation.findings.len().saturating_sub(10);
            if omitted > 0 {
                expected.push(("omitted", json!(omitted.to_string())));
            }
        }
        let exempted = evaluation.exempted.iter();
        let exempted =
            exempted.map(|own| json!({"image": quoted(&own.image), "reason": own.reason}));
        let exempted: Value = exempted.collect();
        if exempted != json!([]) {
            expected.push(("exempted", exempted));
        }
        let annotations = evaluation.audit_annotations().into_iter();
        let found: Vec<(&str, Value)> = annotations
            .map(|(name, text)| match name {
                "findings" | "exempted" => (name, serde_json::from_str(&text).unwrap()),
                _ => (name, json!(text)),
            })
            .collect();
        assert_eq!(found, expected, "{file}: {}", case.get("note").unwrap());
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn lists_every_file_of_cases() {
    use crate::case::FILES;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/requests");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, FILES.map(|(file, _)| file));
}
