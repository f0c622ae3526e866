//! What nobody sees of a text that somebody else wrote, such as what turns the
//! direction of all that follows: it is escaped wherever the text is quoted.

use serde_json::json;

use crate::answer;
use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, create_pod, create_pod_of};

/// Some of what is escaped, the first and the last of every range among it.
const INVISIBLE: [char; 15] = [
    '\u{1}', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{200b}', '\u{200f}', '\u{2028}',
    '\u{202e}', '\u{2060}', '\u{2066}', '\u{206f}', '\u{feff}', '\u{9b}',
];

/// Their neighbours.
const VISIBLE: [char; 11] = [
    ' ', '~', '\u{a0}', '\u{200a}', '\u{2010}', '\u{2027}', '\u{202f}', '\u{205f}', '\u{2070}',
    '\u{fefe}', '\u{ff00}',
];

/// Every character, of which a quote shows some and escapes the others.
fn characters() -> impl Iterator<Item = char> {
    INVISIBLE.into_iter().chain(VISIBLE)
}

fn found() -> Expected {
    let finding = Finding::at("spec.containers[0].image", MOVING);
    Expected::strict([finding]).rejected(403)
}

#[test]
fn an_image_that_turns_the_direction_of_text_is_quoted_without_it() {
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
        // What stands outside of the quote of it is escaped wherever it is not ASCII.
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
fn what_is_cut_is_cut_before_it_is_escaped() {
    // Three bytes each, of which 85 make 255.
    let name = "\u{200b}".repeat(86);
    let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
    let answer = answer("cut", &request, &json!({}));
    assert_eq!(answer, found());
    let quote = format!("{}…", "\u{200b}".repeat(85));
    assert!(answer.quotes(&quote), "{answer:?}");
}
