//! Tests patterns and globs that can match nothing.

use serde_json::json;

use super::check;

#[test]
fn a_pattern_that_can_match_nothing_is_refused() {
    for pattern in [
        "nginx@sha256:abc",
        "nginx:",
        "ghcr.io//web",
        "/web",
        "ghcr.io/",
        "*",
        "?eb",
        "ghcr.io",
        "localhost",
        "ghcr.io/Acme/*",
        "web main",
        "ghcr.io/web:a/b",
        "ghcr.io/web:c d",
        "web:é",
    ] {
        check(&[
            (
                json!({"tags": {"mutable": [pattern]}}),
                &["tags.mutable[0]"],
            ),
            (
                json!({"tags": {"immutable": ["a", pattern]}}),
                &["tags.immutable[1]"],
            ),
            (
                json!({"exemptions": [{"images": [pattern], "reason": "r"}]}),
                &["exemptions[0].images[0]"],
            ),
        ]);
    }
}

#[test]
fn a_glob_that_no_name_can_match_is_refused() {
    for glob in ["Shop", "a_b", "a.b", "a b", "é", "\u{200b}", "😀"] {
        check(&[
            (
                json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [glob]}]}),
                &["environments[0].namespaces[0]"],
            ),
            (
                json!({"exemptions": [{"namespaces": ["a", glob], "reason": "r"}]}),
                &["exemptions[0].namespaces[1]"],
            ),
            (
                json!({"exemptions": [{"images": ["a"], "containers": [glob], "reason": "r"}]}),
                &["exemptions[0].containers[0]"],
            ),
        ]);
    }
}
