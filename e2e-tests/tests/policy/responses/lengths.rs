//! Tests how long a name can be for a pattern to match it.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of, with};

fn found() -> Finding {
    Finding::at("spec.containers[0].image", MOVING)
}

#[test]
fn a_pattern_matches_variables_of_at_most_255_bytes() {
    let settings = json!({"imageEnvVars": ["X*"]});
    for (name, is_matched) in [
        ("X".repeat(254), true),
        ("X".repeat(255), true),
        ("X".repeat(256), false),
        ("X".repeat(100_000), false),
        // Bytes are counted, not characters.
        (format!("X{}", "é".repeat(127)), true),
        (format!("X{}", "é".repeat(128)), false),
    ] {
        let case = format!("{} bytes", name.len());
        let env = json!([{"name": name, "value": MOVING}]);
        let request = create_pod(json!({"containers": [{"name": "web", "env": env}]}));
        let finding = Finding::at("spec.containers[0].env[0].value", MOVING);
        let expected = if is_matched {
            Expected::strict([finding]).rejected(403)
        } else {
            ACCEPTED
        };
        assert_eq!(answer(&case, &request, &settings), expected, "{case}");
    }
}

/// DNS labels, and whether a pattern matches them.
fn labels() -> [(String, bool); 4] {
    [62, 63, 64, 100_000].map(|length| ("n".repeat(length), length <= 63))
}

fn in_namespace(name: &str) -> Value {
    with(&create_pod_of(MOVING), "/namespace", json!(name))
}

#[test]
fn an_environment_has_no_namespace_of_more_than_63_bytes() {
    let settings =
        json!({"environments": [{"name": "all", "mode": "lenient", "namespaces": ["*"]}]});
    for (name, is_matched) in labels() {
        let case = format!("{} bytes", name.len());
        let expected = if is_matched {
            Expected::lenient([found()])
                .in_environment("all")
                .accepted()
        } else {
            Expected::strict([found()]).rejected(403)
        };
        assert_eq!(
            answer(&case, &in_namespace(&name), &settings),
            expected,
            "{case}"
        );
    }
}

#[test]
fn an_exemption_has_no_namespace_of_more_than_63_bytes() {
    let settings = json!({"exemptions": [{"namespaces": ["*"], "reason": "a trial"}]});
    for (name, is_matched) in labels() {
        let case = format!("{} bytes", name.len());
        let expected = if is_matched {
            ACCEPTED
        } else {
            Expected::strict([found()]).rejected(403)
        };
        assert_eq!(
            answer(&case, &in_namespace(&name), &settings),
            expected,
            "{case}"
        );
    }
}

#[test]
fn an_exemption_has_no_container_of_more_than_63_bytes() {
    let settings =
        json!({"exemptions": [{"images": ["**"], "containers": ["*"], "reason": "a trial"}]});
    for (name, is_matched) in labels() {
        let case = format!("{} bytes", name.len());
        let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
        let expected = if is_matched {
            ACCEPTED
        } else {
            Expected::strict([found()]).rejected(403)
        };
        assert_eq!(answer(&case, &request, &settings), expected, "{case}");
    }
}
