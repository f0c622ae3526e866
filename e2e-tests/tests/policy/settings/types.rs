//! Settings of which a value has a wrong type, or a name that does not exist.

use serde_json::{Value, json};

use super::{check, judged, owned, refused};

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
    let cases: [(&str, Value, &str); 7] = [
        ("mode", json!("x"), "must be strict or lenient"),
        ("environments", json!(["x"]), "must be a list"),
        ("tags", json!({"x": 1}), "must be an object"),
        ("pullPolicies", json!(["x"]), "must be a list"),
        ("alwaysPullImages", json!(true), "must be true or false"),
        (
            "ephemeralContainers",
            json!("x"),
            "must be warn, enforce or ignore",
        ),
        ("exemptions", json!(["x"]), "must be a list"),
    ];
    for (field, right, message) in cases {
        for value in values
            .iter()
            .filter(|value| std::mem::discriminant(*value) != std::mem::discriminant(&right))
        {
            check(&[(json!({field: value}), format!("{field} {message}"))]);
        }
    }
    check(&owned([
        (json!({"environment": 1}), "environment must be a string"),
        (
            json!({"environment": ["a"]}),
            "environment must be a string",
        ),
        (json!({"imageEnvVars": "A"}), "imageEnvVars must be a list"),
        (
            json!({"imageEnvVars": [1]}),
            "imageEnvVars[0] must be a string",
        ),
    ]));
}

#[test]
fn a_wrong_type_is_refused_in_every_inner_field() {
    check(&owned([
        (
            json!({"pullPolicies": ["Always", 1]}),
            "pullPolicies[1] must be Always, IfNotPresent or Never",
        ),
        (
            json!({"tags": {"consider": true}}),
            "tags.consider must be latest, floating or any",
        ),
        (
            json!({"tags": {"mutable": "nginx"}}),
            "tags.mutable must be a list",
        ),
        (
            json!({"tags": {"immutable": {"a": 1}}}),
            "tags.immutable must be a list",
        ),
        (
            json!({"tags": {"mutable": [1], "immutable": [["a"]]}}),
            "tags.mutable[0] must be a string; tags.immutable[0] must be a string",
        ),
        (
            json!({"environments": [1]}),
            "environments[0] must be an object",
        ),
        (
            json!({"environments": [{"name": 1, "mode": 1, "namespaces": 1}]}),
            "environments[0].name must be a string; environments[0].mode must be strict or lenient; environments[0].namespaces must be a list",
        ),
        (
            json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [1]}]}),
            "environments[0].namespaces[0] must be a string",
        ),
        (
            json!({"exemptions": ["a"]}),
            "exemptions[0] must be an object",
        ),
        (
            json!({"exemptions": [{"images": "a", "namespaces": "a", "containers": "a", "reason": 1}]}),
            "exemptions[0].images must be a list; exemptions[0].namespaces must be a list; exemptions[0].containers must be a list; exemptions[0].reason must be a string",
        ),
        (
            json!({"exemptions": [{"images": [1], "containers": [{"a": 1}], "reason": "r"}]}),
            "exemptions[0].images[0] must be a string; exemptions[0].containers[0] must be a string",
        ),
    ]));
}

#[test]
fn an_unknown_name_is_refused_with_those_that_there_are() {
    check(&owned([
        (
            json!({"mode": "Strict"}),
            r#"mode must be strict or lenient, not "Strict""#,
        ),
        (
            json!({"ephemeralContainers": "off"}),
            r#"ephemeralContainers must be warn, enforce or ignore, not "off""#,
        ),
        (
            json!({"tags": {"consider": "all"}}),
            r#"tags.consider must be latest, floating or any, not "all""#,
        ),
        (
            json!({"pullPolicies": ["always"]}),
            r#"pullPolicies[0] must be Always, IfNotPresent or Never, not "always""#,
        ),
        (
            json!({"environments": [{"name": "a", "mode": "warn", "namespaces": ["a"]}]}),
            r#"environments[0].mode must be strict or lenient, not "warn""#,
        ),
        (
            json!({"mode": "a\n\"b"}),
            r#"mode must be strict or lenient, not "a\n\"b""#,
        ),
    ]));
}

#[test]
fn a_number_is_a_wrong_type() {
    for (settings, message) in [
        ("17", "settings must be an object"),
        (r#"{"mode":17}"#, "mode must be strict or lenient"),
    ] {
        assert_eq!(judged(settings.as_bytes()), refused(message), "{settings}");
    }
}

#[test]
fn a_number_that_nothing_can_hold_makes_settings_no_json() {
    for settings in ["1e999", r#"{"mode":1e999}"#, r#"{"mode":-1e999}"#] {
        let message = "settings must be a JSON object, at most 127 levels deep, \
                       without half surrogate pairs or numbers out of range";
        assert_eq!(judged(settings.as_bytes()), refused(message), "{settings}");
    }
}
