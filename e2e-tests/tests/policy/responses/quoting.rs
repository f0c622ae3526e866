//! How an answer quotes what somebody else wrote.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{Answer, FIX_WITHOUT_POLICY, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of};

/// The message of an answer and the findings of its annotations, once the answer
/// has proved to be one line of JSON.
fn parts(answer: &str) -> (String, Value) {
    assert!(
        !answer.contains(['\n', '\r', '\t', '\u{0}', '\u{1b}']),
        "{answer:?}"
    );
    let answer: Value = serde_json::from_str(answer).unwrap();
    let message = answer["message"].as_str().unwrap();
    let findings = answer["audit_annotations"]["findings"].as_str().unwrap();
    (message.to_owned(), serde_json::from_str(findings).unwrap())
}

#[test]
fn a_message_stays_on_one_line() {
    for image in [
        "a\nb",
        "a\r\nb",
        "a\tb",
        "a\"b",
        "a\\b",
        "a\u{0}b",
        "a\u{1b}[31mb",
    ] {
        let (message, findings) = parts(&answer(image, &create_pod_of(image), &json!({})));
        assert!(!message.contains(char::is_control), "{message:?}");
        assert_eq!(findings[0]["image"], image);
        let quote = serde_json::to_string(image).unwrap();
        assert!(
            message.contains(&format!(": {quote} is no image reference, ")),
            "{message}"
        );
    }
}

#[test]
fn an_image_is_quoted_as_json_escapes_it() {
    let cases = [
        (
            "a\nb",
            r#"unexpected "\n" in the repository at character 2"#,
        ),
        (
            "a\"b",
            r#"unexpected "\"" in the repository at character 2"#,
        ),
        (
            "a\\b",
            r#"unexpected "\\" in the repository at character 2"#,
        ),
        (
            "a\u{0}b",
            r#"unexpected "\u0000" in the repository at character 2"#,
        ),
        (
            "a\u{7f}b",
            r#"unexpected "\u007f" in the repository at character 2"#,
        ),
        (
            "ä",
            r#"unexpected "\u00e4" in the repository at character 1"#,
        ),
        (
            "äöü:main",
            r#"unexpected "\u00e4" in the repository at character 1"#,
        ),
        (
            "web:mäin",
            r#"unexpected "\u00e4" in the tag at character 6"#,
        ),
    ];
    for (image, error) in cases {
        let why: &'static str = format!("is no image reference, {error}").leak();
        let finding = Finding::at("spec.containers[0].image", image)
            .because("unparsable", why)
            .pulled("Always", "")
            .mended_by("correct the reference");
        assert_eq!(
            answer(image, &create_pod_of(image), &json!({})),
            Answer::strict([finding]).rejected(403),
            "{image:?}"
        );
    }
}

#[test]
fn what_is_quoted_is_cut_at_255_bytes() {
    for (length, kept) in [
        (254, 254),
        (255, 255),
        (256, 255),
        (300, 255),
        (100_000, 255),
    ] {
        let image = "a".repeat(length);
        let (message, findings) = parts(&answer("cut", &create_pod_of(&image), &json!({})));
        let ellipsis = if length > kept { "…" } else { "" };
        let quote = format!("{}{ellipsis}", "a".repeat(kept));
        assert_eq!(findings[0]["image"], quote, "{length}");
        assert!(
            message.contains(&format!(r#" "{quote}" "#)),
            "{length}: {message}"
        );
    }
}

#[test]
fn a_character_is_never_cut_in_two() {
    for (character, width) in [("é", 2), ("€", 3), ("😀", 4)] {
        for shift in 0..4 {
            let image = format!("{}{}", "a".repeat(shift), character.repeat(200));
            let (_, findings) = parts(&answer(character, &create_pod_of(&image), &json!({})));
            let kept = (255 - shift) / width;
            let quote = format!("{}{}…", "a".repeat(shift), character.repeat(kept));
            assert_eq!(findings[0]["image"], quote, "{character} {shift}");
        }
    }
}

#[test]
fn the_name_of_a_container_is_quoted_and_cut_too() {
    let long = "n".repeat(300);
    let cut = format!("{}…", "n".repeat(255));
    for (name, quote) in [("a\"\n", "a\"\n"), (&long, &cut), ("", "")] {
        let request = create_pod(json!({"containers": [container(name, MOVING)]}));
        let finding = Finding::at("spec.containers[0].image", MOVING).held_by("container", quote);
        assert_eq!(
            answer(name, &request, &json!({})),
            Answer::strict([finding]).rejected(403),
            "{name:?}"
        );
    }
}

#[test]
fn the_name_of_a_variable_is_quoted_too() {
    // One of more than 255 bytes matches no pattern.
    let name = format!("I\"\n{}", "N".repeat(252));
    let request = create_pod(json!({
        "containers": [{"name": "web", "env": [{"name": name, "value": MOVING}]}],
    }));
    let finding = Finding::at("spec.containers[0].env[0].value", MOVING)
        .held_by("environment variable", &name)
        .pulled(
            "Always",
            ", and the Pods that will use it may pull it at every start",
        )
        .mended_by(FIX_WITHOUT_POLICY);
    assert_eq!(
        answer("variable", &request, &json!({"imageEnvVars": ["I*"]})),
        Answer::strict([finding]).rejected(403)
    );
}

#[test]
fn every_answer_has_six_fields_in_the_order_of_the_sdk() {
    let requests = [
        create_pod_of(MOVING),
        create_pod_of("web:1.2.3"),
        create_pod(json!({})),
        json!({}),
        json!(null),
    ];
    for request in requests {
        for settings in [json!({}), json!({"mode": "lenient"}), json!({"mode": 1})] {
            let case = format!("{request} {settings}");
            let answer = answer(&case, &request, &settings);
            let fields = [
                r#"{"accepted":"#,
                r#","message":"#,
                r#","code":"#,
                r#","mutated_object":null,"#,
                r#""audit_annotations":"#,
                r#","warnings":"#,
            ];
            let mut rest = answer.as_str();
            for field in fields {
                let (_, behind) = rest
                    .split_once(field)
                    .unwrap_or_else(|| panic!("{case}: {answer}"));
                rest = behind;
            }
            let fields: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(fields.as_object().unwrap().len(), 6, "{case}");
        }
    }
}
