//! Checks that everything but printable ASCII is escaped wherever text of the request is quoted,
//! and that the settings' own words are not.

use serde_json::json;

use crate::answer;
use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of};

/// Characters with an effect, that are not seen, or that look like others.
const ESCAPED: [char; 16] = [
    '\u{1}',
    '\u{1f}',
    '\u{7f}',
    '\u{80}',
    '\u{9f}',
    '\u{a0}',
    '\u{ad}',
    '\u{e4}',
    '\u{435}',
    '\u{200b}',
    '\u{202e}',
    '\u{2028}',
    '\u{2069}',
    '\u{feff}',
    '\u{ff10}',
    '\u{1f600}',
];
/// The first and the last that are not escaped.
const SHOWN: [char; 2] = [' ', '~'];

fn characters() -> impl Iterator<Item = char> {
    ESCAPED.into_iter().chain(SHOWN)
}

fn found() -> Expected {
    let finding = Finding::at("spec.containers[0].image", MOVING);
    Expected::strict([finding]).rejected(403)
}

#[test]
fn escapes_characters_that_change_the_direction_of_text() {
    let image = "web\u{202e}niam:";
    let answer = answer("turn", &create_pod_of(image), &json!({"mode": "lenient"}));
    let finding = Finding::at("spec.containers[0].image", image).with_reason("unparsable");
    assert_eq!(answer, Expected::lenient([finding]).accepted());
    for text in [answer.message.as_ref().unwrap(), &answer.warnings[0]] {
        assert!(text.contains(r#""web\u202eniam:""#), "{text}");
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}

#[test]
fn the_name_of_a_container_shows_all_its_characters() {
    for character in characters() {
        let name = format!("a{character}b");
        let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
        let answer = answer(&name, &request, &json!({}));
        assert_eq!(answer, found(), "{name:?}");
        assert!(answer.quotes(&name), "{answer:?}");
    }
}

#[test]
fn the_name_of_a_variable_shows_all_its_characters() {
    for character in characters() {
        let name = format!("A{character}");
        let env = json!([{"name": name, "value": MOVING}]);
        let request = create_pod(json!({"containers": [{"name": "web", "env": env}]}));
        let answer = answer(&name, &request, &json!({"imageEnvVars": ["A*"]}));
        let finding = Finding::at("spec.containers[0].env[0].value", MOVING);
        assert_eq!(
            answer,
            Expected::strict([finding]).rejected(403),
            "{name:?}"
        );
        assert!(answer.quotes(&name), "{answer:?}");
    }
}

#[test]
fn an_image_shows_all_its_characters() {
    for character in characters().filter(|character| !character.is_ascii()) {
        let image = format!("a{character}b");
        let answer = answer(&image, &create_pod_of(&image), &json!({}));
        let finding = Finding::at("spec.containers[0].image", &image).with_reason("unparsable");
        assert_eq!(
            answer,
            Expected::strict([finding]).rejected(403),
            "{image:?}"
        );
        assert!(answer.quotes(&image), "{answer:?}");
        let message = answer.message.unwrap();
        assert!(!message.contains(character), "{message}");
    }
}

#[test]
fn the_name_of_an_environment_is_not_escaped() {
    for character in [' ', '~', '"', '\u{e4}', '\u{435}', '\u{1f600}'] {
        let name = format!("a{character}");
        let settings =
            json!({"environment": name, "environments": [{"name": name, "mode": "strict"}]});
        let answer = answer(&name, &create_pod_of(MOVING), &settings);
        assert_eq!(answer, found().in_environment(&name), "{name:?}");
        let message = answer.message.unwrap();
        assert!(message.contains(&format!("\"{name}\"")), "{message}");
    }
}

#[test]
fn a_name_that_disturbs_an_answer_is_refused() {
    for character in ['\u{1}', '\n', '\u{85}', '\u{200e}', '\u{202e}', '\u{2069}'] {
        let name = format!("a{character}");
        let settings =
            json!({"environment": name, "environments": [{"name": name, "mode": "strict"}]});
        assert_eq!(
            answer(&name, &create_pod_of(MOVING), &settings),
            Expected::unusable_settings(["environments[0].name"]),
            "{name:?}"
        );
    }
}

#[test]
fn a_text_is_truncated_by_what_is_written_of_it() {
    // Each character is escaped in six, so that ten of them take up 60 of 63 characters.
    let name = "\u{200b}".repeat(21);
    let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
    let answer = answer("cut", &request, &json!({}));
    assert_eq!(answer, found());
    let quote = format!("\"{}…\"", "\\u200b".repeat(10));
    let message = answer.message.unwrap();
    assert!(message.contains(&quote), "{message}");
}
