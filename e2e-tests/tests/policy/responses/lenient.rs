//! Tests lenient verdicts, which add a warning for each finding.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Answer, Expected, Finding, quoted};
use crate::request::{MOVING, VERSION, container, create, create_pod, create_pod_of};

const PATH: &str = "spec.containers[0].image";

fn lenient() -> Value {
    json!({"mode": "lenient"})
}

/// The only warning of an answer, beside the last one, which names the policy.
fn warning(answer: Answer) -> String {
    let [warning, last] = answer.warnings.try_into().unwrap();
    assert!(last.contains("mutable-tags"), "{last}");
    warning
}

#[test]
fn a_finding_is_accepted_with_a_message_and_a_warning() {
    let image = "ghcr.io/acme/web:main";
    let answer = answer("main", &create_pod_of(image), &lenient());
    let found = Finding::at(PATH, image);
    assert_eq!(answer, Expected::lenient([found]).accepted());
    let warning = warning(answer);
    assert!(warning.contains(PATH), "{warning}");
    assert!(warning.contains(&quoted(image)), "{warning}");
}

#[test]
fn an_object_without_a_finding_is_accepted_in_silence() {
    assert_eq!(
        answer("version", &create_pod_of(VERSION), &lenient()),
        ACCEPTED
    );
}

#[test]
fn ten_findings_are_warned_of_and_the_others_counted() {
    for count in [1, 2, 10, 11, 12, 250] {
        let case = format!("{count} findings");
        let containers: Vec<Value> = (0..count).map(|_| container("web", MOVING)).collect();
        let findings =
            (0..count).map(|index| Finding::at(&format!("spec.containers[{index}].image"), MOVING));
        assert_eq!(
            answer(
                &case,
                &create_pod(json!({"containers": containers})),
                &lenient(),
            ),
            Expected::lenient(findings).accepted(),
            "{case}"
        );
    }
}

#[test]
fn lenient_mode_also_warns_of_what_strict_warns() {
    let request = create_pod(json!({
        "containers": [container("web", VERSION)],
        "ephemeralContainers": [container("debug", MOVING)],
    }));
    let finding = Finding::at("spec.ephemeralContainers[0].image", MOVING);
    assert_eq!(
        answer("debug", &request, &lenient()),
        Expected::lenient([finding]).accepted()
    );
}

#[test]
fn cuts_a_long_image_in_the_middle_to_keep_its_tag() {
    // Up to 120 bytes are quoted whole, of longer images the first 40 and the last 80.
    for length in [119, 120, 121, 250] {
        let case = format!("{length} bytes");
        let image = format!("{}:main", "a".repeat(length - 5));
        let answer = answer(&case, &create_pod_of(&image), &lenient());
        let found = Finding::at(PATH, &image);
        assert_eq!(answer, Expected::lenient([found]).accepted(), "{case}");
        let warning = warning(answer);
        let quote = match length {
            ..=120 => quoted(&image),
            _ => quoted(&format!("{}…{}", &image[..40], &image[length - 80..])),
        };
        assert!(warning.contains(&quote), "{case}: {warning}");
        assert!(warning.contains(PATH), "{case}: {warning}");
        assert!(warning.chars().count() <= 256, "{case}: {warning}");
    }
}

#[test]
fn a_warning_has_at_most_256_characters() {
    // The path of the image is longer than a warning can be.
    let field = "f".repeat(300);
    let object = json!({
        "apiVersion": "example.com/v1",
        "kind": "Widget",
        "metadata": {"name": "w"},
        "spec": {field: {"containers": [container("web", MOVING)]}},
    });
    let warning = warning(answer("path", &create(object), &lenient()));
    assert_eq!(warning.chars().count(), 256, "{warning}");
    assert!(warning.ends_with('…'), "{warning}");
    assert!(warning.contains(&quoted(MOVING)), "{warning}");
}

#[test]
fn a_warning_counts_the_characters_that_it_escapes() {
    // 40 characters hold three that are escaped in twelve, and 80 hold six.
    let image = "😀".repeat(75);
    let warning = warning(answer("emoji", &create_pod_of(&image), &lenient()));
    let quote = quoted(&format!("{}…{}", "😀".repeat(3), "😀".repeat(6)));
    assert!(warning.contains(&quote), "{warning}");
    assert!(warning.contains(PATH), "{warning}");
    assert!(!warning.ends_with('…'), "{warning}");
}
