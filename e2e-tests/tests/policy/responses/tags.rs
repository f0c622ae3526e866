//! Tests which tags are findings, by their shape and by the settings.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::create_pod_of;

const DIGEST: &str = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Checks which of the images are found, and for which reason.
fn check(tags: &Value, cases: &[(&str, Option<&str>)]) {
    for (image, reason) in cases {
        let case = format!("{image} {tags}");
        let expected = reason.map_or(ACCEPTED, |reason| {
            let finding = Finding::at("spec.containers[0].image", image).with_reason(reason);
            Expected::strict([finding]).rejected(403)
        });
        assert_eq!(
            answer(&case, &create_pod_of(image), &json!({"tags": tags})),
            expected,
            "{case}"
        );
    }
}

#[test]
fn only_latest_is_considered_where_the_settings_say_so() {
    check(
        &json!({"consider": "latest"}),
        &[
            ("web", Some("no-tag")),
            ("web:latest", Some("latest")),
            ("web:Latest", None),
            ("web:main", None),
            ("web:1.27", None),
            ("web:1.2.3", None),
        ],
    );
}

#[test]
fn the_shape_of_a_tag_decides_by_default() {
    for tags in [
        json!({}),
        json!({"consider": "floating"}),
        json!({"consider": ""}),
        json!(null),
    ] {
        check(
            &tags,
            &[
                ("acme/web", Some("no-tag")),
                ("acme/web:latest", Some("latest")),
                ("acme/web:Latest", Some("channel")),
                ("acme/web:main", Some("channel")),
                ("acme/web:1.27", Some("floating-version")),
                ("acme/web:1.2.3", None),
                ("acme/web:20240131", None),
                ("acme/web:main-20240131", None),
                ("acme/web:8d7c3f2", None),
                ("acme/web:build-412", None),
            ],
        );
    }
}

#[test]
fn only_a_digest_pins_where_the_settings_trust_no_tag() {
    let pinned = format!("web:1.2.3{DIGEST}");
    check(
        &json!({"consider": "any"}),
        &[
            ("web", Some("no-tag")),
            ("web:latest", Some("latest")),
            ("web:main", Some("unpinned")),
            ("web:1.2.3", Some("unpinned")),
            (&pinned, None),
        ],
    );
}

#[test]
fn a_tag_declared_mutable_is_found_unless_pinned() {
    let pinned = format!("ghcr.io/acme/web:1.2.3{DIGEST}");
    for consider in ["latest", "floating", "any"] {
        check(
            &json!({"consider": consider, "mutable": ["ghcr.io/acme/*"]}),
            &[
                ("ghcr.io/acme/web:1.2.3", Some("declared")),
                ("ghcr.io/acme/web", Some("declared")),
                ("ghcr.io/acme/web:latest", Some("declared")),
                (&pinned, None),
            ],
        );
    }
}

#[test]
fn a_tag_declared_immutable_is_no_finding() {
    for consider in ["latest", "floating", "any"] {
        check(
            &json!({"consider": consider, "immutable": ["ghcr.io/acme/web", "ghcr.io/acme/tools:v*"]}),
            &[
                ("ghcr.io/acme/web:main", None),
                ("ghcr.io/acme/web", None),
                ("ghcr.io/acme/tools:v1", None),
                ("ghcr.io/acme/tools:latest", Some("latest")),
                ("ghcr.io/acme/web2", Some("no-tag")),
            ],
        );
    }
}

#[test]
fn a_tag_that_is_declared_both_is_mutable() {
    check(
        &json!({"mutable": ["ghcr.io/acme/**:edge*"], "immutable": ["ghcr.io/acme/**"]}),
        &[
            ("ghcr.io/acme/a/b:edge-1.2.3", Some("declared")),
            ("ghcr.io/acme/a/b:main", None),
        ],
    );
}

#[test]
fn a_pattern_matches_the_whole_normalised_name() {
    let cases: [(&str, &[&str], &[&str]); 9] = [
        (
            "nginx",
            &[
                "nginx:1.2.3",
                "docker.io/nginx:1.2.3",
                "docker.io/library/nginx:1.2.3",
                "index.docker.io/library/nginx:1.2.3",
            ],
            &[
                "acme/nginx:1.2.3",
                "ghcr.io/nginx:1.2.3",
                "acme/nginx2:1.2.3",
            ],
        ),
        (
            "acme/*",
            &["acme/web:1.2.3", "docker.io/acme/web:1.2.3"],
            &[
                "acme/a/web:1.2.3",
                "ghcr.io/acme/web:1.2.3",
                "acme2/web:1.2.3",
            ],
        ),
        (
            "ghcr.io/acme/*",
            &["ghcr.io/acme/web:1.2.3"],
            &[
                "ghcr.io/acme/a/web:1.2.3",
                "ghcr.io/acme2/web:1.2.3",
                "my.ghcr.io/acme/web:1.2.3",
            ],
        ),
        (
            "ghcr.io/acme/**",
            &["ghcr.io/acme/web:1.2.3", "ghcr.io/acme/a/web:1.2.3"],
            &["ghcr.io/acme2/web:1.2.3"],
        ),
        ("**", &["web:1.2.3", "localhost:5000/a/b:1.2.3"], &[]),
        (
            "**/web",
            &["web:1.2.3", "ghcr.io/a/web:1.2.3"],
            &["ghcr.io/a/web2:1.2.3"],
        ),
        (
            "localhost:5000/web",
            &["localhost:5000/web:1.2.3"],
            &["localhost:5001/web:1.2.3", "localhost/web:1.2.3"],
        ),
        (
            "ghcr.io/acme/we?",
            &["ghcr.io/acme/web:1.2.3"],
            &["ghcr.io/acme/we:1.2.3", "ghcr.io/acme/webb:1.2.3"],
        ),
        (
            "ghcr.io/acme/web:1.*",
            &["ghcr.io/acme/web:1.2.3"],
            &["ghcr.io/acme/web:2.1.3", "ghcr.io/acme/web:01.2.3"],
        ),
    ];
    for (pattern, matched, others) in cases {
        let tags = json!({"mutable": [pattern]});
        for image in matched {
            check(&tags, &[(image, Some("declared"))]);
        }
        for image in others {
            check(&tags, &[(image, None)]);
        }
    }
}

#[test]
fn a_pattern_with_the_tag_latest_matches_an_implied_one() {
    let tags = json!({"immutable": ["nginx:latest"]});
    check(
        &tags,
        &[
            ("nginx", None),
            ("nginx:latest", None),
            ("nginx:main", Some("channel")),
        ],
    );
}

#[test]
fn an_exact_version_is_found_where_its_publisher_rebuilds_it() {
    check(
        &json!({"publishers": "known", "mirrors": {"harbor.example/hub": "docker.io"}}),
        &[
            ("nginx:1.27.4", Some("rebuilt")),
            ("harbor.example/hub/nginx:1.27.4", Some("rebuilt")),
            ("nginx:1.27", Some("floating-version")),
            ("acme/nginx:1.27.4", None),
            ("registry.k8s.io/pause:3.9", None),
            ("acme/pause:3.9", Some("floating-version")),
        ],
    );
}

#[test]
fn the_shape_alone_decides_where_publishers_are_ignored() {
    check(
        &json!({"publishers": "ignore"}),
        &[
            ("nginx:1.27.4", None),
            ("registry.k8s.io/pause:3.9", Some("floating-version")),
        ],
    );
}
