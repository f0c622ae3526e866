//! Tests settings with a value of the wrong type, or with an unknown name.

use std::collections::BTreeSet;

use serde_json::json;

use super::{assert_invalid, check, names};
use crate::answer::quoted;

#[test]
fn a_wrong_type_is_refused_in_every_field() {
    let values = [
        json!(1),
        json!(1.5),
        json!(true),
        json!("x"),
        json!(["x"]),
        json!({"x": 1}),
        json!([[1]]),
    ];
    let cases = [
        ("mode", json!("x")),
        ("environment", json!("x")),
        ("environments", json!(["x"])),
        ("tags", json!({"x": 1})),
        ("pullPolicies", json!(["x"])),
        ("alwaysPullImages", json!(true)),
        ("unchanged", json!("x")),
        ("owned", json!("x")),
        ("controllers", json!(["x"])),
        ("ephemeralContainers", json!("x")),
        ("exemptions", json!(["x"])),
        ("imageEnvVars", json!(["x"])),
        ("imageArgs", json!(["x"])),
        ("customResources", json!(["x"])),
        ("adjust", json!("x")),
        ("drift", json!({"x": 1})),
        ("registries", json!(["x"])),
        ("hint", json!("x")),
    ];
    assert_eq!(
        BTreeSet::from(cases.each_ref().map(|(field, _)| *field)),
        names()
    );
    for (field, right) in cases {
        for value in values
            .iter()
            .filter(|value| std::mem::discriminant(*value) != std::mem::discriminant(&right))
        {
            check(&[(json!({field: value}), &[field])]);
        }
    }
}

#[test]
fn a_wrong_type_is_refused_in_every_inner_field() {
    check(&[
        (json!({"pullPolicies": ["Always", 1]}), &["pullPolicies[1]"]),
        (json!({"controllers": [1]}), &["controllers[0]"]),
        (json!({"imageEnvVars": [1]}), &["imageEnvVars[0]"]),
        (json!({"imageArgs": [1]}), &["imageArgs[0]"]),
        (json!({"customResources": [1]}), &["customResources[0]"]),
        (json!({"registries": [1]}), &["registries[0]"]),
        (json!({"drift": {"check": "x"}}), &["drift.check"]),
        (json!({"tags": {"consider": true}}), &["tags.consider"]),
        (json!({"tags": {"mutable": "nginx"}}), &["tags.mutable"]),
        (
            json!({"tags": {"immutable": {"a": 1}}}),
            &["tags.immutable"],
        ),
        (
            json!({"tags": {"mutable": [1], "immutable": [["a"]]}}),
            &["tags.mutable[0]", "tags.immutable[0]"],
        ),
        (json!({"environments": [1]}), &["environments[0]"]),
        (
            json!({"environments": [{"name": 1, "mode": 1, "namespaces": 1}]}),
            &[
                "environments[0].name",
                "environments[0].mode",
                "environments[0].namespaces",
            ],
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [1]}]}),
            &["environments[0].namespaces[0]"],
        ),
        (json!({"exemptions": ["a"]}), &["exemptions[0]"]),
        (
            json!({"exemptions": [{"images": "a", "namespaces": "a", "containers": "a", "reason": 1}]}),
            &[
                "exemptions[0].images",
                "exemptions[0].namespaces",
                "exemptions[0].containers",
                "exemptions[0].reason",
            ],
        ),
        (
            json!({"exemptions": [{"images": [1], "containers": [{"a": 1}], "reason": "r"}]}),
            &["exemptions[0].images[0]", "exemptions[0].containers[0]"],
        ),
    ]);
}

#[test]
fn an_unknown_name_is_refused_and_quoted() {
    for (settings, path, name) in [
        (json!({"mode": "Strict"}), "mode", "Strict"),
        (
            json!({"ephemeralContainers": "off"}),
            "ephemeralContainers",
            "off",
        ),
        (json!({"tags": {"consider": "all"}}), "tags.consider", "all"),
        (
            json!({"pullPolicies": ["always"]}),
            "pullPolicies[0]",
            "always",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "warn", "namespaces": ["a"]}]}),
            "environments[0].mode",
            "warn",
        ),
        (json!({"mode": "a\n\"b"}), "mode", "a\n\"b"),
    ] {
        let message = assert_invalid(&settings.to_string(), &[path]);
        assert!(message.contains(&quoted(name)), "{message}");
    }
}

#[test]
fn a_number_is_a_wrong_type() {
    assert_invalid("17", &["settings"]);
    assert_invalid(r#"{"mode":17}"#, &["mode"]);
}

#[test]
fn a_number_out_of_range_makes_settings_no_json() {
    for settings in ["1e999", r#"{"mode":1e999}"#, r#"{"mode":-1e999}"#] {
        assert_invalid(settings, &["settings"]);
    }
}
