//! What a lenient verdict says: the same, and warnings for whoever sent the request.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Answer, EPHEMERAL, Finding, quoted};
use crate::request::{MOVING, VERSION, container, create_pod, create_pod_of};

fn lenient() -> Value {
    json!({"mode": "lenient"})
}

#[test]
fn a_finding_is_accepted_with_a_message_and_a_warning() {
    let request = create_pod_of("ghcr.io/acme/web:main");
    assert_eq!(
        answer("main", &request, &lenient()),
        concat!(
            r#"{"accepted":true,"message":"mutable-tags (lenient mode): spec.containers[0].image (container \"web\"): \"ghcr.io/acme/web:main\" has a tag that names a channel, not a build, and imagePullPolicy Always pulls it at every start: pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set imagePullPolicy to IfNotPresent where a stale image will do","#,
            r#""code":null,"mutated_object":null,"audit_annotations":{"mode":"lenient","findings":"[{\"path\":\"spec.containers[0].image\",\"image\":\"ghcr.io/acme/web:main\",\"reason\":\"channel\",\"pullPolicy\":\"Always\"}]"},"#,
            r#""warnings":["\"ghcr.io/acme/web:main\" (spec.containers[0].image) has a tag that names a channel, not a build, and imagePullPolicy Always pulls it at every start"]}"#
        )
    );
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
        let answer = answer(
            &case,
            &create_pod(json!({"containers": containers})),
            &lenient(),
        );
        assert_eq!(answer, Answer::lenient(findings).accepted(), "{case}");
        let ending = format!(r#","and {} more"]}}"#, count - 10.min(count));
        assert_eq!(answer.ends_with(&ending), count > 10, "{case}");
    }
}

#[test]
fn what_only_warns_in_strict_is_said_with_the_same_aside() {
    let request = create_pod(json!({
        "containers": [container("web", VERSION)],
        "ephemeralContainers": [container("debug", MOVING)],
    }));
    let finding = Finding::at("spec.ephemeralContainers[0].image", MOVING)
        .held_by("ephemeral container", "debug")
        .with_aside(EPHEMERAL);
    assert_eq!(
        answer("debug", &request, &lenient()),
        Answer::lenient([finding]).accepted()
    );
}

#[test]
fn a_long_image_is_cut_so_that_where_it_stands_stays_in_sight() {
    // 100 bytes are quoted whole, of more the first 100.
    for (length, kept) in [(99, 99), (100, 100), (101, 100), (250, 100)] {
        let case = format!("{length} bytes");
        let image = format!("{}:main", "a".repeat(length - 5));
        let whole = Finding::at("spec.containers[0].image", &image);
        let mut warned = whole.clone();
        warned.image.truncate(kept);
        let mut warning = warned.warning();
        if kept < length {
            let quote = quoted(&warned.image);
            let cut = format!("{}…\"", quote.strip_suffix('"').unwrap());
            warning = warning.replacen(&quote, &cut, 1);
        }
        assert!(warning.chars().count() <= 256, "{case}");
        assert!(warning.contains(r#"" (spec.containers[0].image) has"#));
        assert_eq!(
            answer(&case, &create_pod_of(&image), &lenient()),
            Answer::lenient([whole]).accepted_with(&[quoted(&warning)]),
            "{case}"
        );
    }
}

#[test]
fn a_warning_has_at_most_256_characters() {
    // Quotes double in length where they are escaped.
    let image = "\"".repeat(300);
    let answer = answer("quotes", &create_pod_of(&image), &lenient());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let warnings = answer["warnings"].as_array().unwrap();
    let expected: String = format!(
        r#""{}…" (spec.containers[0].image) is no image reference, unexpected "\"" in the repository at character 1"#,
        "\\\"".repeat(100)
    );
    let expected: String = expected.chars().take(255).chain(['…']).collect();
    assert_eq!(warnings, &[json!(expected)]);
    assert_eq!(expected.chars().count(), 256);
    assert!(expected.contains(r#"" (spec.containers[0].image) is no image"#));
}

#[test]
fn a_warning_is_measured_in_characters_not_in_bytes() {
    // 100 bytes hold 25 characters of four bytes.
    let image = "😀".repeat(75);
    let finding = Finding::at("spec.containers[0].image", &"😀".repeat(25)).because(
        "unparsable",
        r#"is no image reference, unexpected "\ud83d\ude00" in the repository at character 1"#,
    );
    let warning = finding
        .pulled("Always", "")
        .warning()
        .replace("😀\"", "😀…\"");
    assert!(warning.len() > 150);
    let answer = answer("emoji", &create_pod_of(&image), &lenient());
    assert!(
        answer.ends_with(&format!(r#","warnings":[{}]}}"#, quoted(&warning))),
        "{answer}"
    );
}
