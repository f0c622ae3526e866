//! Long names that are compared again and again.

use serde_json::{Value, json};

use super::OBJECT;
use super::cost::answer_to;
use super::multitude::list_of;
use super::size::{full_list_of, plain};
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, with};
use crate::written::with_raw;

/// The length of a container's name, in bytes.
const NAME: usize = 200_000;
/// The number of variables of that container.
const VARIABLES: usize = 10_000;

/// The answer where images or names cannot be compared with so many patterns.
fn refused() -> Expected {
    Expected::strict([]).unreadable([OBJECT]).rejected(400)
}

/// A payload with one container.
fn payload_of(container: Value, settings: &Value) -> String {
    let containers = json!([container]);
    with(
        &plain(settings),
        "/request/object/spec/containers",
        containers,
    )
    .to_string()
}

/// A container with many variables. Its name contains an escape, so that parsing has to copy
/// it.
fn crowded(image: &str, variable: &Value) -> Value {
    let name = format!("\u{1}{}", "n".repeat(NAME));
    let mut container = container(&name, image);
    container["env"] = json!(vec![variable; VARIABLES]);
    container
}

fn variable_at(index: usize) -> Finding {
    Finding::at(&format!("spec.containers[0].env[{index}].value"), "a:b").with_reason("channel")
}

#[test]
fn variables_share_the_name_of_their_container() {
    let settings = json!({"imageEnvVars": ["X*"]});
    let payload = payload_of(crowded(VERSION, &json!({"value": "a"})), &settings);
    assert!(payload.contains(r#""\u0001nnn"#));
    assert_eq!(answer_to("variables", payload.as_bytes()), ACCEPTED);
}

#[test]
fn variables_that_are_found_share_the_name_of_their_container() {
    let variable = json!({"name": "X", "value": "a:b"});
    // No glob matches a name of that length.
    let globs: Vec<String> = (0..20).map(|number| format!("*n*n*{number}*")).collect();
    let exemption = json!({"images": ["**"], "containers": globs, "reason": "a trial"});
    let settings = json!({"imageEnvVars": ["X*"], "exemptions": [exemption]});
    let payload = payload_of(crowded(VERSION, &variable), &settings);
    assert_eq!(
        answer_to("found variables", payload.as_bytes()),
        Expected::strict((0..VARIABLES).map(variable_at)).rejected(403)
    );
}

#[test]
fn matches_many_long_variables_with_patterns_within_limits() {
    let globs: Vec<String> = (0..20).map(|number| format!("*A*A*{number}")).collect();
    let variable = json!({"name": "A".repeat(255), "value": MOVING}).to_string();
    let (full, _) = full_list_of(&variable);
    for (list, expected) in [(list_of(&variable, 1_000), ACCEPTED), (full, refused())] {
        let payload = with_raw(
            &plain(&json!({"imageEnvVars": globs})),
            "/request/object/spec/containers/0/env",
            &list,
        );
        let answer = answer_to("long variables", payload.as_bytes());
        assert_eq!(answer, expected);
    }
}

#[test]
fn matches_many_long_images_with_patterns_within_limits() {
    let patterns: Vec<String> = (0..20)
        .map(|number| format!("**/team-{number}/*"))
        .collect();
    let settings = json!({
        "tags": {"mutable": patterns},
        "exemptions": [{"images": patterns, "reason": "a trial"}],
    });
    let image = format!("registry.example.com/{}web:main", "t/".repeat(110));
    let container = container("web", &image).to_string();
    let findings =
        (0..75).map(|index| Finding::at(&format!("spec.containers[{index}].image"), &image));
    let found = Expected::strict(findings).rejected(403);
    let (full, _) = full_list_of(&container);
    for (list, expected) in [(list_of(&container, 75), found), (full, refused())] {
        let payload = with_raw(&plain(&settings), "/request/object/spec/containers", &list);
        let answer = answer_to("long images", payload.as_bytes());
        assert_eq!(answer, expected);
    }
}

#[test]
fn matches_many_long_containers_with_patterns_within_limits() {
    let globs: Vec<String> = (0..20).map(|number| format!("*a*a*{number}")).collect();
    let exemption = json!({"images": ["**"], "containers": globs, "reason": "a trial"});
    let container = container(&"a".repeat(63), MOVING).to_string();
    let findings =
        (0..2_500).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
    let found = Expected::strict(findings).rejected(403);
    for (count, expected) in [(2_500, found), (5_000, refused())] {
        let payload = with_raw(
            &plain(&json!({"exemptions": [exemption]})),
            "/request/object/spec/containers",
            &list_of(&container, count),
        );
        let answer = answer_to("long containers", payload.as_bytes());
        assert_eq!(answer, expected, "{count}");
    }
}

#[test]
fn matches_a_huge_domain_with_patterns_within_limits() {
    let patterns: Vec<String> = (0..20)
        .map(|number| format!("a*.a*/**/*{number}:*"))
        .collect();
    let settings = json!({
        "tags": {"mutable": patterns, "immutable": ["nothing"]},
        "exemptions": [{"images": patterns, "reason": "a trial"}],
    });
    let image = format!("{}a/web:main", "a.".repeat(700_000));
    let cut = format!("{}a…", "a.".repeat(127));
    for (image, quote) in [(image.as_str(), cut.as_str()), (MOVING, MOVING)] {
        let payload = payload_of(container("web", image), &settings);
        assert_eq!(
            answer_to("domain", payload.as_bytes()),
            Expected::strict([Finding::at("spec.containers[0].image", quote)]).rejected(403)
        );
    }
}

#[test]
fn a_domain_that_no_host_can_have_matches_no_pattern() {
    for (length, expected) in [
        (253, ACCEPTED),
        (254, found_at(254)),
        (1_400_000, found_at(1_400_000)),
    ] {
        let image = format!("{}/web:main", domain(length));
        let settings = json!({"exemptions": [{"images": ["**"], "reason": "a trial"}]});
        let payload = payload_of(container("web", &image), &settings);
        let case = format!("{length} bytes");
        assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
    }
}

/// A domain of this many bytes.
fn domain(length: usize) -> String {
    format!("{}.a", "a".repeat(length - 2))
}

fn found_at(length: usize) -> Expected {
    let image = format!("{}/web:main", domain(length));
    let quote = format!("{}…", &image[..255]);
    Expected::strict([Finding::at("spec.containers[0].image", &quote)]).rejected(403)
}
