//! Checks that a namespaceSelector selects the same namespaces as in Kubernetes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use mutable_tags_policy::admission::validate;
use mutable_tags_policy::policy::{Capability, Host};
use serde_json::{Value, json};

type Labels = BTreeMap<String, String>;

/// A cluster of one namespace.
struct Cluster<'l>(&'l Labels);

impl Host for Cluster<'_> {
    fn ask(&self, capability: Capability, _: &str) -> Result<Vec<u8>, String> {
        assert_eq!(capability, Capability::GetResource);
        let namespace = json!({"metadata": {"name": "shop", "labels": self.0}});
        Ok(namespace.to_string().into_bytes())
    }
}

/// Whether the policy takes a namespace with these labels as part of the environment.
fn is_selected(selector: &Value, labels: &Labels) -> bool {
    let payload = json!({
        "request": {
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "operation": "CREATE",
            "namespace": "shop",
            "object": {"spec": {"containers": [{"name": "a", "image": "a", "imagePullPolicy": "Always"}]}},
        },
        "settings": {"environments": [{"name": "it", "mode": "lenient", "namespaceSelector": selector}]},
    });
    let answer = validate(payload.to_string().as_bytes(), &Cluster(labels));
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let annotations = answer.get("audit_annotations").unwrap();
    let environment = annotations.get("environment").and_then(Value::as_str);
    let accepted = answer.get("accepted").and_then(Value::as_bool);
    assert_eq!(accepted, Some(environment.is_some()), "{answer}");
    environment == Some("it")
}

/// `LabelSelectorAsSelector` and `Requirement.Matches` of Kubernetes' apimachinery.
fn is_selected_by_kubernetes(selector: &LabelSelector, labels: &Labels) -> bool {
    let expressions = selector.match_expressions.iter().flatten();
    let mut needs = selector.match_labels.iter().flatten();
    needs.all(|(key, value)| labels.get(key) == Some(value))
        && expressions.into_iter().all(|expression| {
            let value = labels.get(&expression.key);
            let mut values = expression.values.iter().flatten();
            match expression.operator.as_str() {
                "In" => value.is_some_and(|value| values.any(|own| own == value)),
                "NotIn" => value.is_none_or(|value| values.all(|own| own != value)),
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                operator => panic!("{operator}"),
            }
        })
}

/// Every requirement on one label, alone and together with one on another label.
fn selectors() -> Vec<Value> {
    let on = |key: &str| {
        let mut expressions = Vec::new();
        for values in [json!(["a"]), json!([""]), json!(["a", "", "c"])] {
            for operator in ["In", "NotIn"] {
                expressions.push(json!({"key": key, "operator": operator, "values": values}));
            }
        }
        for operator in ["Exists", "DoesNotExist"] {
            expressions.push(json!({"key": key, "operator": operator}));
        }
        expressions
    };
    let mut selectors = vec![
        json!({"matchLabels": {"x": "a"}}),
        json!({"matchLabels": {"x": ""}}),
        json!({"matchLabels": {"x": "a", "a.example/y": "A"}}),
    ];
    for one in on("x") {
        selectors.push(json!({"matchExpressions": [one]}));
        selectors.push(json!({"matchLabels": {"x": "a"}, "matchExpressions": [one]}));
        for other in on("a.example/y") {
            selectors.push(json!({"matchExpressions": [one, other]}));
        }
    }
    selectors
}

#[test]
fn selects_what_kubernetes_selects() {
    let values = [None, Some(""), Some("a"), Some("A"), Some("b"), Some("c")];
    let (mut selected, mut left_out) = (0, 0);
    for selector in selectors() {
        let typed: LabelSelector = serde_json::from_value(selector.clone()).unwrap();
        for x in values {
            for y in values {
                let pairs = [("x", x), ("a.example/y", y)];
                let labels: Labels = pairs
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
                    .collect();
                let expected = is_selected_by_kubernetes(&typed, &labels);
                assert_eq!(
                    is_selected(&selector, &labels),
                    expected,
                    "{selector} {labels:?}"
                );
                *(if expected {
                    &mut selected
                } else {
                    &mut left_out
                }) += 1;
            }
        }
    }
    assert!(selected > 500 && left_out > 500, "{selected} {left_out}");
}
