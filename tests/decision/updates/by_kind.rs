//! The table of updates in `docs/kinds.md`: every kind with every update, in both modes, with the
//! verdict and the words that tell why.

use mutable_tags_policy::admission::evaluate;
use mutable_tags_policy::policy::{Rejection, Verdict};
use serde_json::{Value, json};

use crate::case::{cases, payload};
use crate::host::CaseHost;
use crate::test;

const KINDS: [&str; 22] = [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "CronJob",
    "PodTemplate",
    "ControllerRevision",
    "Job",
    "Pod",
    "ImageCatalog",
    "ClusterImageCatalog",
    "Cluster",
    "Pooler",
    "Rollout",
    "FlinkDeployment",
    "Elasticsearch",
    "ScaledJob",
    "Prometheus",
    "Fleet",
    "Lobby",
    "Server",
];

/// The updates that every kind has.
const UPDATES: [&str; 9] = [
    "template label",
    "image",
    "suspended",
    "unsuspended",
    "paused",
    "resumed",
    "OnDelete",
    "RollingUpdate",
    "scaled",
];

/// The updates of kinds with fields that restart Pods, beside their templates.
const MORE_UPDATES: [&str; 2] = ["restarting field", "other field"];

fn table() -> Vec<Value> {
    cases(include_str!("../../cases/updates_by_kind.yaml"))
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap()
}

fn updates(kind: &Value) -> &[Value] {
    kind.get("updates").and_then(Value::as_array).unwrap()
}

/// The object of a kind, with the fields that an update gives one side of it.
fn side(kind: &Value, update: &Value, side: &str) -> Value {
    let mut object = kind.get("object").unwrap().clone();
    if let Some(fields) = update.get(side) {
        overlay(&mut object, fields);
    }
    object
}

fn overlay(object: &mut Value, fields: &Value) {
    match (object, fields) {
        (Value::Object(object), Value::Object(fields)) => {
            for (name, value) in fields {
                overlay(object.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(items), Value::Array(values)) => {
            for (item, value) in items.iter_mut().zip(values) {
                overlay(item, value);
            }
        }
        (object, value) => *object = value.clone(),
    }
}

/// Whether the message has a whole clause: what follows it is the end of a clause too.
fn has_clause(message: &str, clause: &str) -> bool {
    message
        .split(clause)
        .skip(1)
        .any(|rest| rest.is_empty() || rest.starts_with([',', ':', ';', ')']))
}

#[test]
fn the_table_has_every_kind_with_every_update() {
    let table = table();
    let kinds = table.iter().map(|kind| text(kind, "kind"));
    let kinds: Vec<_> = kinds.map(|kind| kind.rsplit('/').next().unwrap()).collect();
    assert_eq!(kinds, KINDS);
    for kind in &table {
        let name = text(kind, "kind");
        let updates = updates(kind).iter().map(|update| text(update, "update"));
        let updates: Vec<_> = updates.collect();
        let (every, more) = updates.split_at(UPDATES.len());
        assert_eq!(every, UPDATES, "{name}");
        let mut more = more.iter();
        assert!(more.all(|update| MORE_UPDATES.contains(update)), "{name}");
    }
}

#[test]
fn every_update_of_the_table_changes_something() {
    for kind in table() {
        for update in updates(&kind) {
            let (old, new) = (side(&kind, update, "old"), side(&kind, update, "new"));
            assert_ne!(old, new, "{}: {update}", text(&kind, "kind"));
        }
    }
}

#[test]
fn judges_every_update_of_every_kind_in_both_modes() {
    let mut wrong = Vec::new();
    for kind in table() {
        for update in updates(&kind) {
            for mode in ["strict", "lenient"] {
                let mut settings = kind.get("settings").cloned().unwrap_or_else(|| json!({}));
                overlay(&mut settings, &json!({"mode": mode}));
                let payload = payload(&json!({
                    "kind": text(&kind, "kind"),
                    "operation": "UPDATE",
                    "object": side(&kind, update, "new"),
                    "oldObject": side(&kind, update, "old"),
                    "settings": settings,
                }));
                let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
                let verdict = match evaluation.verdict {
                    Verdict::Accepted => "accepted",
                    Verdict::Warned => "warned",
                    Verdict::Rejected(Rejection::Findings) => "rejected",
                    Verdict::Rejected(Rejection::Unreadable) => "unreadable",
                };
                let (expected, why) = (text(update, mode), text(update, "why"));
                let message = evaluation.message().unwrap_or_default();
                let warnings = evaluation.warnings();
                let warns = match verdict {
                    "warned" => has_clause(&warnings.concat(), why),
                    _ => warnings.is_empty(),
                };
                if verdict != expected || !has_clause(&message, why) || !warns {
                    let (name, update) = (text(&kind, "kind"), text(update, "update"));
                    wrong.push(format!(
                        "{name}, {update}, {mode}\n  expected {expected}: {why}\n  found    {verdict}: {message}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
