//! Properties of settings.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::answer::Answer;
use super::draw::Draw;
use super::edit::edit;
use super::order::{Order, in_order, sorted};
use super::{Held, Subject, corpus, hold};

/// Edits the settings of a case, or merges those of two cases.
pub(crate) fn draw(draw: &mut Draw<'_>) -> Value {
    let mut settings = draw.one_of(corpus::settings()).clone();
    if let (1, Some(fields)) = (draw.below(3), settings.as_object_mut()) {
        let others = draw.one_of(corpus::settings()).as_object().cloned();
        fields.extend(others.unwrap_or_default());
    }
    while !draw.is_over() {
        edit(&mut settings, corpus::settings(), draw);
    }
    settings
}

/// Settings are valid or there is a reason, and the same bytes get the same response.
pub(crate) fn are_answered(subject: &Subject, settings: &[u8]) -> Held {
    let answer = (subject.validate_settings)(settings);
    let text = String::from_utf8_lossy(&answer);
    let is_valid = text == r#"{"valid":true,"message":null}"#;
    let is_refused = || problems(&answer).is_some_and(|problems| !problems.is_empty());
    hold(is_valid || is_refused(), || format!("{text} says nothing"))?;
    hold(answer == (subject.validate_settings)(settings), || {
        format!("{text} is not answered again")
    })
}

/// The order of keys changes neither the errors nor the effect of settings.
pub(crate) fn have_no_order(subject: &Subject, settings: &Value, orders: &[(&str, Order)]) -> Held {
    let expected = (subject.validate_settings)(in_order(settings, sorted).as_bytes());
    let effects = |settings: &str| -> Result<Vec<String>, String> {
        let mut answers = Vec::new();
        for request in requests() {
            let payload = format!(r#"{{"request":{request},"settings":{settings}}}"#);
            answers.push(Answer::to(subject, payload.as_bytes())?.text);
        }
        Ok(answers)
    };
    let expected_effects = effects(&in_order(settings, sorted))?;
    for (name, order) in orders {
        let written = in_order(settings, *order);
        let answer = (subject.validate_settings)(written.as_bytes());
        hold(answer == expected, || {
            let (answer, expected) = (
                String::from_utf8_lossy(&answer),
                String::from_utf8_lossy(&expected),
            );
            format!("in {name} {written} gets {answer}, not {expected}")
        })?;
        hold(effects(&written)? == expected_effects, || {
            format!("in {name} {written} has another effect")
        })?;
    }
    Ok(())
}

/// An error of a field alone is also reported for that field among others.
pub(crate) fn report_every_error(subject: &Subject, settings: &Value) -> Held {
    let Some(fields) = settings.as_object() else {
        return Ok(());
    };
    let errors_of = |settings: &Value| {
        let answer = (subject.validate_settings)(settings.to_string().as_bytes());
        problems(&answer).unwrap_or_default()
    };
    let all = errors_of(settings);
    // Settings that are nested too deep have only this error.
    if all.iter().any(|problem| problem.contains("levels deep")) {
        return Ok(());
    }
    for (key, value) in fields {
        for problem in errors_of(&json!({key.clone(): value})) {
            // Another field can provide what the field alone was missing.
            let is_resolved = problem.starts_with("environment ")
                || problem.contains("needs namespaces or namespaceSelector")
                || problem.starts_with("registries is missing")
                || problem.contains(" contradicts ");
            hold(is_resolved || all.contains(&problem), || {
                format!("the errors of {settings} lack {problem}")
            })?;
        }
    }
    Ok(())
}

/// The errors in a response; `None` if it is not a valid response.
fn problems(answer: &[u8]) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    match (&answer["valid"], &answer["message"]) {
        (Value::Bool(true), Value::Null) => Some(Vec::new()),
        (Value::Bool(false), Value::String(message)) => {
            Some(message.split("; ").map(str::to_owned).collect())
        }
        _ => None,
    }
}

/// Requests for which most settings matter.
fn requests() -> &'static [Value; 3] {
    static REQUESTS: OnceLock<[Value; 3]> = OnceLock::new();
    REQUESTS.get_or_init(make_requests)
}

fn make_requests() -> [Value; 3] {
    let container = |name: &str, image: &str, policy: &str| json!({"name": name, "image": image, "imagePullPolicy": policy, "env": [{"name": "IMG", "value": image}]});
    let spec = json!({
        "containers": [container("app", "ghcr.io/acme/app:main", "Always"), container("istio-proxy", "nginx:1.2", "IfNotPresent")],
        "ephemeralContainers": [container("debug", "ghcr.io/acme/debug", "Always")],
    });
    let request = |group: &str, kind: &str, object: Value, user: &str| {
        json!({
            "kind": {"group": group, "version": "v1", "kind": kind},
            "operation": "CREATE", "namespace": "e2e-1",
            "userInfo": {"username": user}, "object": object,
        })
    };
    let template = json!({"spec": {"template": {"spec": spec}}});
    let owned = json!({
        "metadata": {"ownerReferences": [{"controller": true}]}, "spec": spec,
    });
    let custom = json!({
        "spec": {"template": {"spec": spec}, "pull": "Always", "image": "acme/web", "server": {"image": "acme/web:main"}, "a": "acme/a:main"},
    });
    [
        request("apps", "Deployment", template, "alice"),
        request("", "Pod", owned, "system:serviceaccount:argo:argo"),
        request("a.example", "Thing", custom, "alice"),
    ]
}
