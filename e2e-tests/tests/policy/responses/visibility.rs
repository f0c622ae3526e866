//! Checks that invisible characters are escaped wherever text of the request is quoted, such as
//! those that change the direction of the text behind them.

use serde_json::json;

use crate::answer;
use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of};

/// Some of the characters that are escaped, with the first and the last of every range.
const INVISIBLE: [char; 15] = [
    '\u{1}', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{200b}', '\u{200f}', '\u{2028}',
    '\u{202e}', '\u{2060}', '\u{2066}', '\u{206f}', '\u{feff}', '\u{9b}',
];

/// Neighbours of these ranges, which are not escaped.
const VISIBLE: [char; 11] = [
    ' ', '~', '\u{a0}', '\u{200a}', '\u{2010}', '\u{2027}', '\u{202f}', '\u{205f}', '\u{2070}',
    '\u{fefe}', '\u{ff00}',
];

/// Invisible and visible characters.
fn characters() -> impl Iterator<Item = char> {
    INVISIBLE.into_iter().chain(VISIBLE)
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
        // Outside of the quoted image, the message escapes characters that are not ASCII.
        let message = answer.message.unwrap();
        let shown = usize::from(VISIBLE.contains(&character));
        assert_eq!(message.matches(character).count(), shown, "{message}");
    }
}

#[test]
fn the_name_of_an_environment_shows_all_its_characters() {
    for character in characters() {
        let name = format!("a{character}");
        let settings =
            json!({"environment": name, "environments": [{"name": name, "mode": "strict"}]});
        let answer = answer(&name, &create_pod_of(MOVING), &settings);
        assert_eq!(answer, found().in_environment(&name), "{name:?}");
        assert!(answer.quotes(&name), "{answer:?}");
    }
}

#[test]
fn a_text_is_truncated_before_it_is_escaped() {
    // Each character has three bytes, so that 85 of them make 255.
    let name = "\u{200b}".repeat(86);
    let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
    let answer = answer("cut", &request, &json!({}));
    assert_eq!(answer, found());
    let quote = format!("{}…", "\u{200b}".repeat(85));
    assert!(answer.quotes(&quote), "{answer:?}");
}
