//! Checks that all spellings of a registry count the same.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::request::create_pod_of;

/// Patterns, each with names that it matches, and with others.
const CASES: [(&str, &[&str], &[&str]); 7] = [
    (
        "ghcr.io/acme/**",
        &[
            "ghcr.io/acme/app",
            "GHCR.IO/acme/app",
            "Ghcr.io/acme/app",
            "ghcr.io:443/acme/app",
            "ghcr.io:0443/acme/app",
            "GHCR.IO:443/acme/app",
        ],
        &[
            "ghcr.io:444/acme/app",
            "ghcr.io:4430/acme/app",
            "ghcr.io:80/acme/app",
            "ghcr.io:44/acme/app",
            "ghcr.i/acme/app",
        ],
    ),
    (
        "GHCR.IO/acme/**",
        &["ghcr.io/acme/app", "GHCR.IO/acme/app"],
        &["ghcr.ia/acme/app"],
    ),
    (
        "ghcr.io:443/acme/**",
        &["ghcr.io/acme/app", "ghcr.io:443/acme/app"],
        &["ghcr.io:444/acme/app"],
    ),
    (
        "ghcr.io:444/acme/**",
        &["ghcr.io:444/acme/app", "ghcr.io:0444/acme/app"],
        &["ghcr.io/acme/app", "ghcr.io:443/acme/app"],
    ),
    (
        "bitnami/**",
        &[
            "bitnami/app",
            "docker.io/bitnami/app",
            "index.docker.io/bitnami/app",
            "registry-1.docker.io/bitnami/app",
            "Registry-1.Docker.IO:443/bitnami/app",
        ],
        &[
            "registry-2.docker.io/bitnami/app",
            "registry-1.docker.io:444/bitnami/app",
            "bitnami.io/bitnami/app",
        ],
    ),
    (
        "registry-1.docker.io/bitnami/**",
        &["bitnami/app", "index.docker.io/bitnami/app"],
        &["ghcr.io/bitnami/app"],
    ),
    (
        "localhost:5000/app",
        &["localhost:5000/app", "localhost:05000/app"],
        &["localhost/app", "localhost:443/app"],
    ),
];

/// Calls `check` with each pattern and each of its names, and whether they match.
fn each_case(check: impl Fn(&str, &str, bool)) {
    for (pattern, matched, others) in CASES {
        matched.iter().for_each(|image| check(pattern, image, true));
        others.iter().for_each(|image| check(pattern, image, false));
    }
}

fn judged(case: &str, image: &str, settings: &Value) -> Answer {
    answer(case, &create_pod_of(image), settings)
}

#[test]
fn declared_mutable_covers_every_spelling_of_a_registry() {
    each_case(|pattern, name, is_matched| {
        let image = format!("{name}:1.2.3");
        let case = format!("{pattern} {image}");
        let finding = Finding::at("spec.containers[0].image", &image).with_reason("declared");
        let expected = if is_matched {
            Expected::strict([finding]).rejected(403)
        } else {
            ACCEPTED
        };
        let settings = json!({"tags": {"mutable": [pattern]}});
        assert_eq!(judged(&case, &image, &settings), expected, "{case}");
    });
}

#[test]
fn declared_immutable_covers_every_spelling_of_a_registry() {
    each_case(|pattern, name, is_matched| {
        let settings = json!({"tags": {"immutable": [pattern]}});
        check_found_unless_matched(pattern, name, is_matched, &settings);
    });
}

#[test]
fn an_exemption_covers_every_spelling_of_a_registry() {
    each_case(|pattern, name, is_matched| {
        let settings = json!({"exemptions": [{"images": [pattern], "reason": "a trial"}]});
        check_found_unless_matched(pattern, name, is_matched, &settings);
    });
}

/// Checks that an image with a mutable tag is a finding only if no pattern matches it.
fn check_found_unless_matched(pattern: &str, name: &str, is_matched: bool, settings: &Value) {
    let image = format!("{name}:main");
    let case = format!("{pattern} {image}");
    let finding = Finding::at("spec.containers[0].image", &image);
    let expected = if is_matched {
        ACCEPTED
    } else {
        Expected::strict([finding]).rejected(403)
    };
    assert_eq!(judged(&case, &image, settings), expected, "{case}");
}

#[test]
fn only_the_registry_knows_no_case() {
    let settings = json!({"tags": {"mutable": ["ghcr.io/acme/app:v*"]}});
    let finding =
        |image: &str| Finding::at("spec.containers[0].image", image).with_reason("declared");
    let image = "GHCR.IO/acme/app:v1.2.3";
    assert_eq!(
        judged("v", image, &settings),
        Expected::strict([finding(image)]).rejected(403)
    );
    assert_eq!(judged("V", "GHCR.IO/acme/app:V1.2.3", &settings), ACCEPTED);
}

/// Checks that a pattern declares an image mutable.
fn check_declared(pattern: &str, image: &str) {
    let settings = json!({"tags": {"mutable": [pattern]}});
    let finding = Finding::at("spec.containers[0].image", image).with_reason("declared");
    assert_eq!(
        judged(pattern, image, &settings),
        Expected::strict([finding]).rejected(403),
        "{pattern} {image}"
    );
}

#[test]
fn a_pattern_matches_a_name_with_the_same_spelling() {
    for name in [
        "nginx",
        "docker.io/nginx",
        "index.docker.io/nginx",
        "DOCKER.IO/nginx",
        "registry-1.docker.io/library/nginx",
        "registry-1.docker.io/nginx",
        "Index.docker.io/nginx",
        "docker.io:443/nginx",
    ] {
        check_declared(name, &format!("{name}:1.2.3"));
    }
}

#[test]
fn a_registry_after_a_wildcard_knows_no_case_either() {
    check_declared("*.io/acme/app", "GHCR.IO/acme/app:1.2.3");
    check_declared("*.IO/acme/app", "GHCR.IO/acme/app:1.2.3");
}

#[test]
fn a_registry_after_a_wildcard_has_its_default_port_too() {
    check_declared("*.io:444/acme/app", "ghcr.io:444/acme/app:1.2.3");
    check_declared("*.io:443/acme/app", "ghcr.io:443/acme/app:1.2.3");
}

#[test]
fn two_spellings_of_a_pattern_contradict_each_other() {
    for (mutable, immutable, is_equal) in [
        ("ghcr.io/acme/*", "GHCR.IO:443/acme/*", true),
        ("ghcr.io/acme/*", "GHCR.IO:444/acme/*", false),
    ] {
        let settings = json!({"tags": {"mutable": [mutable], "immutable": [immutable]}});
        let expected = if is_equal {
            Expected::unusable_settings(["tags.immutable"])
        } else {
            ACCEPTED
        };
        assert_eq!(
            judged(immutable, "acme/web:1.2.3", &settings),
            expected,
            "{immutable}"
        );
    }
}
