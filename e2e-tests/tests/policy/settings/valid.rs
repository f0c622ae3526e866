//! Tests settings that can be used.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{assert_valid, names};
use crate::request::with;

fn whole() -> Value {
    json!({
        "mode": "strict",
        "environment": "",
        "environments": [
            {"name": "test", "mode": "lenient", "namespaces": ["e2e-*", "ci"]},
            {"name": "production", "mode": "strict", "namespaces": ["*"]},
        ],
        "tags": {
            "consider": "floating",
            "mutable": ["ghcr.io/acme/**:v*", "nginx"],
            "immutable": ["registry.k8s.io/**", "nginx:1.?"],
        },
        "pullPolicies": ["Always", "IfNotPresent", "Never"],
        "alwaysPullImages": true,
        "ephemeralContainers": "warn",
        "exemptions": [
            {
                "images": ["ghcr.io/acme/debug*"],
                "namespaces": ["kube-system"],
                "containers": ["istio-proxy"],
                "reason": "the mesh injects it",
            },
            {"namespaces": ["kube-*"], "reason": "managed by the provider"},
        ],
        "imageEnvVars": ["OPERATOR_IMAGE_NAME", "RELATED_IMAGE_*"],
        "imageArgs": ["--sidecar-image"],
        "customResources": [
            {"apiGroup": "acme.example", "kind": "Widget", "podSpecs": ["spec.pod"]},
        ],
        "unchanged": "enforce",
        "owned": "ignore",
        "controllers": ["system:serviceaccount:argo:*"],
        "adjust": "pin",
        "drift": {"check": true, "allowVerified": true},
        "registries": ["ghcr.io"],
        "hint": "ask the platform team",
    })
}

#[test]
fn empty_settings_are_valid() {
    for settings in ["{}", "null", "\"\"", "[]", " { } ", "{\n}\n"] {
        assert_valid(settings);
    }
}

#[test]
fn every_field_with_a_value_is_valid() {
    let whole = whole();
    let fields = whole.as_object().unwrap().keys();
    assert_eq!(fields.map(String::as_str).collect::<BTreeSet<_>>(), names());
    assert_valid(&whole.to_string());
}

#[test]
fn every_field_may_be_empty() {
    let fields = whole();
    let fields = fields.as_object().unwrap();
    let empties = [
        json!(null),
        json!(""),
        json!([]),
        json!({}),
        json!([null]),
        json!(["", {}, []]),
    ];
    for empty in empties {
        let all: Value = fields
            .keys()
            .map(|key| (key.clone(), empty.clone()))
            .collect();
        assert_valid(&all.to_string());
    }
}

#[test]
fn every_inner_field_that_is_optional_may_be_empty() {
    let optional = [
        "/tags/consider",
        "/tags/mutable",
        "/tags/immutable",
        "/exemptions/0/images",
        "/exemptions/0/namespaces",
        "/exemptions/0/containers",
    ];
    for pointer in optional {
        for empty in [json!(null), json!(""), json!([]), json!({}), json!([""])] {
            let settings = with(&whole(), pointer, empty);
            assert_valid(&settings.to_string());
        }
    }
}

#[test]
fn every_name_of_a_choice_is_valid() {
    let cases = [
        ("mode", vec![json!("strict"), json!("lenient")]),
        (
            "ephemeralContainers",
            vec![json!("warn"), json!("enforce"), json!("ignore")],
        ),
        (
            "owned",
            vec![json!("warn"), json!("enforce"), json!("ignore")],
        ),
        ("unchanged", vec![json!("warn"), json!("enforce")]),
        ("adjust", vec![json!("none"), json!("if-not-present")]),
        (
            "tags",
            vec![
                json!({"consider": "latest"}),
                json!({"consider": "floating"}),
                json!({"consider": "any"}),
            ],
        ),
        (
            "pullPolicies",
            vec![json!(["Always"]), json!(["IfNotPresent"]), json!(["Never"])],
        ),
        ("alwaysPullImages", vec![json!(true), json!(false)]),
    ];
    for (field, values) in cases {
        for value in values {
            let settings = json!({field: value});
            assert_valid(&settings.to_string());
        }
    }
}

#[test]
fn an_environment_that_is_named_needs_no_namespaces() {
    let settings = json!({
        "environment": "run",
        "environments": [{"name": "run", "mode": "lenient"}, {"name": "test", "mode": "strict", "namespaces": ["ci"]}],
    });
    assert_valid(&settings.to_string());
}

#[test]
fn patterns_may_have_ports_addresses_and_upper_case_hosts() {
    for pattern in [
        "nginx",
        "nginx:1.*",
        "acme/*",
        "*/acme/web",
        "**",
        "**/web",
        "**:latest",
        "localhost/web",
        "localhost:5000/**",
        "[2001:db8::1]:5000/web",
        "Registry.Example.COM/web",
        "ghcr.io/a_b/c--d/e.f:V1_*?",
    ] {
        let settings = json!({"tags": {"mutable": [pattern]}, "exemptions": [{"images": [pattern], "reason": "a trial"}]});
        assert_valid(&settings.to_string());
    }
}
