//! Tests how an answer quotes text of the request.

use e2e_tests::validate_payload;
use serde_json::{Value, json};

use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of};
use crate::{answer, text_of};

fn is_control(character: char) -> bool {
    character.is_control()
}

#[test]
fn quotes_the_image_and_stays_on_one_line() {
    for image in [
        "a\nb",
        "a\r\nb",
        "a\tb",
        "a\"b",
        "a\\b",
        "a\u{0}b",
        "a\u{1b}[31mb",
        "a\u{7f}b",
        "ä",
        "äöü:main",
        "web:mäin",
    ] {
        let request = create_pod_of(image);
        let text = text_of(image, &validate_payload(&request, &json!({})));
        assert!(!text.contains(is_control), "{text:?}");
        let answer = answer(image, &request, &json!({}));
        let finding = Finding::at("spec.containers[0].image", image).with_reason("unparsable");
        assert_eq!(
            answer,
            Expected::strict([finding]).rejected(403),
            "{image:?}"
        );
        assert!(answer.quotes(image), "{answer:?}");
        let message = answer.message.unwrap();
        assert!(!message.contains(is_control), "{message:?}");
    }
}

#[test]
fn an_annotation_truncates_a_quote_at_255_bytes() {
    for (length, kept) in [
        (254, 254),
        (255, 255),
        (256, 255),
        (300, 255),
        (100_000, 255),
    ] {
        let answer = answer("cut", &create_pod_of(&"a".repeat(length)), &json!({}));
        let ellipsis = if length > kept { "…" } else { "" };
        let quote = format!("{}{ellipsis}", "a".repeat(kept));
        assert_eq!(answer.findings[0].image, quote, "{length}");
    }
}

#[test]
fn a_character_is_never_cut_in_two() {
    // The characters of an escape.
    for (character, width) in [("é", 6), ("€", 6), ("😀", 12)] {
        for shift in 0..4 {
            let image = format!("{}{}", "a".repeat(shift), character.repeat(200));
            let answer = answer(character, &create_pod_of(&image), &json!({}));
            let kept = (255 - shift) / width;
            let quote = format!("{}{}…", "a".repeat(shift), character.repeat(kept));
            assert_eq!(answer.findings[0].image, quote, "{character} {shift}");
        }
    }
}

#[test]
fn the_name_of_a_container_is_quoted_and_truncated() {
    let long = "n".repeat(300);
    let cut = format!("{}…", "n".repeat(63));
    for (name, quote) in [("a\"\n", "a\"\n"), (&long, &cut), ("", "")] {
        let request = create_pod(json!({"containers": [container(name, MOVING)]}));
        let answer = answer(name, &request, &json!({}));
        let finding = Finding::at("spec.containers[0].image", MOVING);
        assert_eq!(
            answer,
            Expected::strict([finding]).rejected(403),
            "{name:?}"
        );
        assert!(answer.quotes(quote), "{answer:?}");
    }
}

#[test]
fn the_name_of_a_variable_is_quoted_too() {
    // The quotes of a name have at most 63 characters between them, escapes included.
    let name = format!("I\"\n{}", "N".repeat(58));
    let request = create_pod(json!({
        "containers": [{"name": "web", "env": [{"name": name, "value": MOVING}]}],
    }));
    let answer = answer("variable", &request, &json!({"imageEnvVars": ["I*"]}));
    let finding = Finding::at("spec.containers[0].env[0].value", MOVING);
    assert_eq!(answer, Expected::strict([finding]).rejected(403));
    assert!(answer.quotes(&name), "{answer:?}");
}

#[test]
fn every_answer_has_six_fields_in_the_sdks_order() {
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
            let answer = text_of(&case, &validate_payload(&request, &settings));
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
                let (_, after) = rest
                    .split_once(field)
                    .unwrap_or_else(|| panic!("{case}: {answer}"));
                rest = after;
            }
            let fields: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(fields.as_object().unwrap().len(), 6, "{case}");
        }
    }
}
