//! Patterns and globs that can match nothing.

use serde_json::json;

use super::check;

const UNEXPECTED_LABEL: &str = "but such a name has lower-case letters, digits and hyphens only";

#[test]
fn a_pattern_that_can_match_nothing_is_refused() {
    let cases = [
        (
            "nginx@sha256:abc",
            "names a digest, but an image with a digest is pinned anyway",
        ),
        ("nginx:", "has an empty tag"),
        ("ghcr.io//web", "has an empty path component"),
        ("/web", "has an empty path component"),
        ("ghcr.io/", "has an empty path component"),
        (
            "*",
            "matches one path component, but every image has a registry too: write ** for any run of components",
        ),
        (
            "?eb",
            "matches one path component, but every image has a registry too: write ** for any run of components",
        ),
        (
            "ghcr.io",
            "names a registry but no repository: add /** for all that it holds",
        ),
        (
            "localhost",
            "names a registry but no repository: add /** for all that it holds",
        ),
        ("ghcr.io/Acme/*", r#"has an unexpected "A""#),
        ("web main", r#"has an unexpected " ""#),
        ("ghcr.io/web:a/b", r#"has an unexpected ":""#),
        ("ghcr.io/web:c d", r#"has an unexpected " ""#),
        ("web:é", r#"has an unexpected "\u00e9""#),
    ];
    for (pattern, problem) in cases {
        check(&[
            (
                json!({"tags": {"mutable": [pattern]}}),
                format!("tags.mutable[0] {problem}"),
            ),
            (
                json!({"tags": {"immutable": ["a", pattern]}}),
                format!("tags.immutable[1] {problem}"),
            ),
            (
                json!({"exemptions": [{"images": [pattern], "reason": "r"}]}),
                format!("exemptions[0].images[0] {problem}"),
            ),
        ]);
    }
}

#[test]
fn a_glob_that_no_name_can_match_is_refused() {
    for (glob, character) in [
        ("Shop", "S"),
        ("a_b", "_"),
        ("a.b", "."),
        ("a b", " "),
        ("é", r"\u00e9"),
        ("\u{200b}", r"\u200b"),
        ("😀", r"\ud83d\ude00"),
    ] {
        let problem = format!(r#"has the character "{character}", {UNEXPECTED_LABEL}"#);
        check(&[
            (
                json!({"environments": [{"name": "a", "mode": "strict", "namespaces": [glob]}]}),
                format!("environments[0].namespaces[0] {problem}"),
            ),
            (
                json!({"exemptions": [{"namespaces": ["a", glob], "reason": "r"}]}),
                format!("exemptions[0].namespaces[1] {problem}"),
            ),
            (
                json!({"exemptions": [{"images": ["a"], "containers": [glob], "reason": "r"}]}),
                format!("exemptions[0].containers[0] {problem}"),
            ),
        ]);
    }
}
