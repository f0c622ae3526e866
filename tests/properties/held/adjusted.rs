//! Properties of adjusted objects.

use serde_json::{Value, json};

use super::answer::{Answer, UNREAD};
use super::draw::Draw;
use super::{Held, Subject, hold};

/// A payload with settings that adjust. The mode is strict, since in lenient mode images
/// beyond the limit of lookups stay as they are.
pub(crate) fn adjusting(mut payload: Value, draw: &mut Draw<'_>) -> Value {
    if !payload["settings"].is_object() {
        payload["settings"] = json!({});
    }
    let settings = &mut payload["settings"];
    for name in [
        "mode",
        "environment",
        "environments",
        "pullPolicies",
        "alwaysPullImages",
    ] {
        settings[name] = Value::Null;
    }
    settings["adjust"] = json!(["if-not-present", "pin"][draw.below(2)]);
    settings["registries"] = json!(["**"]);
    payload
}

/// An adjusted object is not adjusted again, and has no new finding.
pub(crate) fn is_idempotent(subject: &Subject, payload: &Value) -> Held {
    let first = Answer::to(subject, payload.to_string().as_bytes())?;
    let Some(object) = first.mutated_object() else {
        return Ok(());
    };
    hold(first.is_accepted(), || {
        format!("{} adjusts and rejects", first.text)
    })?;
    if object == UNREAD {
        return Ok(());
    }
    let before = &payload["request"]["object"];
    hold(is_adjustment(before, object), || {
        format!("{before} becomes {object}")
    })?;
    let mut again = payload.clone();
    again["request"]["object"] = object.clone();
    let second = Answer::to(subject, again.to_string().as_bytes())?;
    hold(
        second.is_accepted() && second.mutated_object().is_none(),
        || format!("{object} is adjusted again: {}", second.text),
    )?;
    let (known, found) = (first.findings(), second.findings());
    // A response lists ten findings at most, so that others can take the place of adjusted
    // ones.
    let is_known = known.len() >= 10 || found.iter().all(|finding| known.contains(finding));
    hold(is_known, || format!("{} then {}", first.text, second.text))
}

/// Whether the only changes are digests of images and pull policies.
fn is_adjustment(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            before.keys().all(|key| after.contains_key(key))
                && after.iter().all(|(key, value)| match before.get(key) {
                    Some(old) => is_adjustment(old, value),
                    None => value == "IfNotPresent",
                })
        }
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(before, after)| is_adjustment(before, after))
        }
        (Value::String(before), Value::String(after)) => {
            before == after
                || after == "IfNotPresent"
                || after
                    .strip_prefix(before)
                    .is_some_and(|rest| rest.starts_with("@sha"))
        }
        (Value::Null, after) => after.is_null() || after == "IfNotPresent",
        _ => before == after,
    }
}
