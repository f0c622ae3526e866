//! Tests how long a pattern can be.

use serde_json::{Value, json};

use super::{assert_invalid, assert_valid};

/// The most characters of a pattern. A run of stars counts as one.
const MOST: usize = 127;

/// Checks that settings with a pattern are valid up to the limit only. `repeated` fills the
/// pattern up after `beginning`.
fn check(path: &str, beginning: &str, repeated: &str, settings: impl Fn(&str) -> Value) {
    let filled =
        |length: usize| format!("{beginning}{}", repeated.repeat(length - beginning.len()));
    for length in [MOST - 1, MOST] {
        assert_valid(&settings(&filled(length)).to_string());
    }
    for length in [MOST + 1, 100_000] {
        assert_invalid(&settings(&filled(length)).to_string(), &[path]);
    }
}

#[test]
fn a_pattern_for_names_has_at_most_127_characters() {
    for repeated in ["X", "?"] {
        check(
            "imageEnvVars[0]",
            "",
            repeated,
            |pattern| json!({"imageEnvVars": [pattern]}),
        );
        check(
            "imageEnvVars[1]",
            "*",
            repeated,
            |pattern| json!({"imageEnvVars": ["IMAGE", pattern]}),
        );
    }
}

#[test]
fn a_pattern_for_labels_has_at_most_127_characters() {
    for repeated in ["a", "?"] {
        check("environments[0].namespaces[0]", "", repeated, |pattern| {
            let environment = json!({"name": "a", "mode": "strict", "namespaces": [pattern]});
            json!({"environments": [environment]})
        });
        check(
            "exemptions[0].namespaces[0]",
            "",
            repeated,
            |pattern| json!({"exemptions": [{"namespaces": [pattern], "reason": "r"}]}),
        );
        check("exemptions[0].containers[0]", "", repeated, |pattern| {
            let exemption = json!({"images": ["a"], "containers": [pattern], "reason": "r"});
            json!({"exemptions": [exemption]})
        });
    }
}

#[test]
fn names_and_tags_in_patterns_have_at_most_127_characters() {
    for (beginning, ending) in [("ghcr.io/", ""), ("ghcr.io/", ":1.*")] {
        for repeated in ["a", "?"] {
            let images = |name: &str| json!([format!("{name}{ending}")]);
            check(
                "tags.mutable[0]",
                beginning,
                repeated,
                |name| json!({"tags": {"mutable": images(name)}}),
            );
            check(
                "tags.immutable[0]",
                beginning,
                repeated,
                |name| json!({"tags": {"immutable": images(name)}}),
            );
            check(
                "exemptions[0].images[0]",
                beginning,
                repeated,
                |name| json!({"exemptions": [{"images": images(name), "reason": "r"}]}),
            );
        }
    }
    check(
        "tags.mutable[0]",
        "",
        "v",
        |tag| json!({"tags": {"mutable": [format!("ghcr.io/{}:{tag}", "a".repeat(119))]}}),
    );
}

#[test]
fn stars_side_by_side_count_as_one() {
    let runs = "*".repeat(1000);
    let names = format!("{runs}{}", "X".repeat(126));
    let longer = format!("{runs}{}", "X".repeat(127));
    let settings = |pattern: &str| json!({"imageEnvVars": [pattern]}).to_string();
    assert_valid(&settings(&names));
    assert_invalid(&settings(&longer), &["imageEnvVars[0]"]);
}
