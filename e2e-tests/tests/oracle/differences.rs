//! The kinds of differences that are allowed.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use serde_json::Value;

use crate::outcome::Outcome;

/// A payload to which the two modules answer differently, with both outcomes.
pub(crate) struct Difference {
    /// The payload's name.
    pub(crate) name: String,
    pub(crate) payload: String,
    pub(crate) before: Outcome,
    pub(crate) now: Outcome,
}

impl Difference {
    pub(crate) fn payload(&self) -> Value {
        serde_json::from_str(&self.payload).unwrap()
    }
}

/// Whether a difference is of a kind.
pub(crate) type Predicate = fn(&Difference) -> bool;

/// The predicate of each kind that `differences.yaml` can list.
pub(crate) fn predicate(kind: &str) -> Option<Predicate> {
    match kind {
        "beside-an-unreadable-variable" => Some(beside_an_unreadable_variable),
        _ => None,
    }
}

/// A variable of a container whose list `env` has an item that cannot be read.
fn beside_an_unreadable_variable(difference: &Difference) -> bool {
    fn is_in(value: &Value) -> bool {
        let is_unreadable = |item: &Value| {
            let is_text = |field| item.get(field).is_none_or(|value| value.is_string());
            !item.is_object() || !is_text("name") || !is_text("value")
        };
        let items = value.get("env").and_then(Value::as_array);
        items.is_some_and(|items| items.iter().any(is_unreadable))
            || match value {
                Value::Array(items) => items.iter().any(is_in),
                Value::Object(fields) => fields.values().any(is_in),
                _ => false,
            }
    }
    is_in(&difference.payload())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    kind: String,
    reason: String,
}

/// The kinds that are listed, each with whether any payload differed so.
pub(crate) struct Differences(Vec<(Listed, Predicate, AtomicBool)>);

impl Differences {
    pub(crate) fn read(yaml: &str, predicate: fn(&str) -> Option<Predicate>) -> Self {
        let list: Vec<Listed> = yaml_serde::from_str(yaml).unwrap();
        let kinds = list.into_iter().map(|listed| {
            let Listed { kind, reason } = &listed;
            assert!(!reason.is_empty(), "{kind} has no reason");
            let predicate =
                predicate(kind).unwrap_or_else(|| panic!("{kind} is no kind of difference"));
            (listed, predicate, AtomicBool::new(false))
        });
        Self(kinds.collect())
    }

    /// Whether a difference is of a kind that is listed.
    pub(crate) fn allow(&self, difference: &Difference) -> bool {
        let mut kinds = self.0.iter();
        kinds.any(|(_, predicate, is_met)| {
            let allows = predicate(difference);
            is_met.fetch_or(allows, Ordering::Relaxed);
            allows
        })
    }

    /// The kinds of which nothing was.
    pub(crate) fn unmet(&self) -> Vec<&str> {
        let kinds = self.0.iter();
        kinds
            .filter(|(.., is_met)| !is_met.load(Ordering::Relaxed))
            .map(|(listed, ..)| listed.kind.as_str())
            .collect()
    }
}

/// Kinds for the tests below.
fn made_up(kind: &str) -> Option<Predicate> {
    match kind {
        "fewer-warnings" => Some(|difference| difference.now.warnings < difference.before.warnings),
        "pods" => Some(|difference| difference.payload()["kind"] == "Pod"),
        _ => None,
    }
}

const BOTH: &str = "[{kind: fewer-warnings, reason: a}, {kind: pods, reason: b}]";

#[test]
fn allows_what_is_listed_and_names_what_is_unmet() {
    let differences = Differences::read(BOTH, made_up);
    let mut difference = Difference {
        name: String::new(),
        payload: r#"{"kind":"Job"}"#.to_owned(),
        before: Outcome::default(),
        now: Outcome::default(),
    };
    assert!(!differences.allow(&difference));
    assert_eq!(differences.unmet(), ["fewer-warnings", "pods"]);
    difference.payload = r#"{"kind":"Pod"}"#.to_owned();
    assert!(differences.allow(&difference));
    assert_eq!(differences.unmet(), ["fewer-warnings"]);
}

#[test]
#[should_panic(expected = "services is no kind of difference")]
fn a_kind_without_a_predicate_fails() {
    Differences::read("[{kind: services, reason: a}]", made_up);
}

#[test]
#[should_panic(expected = "pods has no reason")]
fn a_kind_without_a_reason_fails() {
    Differences::read("[{kind: pods, reason: ''}]", made_up);
}
