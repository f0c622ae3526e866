//! Tests settings that cannot be used, and that every wrong field is named.

use serde_json::json;

use super::{assert_invalid, check, validate};
use crate::answer::quoted;
use crate::written::{nested_lists, nested_objects};

#[test]
fn settings_that_are_no_object_are_refused() {
    for settings in [
        "1",
        "true",
        "\"strict\"",
        "[1]",
        "{",
        "",
        "nul",
        "{}{}",
        "{\"mode\"}",
        "\u{feff}{}",
        "{'mode':1}",
    ] {
        assert_invalid(settings, &["settings"]);
    }
    let no_text = validate(b"{\"mode\":\"\xff\"}");
    assert!(!no_text.valid && no_text.message.is_some(), "{no_text:?}");
}

#[test]
fn settings_may_be_127_levels_deep() {
    for (settings, path) in [
        (nested_lists(127), "settings"),
        (nested_lists(128), "settings"),
        (nested_objects(127), "settings"),
        (nested_objects(128), "settings"),
        (format!(r#"{{"mode":{}}}"#, nested_lists(126)), "mode"),
        (format!(r#"{{"mode":{}}}"#, nested_lists(127)), "settings"),
    ] {
        // A list without values counts as not given.
        assert_invalid(&settings.replace("[]", "[1]"), &[path]);
    }
}

#[test]
fn half_a_surrogate_pair_makes_settings_no_json() {
    for (text, path) in [
        (r"\ud83d\ude00", "mode"),
        (r"\ud83d", "settings"),
        (r"\ude00", "settings"),
        (r"\ude00\ud83d", "settings"),
    ] {
        assert_invalid(&format!(r#"{{"mode":"{text}"}}"#), &[path]);
    }
}

#[test]
fn an_unknown_field_is_refused_and_quoted() {
    let long = "n".repeat(300);
    let cut = format!("{}…", "n".repeat(255));
    for (settings, path, field) in [
        (json!({"Mode": "strict"}), "settings", "Mode"),
        (json!({"": 1}), "settings", ""),
        (json!({"a\"\n": null}), "settings", "a\"\n"),
        (json!({long: 1}), "settings", &cut),
        (json!({"tags": {"considers": "any"}}), "tags", "considers"),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": ["a"], "x": 1}]}),
            "environments[0]",
            "x",
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"], "reason": "r", "image": "web"}]}),
            "exemptions[0]",
            "image",
        ),
    ] {
        let message = assert_invalid(&settings.to_string(), &[path]);
        assert!(message.contains(&quoted(field)), "{message}");
    }
}

#[test]
fn wrong_settings_for_lookups_are_refused() {
    check(&[
        (
            json!({"adjust": "pins", "drift": {"check": "yes", "verify": true}, "registries": "ghcr.io"}),
            &["adjust", "drift.check", "drift", "registries"],
        ),
        (json!({"adjust": "pin"}), &["registries"]),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaceSelector": {"matchExpressions": [{"key": "a", "operator": "Is"}]}}]}),
            &["environments[0].namespaceSelector.matchExpressions[0].operator"],
        ),
    ]);
}

#[test]
fn missing_fields_are_named() {
    check(&[
        (
            json!({"environments": [{"mode": "strict", "namespaces": ["a"]}]}),
            &["environments[0].name"],
        ),
        (
            json!({"environments": [{"name": "", "mode": null, "namespaces": ["a"]}]}),
            &["environments[0].name", "environments[0].mode"],
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict"}]}),
            &["environments[0]"],
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [""]}]}),
            &["environments[0]"],
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"]}]}),
            &["exemptions[0].reason"],
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"], "reason": ""}]}),
            &["exemptions[0].reason"],
        ),
        (
            json!({"exemptions": [{"containers": ["a"], "reason": "r"}]}),
            &["exemptions[0]"],
        ),
        (
            json!({"exemptions": [{"images": [], "namespaces": [""], "reason": "r"}]}),
            &["exemptions[0]"],
        ),
        (json!({"exemptions": [{"reason": "r"}]}), &["exemptions[0]"]),
    ]);
}

#[test]
fn contradictions_are_refused() {
    check(&[
        (
            json!({"alwaysPullImages": true, "pullPolicies": ["Never"]}),
            &["alwaysPullImages"],
        ),
        (json!({"environment": "x"}), &["environment"]),
        (
            json!({"environment": "x", "environments": [{"name": "y", "mode": "strict", "namespaces": ["a"]}]}),
            &["environment"],
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": ["a"]}, {"name": "a", "mode": "lenient", "namespaces": ["b"]}]}),
            &["environments[1].name"],
        ),
        (
            json!({"environment": "x", "environments": [{"name": "x", "mode": "strict"}, {"name": "y", "mode": "strict"}]}),
            &["environments[1]"],
        ),
        (
            json!({"tags": {"mutable": ["nginx"], "immutable": ["docker.io/library/nginx"]}}),
            &["tags.immutable"],
        ),
    ]);
}

#[test]
fn all_errors_are_reported_at_once() {
    check(&[(
        json!({
            "mode": 1,
            "environment": "x",
            "environments": [{"mode": "strict"}],
            "tags": {"consider": 1, "mutable": ["@"]},
            "pullPolicies": ["Never", "x"],
            "alwaysPullImages": true,
            "ephemeralContainers": "x",
            "exemptions": [{"reason": 1}],
            "imageEnvVars": [1],
            "x": 1,
        }),
        &[
            "mode",
            "environments[0].name",
            "environment",
            "tags.consider",
            "tags.mutable[0]",
            "pullPolicies[1]",
            "alwaysPullImages",
            "ephemeralContainers",
            "exemptions[0].reason",
            "exemptions[0]",
            "imageEnvVars[0]",
            "settings",
        ],
    )]);
}
