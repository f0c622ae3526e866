//! Settings that cannot be used, each with everything that is said of them.

use serde_json::json;

use super::{check, judged, owned, refused};
use crate::written::{nested_lists, nested_objects};

const FIELDS: &str = "it can have mode, environment, environments, tags, pullPolicies, alwaysPullImages, unchanged, owned, controllers, ephemeralContainers, exemptions, imageEnvVars, customResources, adjust, drift, registries";

/// Said of text that is no JSON, or none that can be held.
const NO_JSON: &str = "settings must be a JSON object, at most 127 levels deep, without half surrogate pairs or numbers out of range";

#[test]
fn what_is_no_object_is_refused() {
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
        let message = match settings {
            "1" | "true" | "\"strict\"" | "[1]" => "settings must be an object",
            _ => NO_JSON,
        };
        assert_eq!(
            judged(settings.as_bytes()),
            refused(message),
            "{settings:?}"
        );
    }
    assert_eq!(
        judged(b"{\"mode\":\"\xff\"}"),
        refused("mutable-tags: the payload is not encoded in UTF-8")
    );
}

#[test]
fn settings_may_be_127_levels_deep() {
    let unknown = format!(r#"settings has no field "a": {FIELDS}"#);
    for (settings, message) in [
        (nested_lists(127), "settings must be an object"),
        (nested_lists(128), NO_JSON),
        (nested_objects(127), unknown.as_str()),
        (nested_objects(128), NO_JSON),
        (
            format!(r#"{{"mode":{}}}"#, nested_lists(126)),
            "mode must be strict or lenient",
        ),
        (format!(r#"{{"mode":{}}}"#, nested_lists(127)), NO_JSON),
    ] {
        // Lists of nothing mean that nothing is given.
        let settings = settings.replace("[]", "[1]");
        assert_eq!(judged(settings.as_bytes()), refused(message), "{settings}");
    }
}

#[test]
fn half_a_surrogate_pair_makes_settings_no_json() {
    for (text, message) in [
        (
            r"\ud83d\ude00",
            r#"mode must be strict or lenient, not "😀""#,
        ),
        (r"\ud83d", NO_JSON),
        (r"\ude00", NO_JSON),
        (r"\ude00\ud83d", NO_JSON),
    ] {
        let settings = format!(r#"{{"mode":"{text}"}}"#);
        assert_eq!(judged(settings.as_bytes()), refused(message), "{settings}");
    }
}

#[test]
fn an_unknown_field_is_refused_with_those_that_there_are() {
    check(&[
        (json!({"Mode": "strict"}), format!(r#"settings has no field "Mode": {FIELDS}"#)),
        (json!({"": 1}), format!(r#"settings has no field "": {FIELDS}"#)),
        (json!({"a\"\n": null}), format!(r#"settings has no field "a\"\n": {FIELDS}"#)),
        (
            json!({"n".repeat(300): 1}),
            format!(r#"settings has no field "{}…": {FIELDS}"#, "n".repeat(255)),
        ),
        (
            json!({"tags": {"considers": "any"}}),
            r#"tags has no field "considers": it can have consider, mutable, immutable"#.to_owned(),
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": ["a"], "x": 1}]}),
            r#"environments[0] has no field "x": it can have name, mode, namespaces, namespaceSelector"#.to_owned(),
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"], "reason": "r", "image": "web"}]}),
            r#"exemptions[0] has no field "image": it can have images, namespaces, containers, reason"#.to_owned(),
        ),
    ]);
}

#[test]
fn what_is_asked_of_others_is_refused_where_it_is_wrong() {
    check(&owned([
        (
            json!({"adjust": "pins", "drift": {"check": "yes", "verify": true}, "registries": "ghcr.io"}),
            r#"adjust must be none, if-not-present or pin, not "pins"; drift.check must be true or false; drift has no field "verify": it can have check, allowVerified; registries must be a list"#,
        ),
        (
            json!({"adjust": "pin"}),
            "registries is missing: adjust pin and drift.check ask the registries that it lists, and no other",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaceSelector": {"matchExpressions": [{"key": "a", "operator": "Is"}]}}]}),
            r#"environments[0].namespaceSelector.matchExpressions[0].operator must be In, NotIn, Exists or DoesNotExist, not "Is""#,
        ),
    ]));
}

#[test]
fn what_is_needed_is_named_where_it_is_missing() {
    check(&owned([
        (
            json!({"environments": [{"mode": "strict", "namespaces": ["a"]}]}),
            "environments[0].name is missing",
        ),
        (
            json!({"environments": [{"name": "", "mode": null, "namespaces": ["a"]}]}),
            "environments[0].name is missing; environments[0].mode is missing",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict"}]}),
            "environments[0] needs namespaces or namespaceSelector: without them it matches no request",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [""]}]}),
            "environments[0] needs namespaces or namespaceSelector: without them it matches no request",
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"]}]}),
            "exemptions[0].reason is missing",
        ),
        (
            json!({"exemptions": [{"namespaces": ["a"], "reason": ""}]}),
            "exemptions[0].reason is missing",
        ),
        (
            json!({"exemptions": [{"containers": ["a"], "reason": "r"}]}),
            "exemptions[0] needs images or namespaces",
        ),
        (
            json!({"exemptions": [{"images": [], "namespaces": [""], "reason": "r"}]}),
            "exemptions[0] needs images or namespaces",
        ),
        (
            json!({"exemptions": [{"reason": "r"}]}),
            "exemptions[0] needs images or namespaces",
        ),
    ]));
}

#[test]
fn contradictions_are_refused() {
    check(&owned([
        (
            json!({"alwaysPullImages": true, "pullPolicies": ["Never"]}),
            "alwaysPullImages contradicts pullPolicies, which leaves Always out: nothing would be found",
        ),
        (
            json!({"environment": "x"}),
            "environment must be the name of one of the environments, not \"x\"",
        ),
        (
            json!({"environment": "x", "environments": [{"name": "y", "mode": "strict", "namespaces": ["a"]}]}),
            "environment must be the name of one of the environments, not \"x\"",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": ["a"]}, {"name": "a", "mode": "lenient", "namespaces": ["b"]}]}),
            "environments[1].name is the name of an earlier environment too",
        ),
        (
            json!({"environment": "x", "environments": [{"name": "x", "mode": "strict"}, {"name": "y", "mode": "strict"}]}),
            "environments[1] needs namespaces or namespaceSelector: without them it matches no request",
        ),
        (
            json!({"tags": {"mutable": ["nginx"], "immutable": ["docker.io/library/nginx"]}}),
            "tags.immutable declares a pattern that tags.mutable declares too",
        ),
    ]));
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let cases = [
        (
            r#"{"mode":"strict","mode":"strict"}"#,
            "mode is given more than once",
        ),
        (
            r#"{"mode":"","mode":"lenient"}"#,
            "mode is given more than once",
        ),
        (
            r#"{"tags":{"mutable":[],"mutable":[]}}"#,
            "tags.mutable is given more than once",
        ),
        (
            r#"{"environments":[{"name":"a","name":"b","mode":"strict","namespaces":["a"]}]}"#,
            "environments[0].name is given more than once",
        ),
        (
            r#"{"exemptions":[{"namespaces":["a"],"reason":"r","reason":"r","reason":"r"}]}"#,
            "exemptions[0].reason is given more than once",
        ),
        (
            r#"{"m\u006fde":"strict","mode":"strict"}"#,
            "mode is given more than once",
        ),
    ];
    for (settings, message) in cases {
        assert_eq!(judged(settings.as_bytes()), refused(message), "{settings}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
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
        format!(
            "mode must be strict or lenient; environments[0].name is missing; environment must be the name of one of the environments, not \"x\"; tags.consider must be latest, floating or any; tags.mutable[0] names a digest, but an image with a digest is pinned anyway; {}",
            [
                r#"pullPolicies[1] must be Always, IfNotPresent or Never, not "x""#,
                r#"ephemeralContainers must be warn, enforce or ignore, not "x""#,
                "exemptions[0].reason must be a string",
                "exemptions[0] needs images or namespaces",
                "imageEnvVars[0] must be a string",
                "alwaysPullImages contradicts pullPolicies, which leaves Always out: nothing would be found",
                &format!(r#"settings has no field "x": {FIELDS}"#),
            ]
            .join("; ")
        ),
    )]);
}
