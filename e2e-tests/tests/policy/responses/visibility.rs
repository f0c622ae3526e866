//! What nobody sees of a text that somebody else wrote, such as what turns the
//! direction of all that follows: it is escaped wherever the text is quoted.

use serde_json::json;

use crate::answer;
use crate::answer::{Answer, FIX_WITHOUT_POLICY, Finding};
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

/// Every character, and how it is quoted.
fn characters() -> impl Iterator<Item = (char, String)> {
    let escaped =
        INVISIBLE.map(|character| (character, format!(r"\u{:04x}", u32::from(character))));
    let shown = VISIBLE.map(|character| (character, character.to_string()));
    escaped.into_iter().chain(shown)
}

#[test]
fn an_image_that_turns_the_direction_of_text_is_quoted_without_it() {
    assert_eq!(
        answer(
            "turn",
            &create_pod_of("web\u{202e}niam:"),
            &json!({"mode": "lenient"})
        ),
        concat!(
            r#"{"accepted":true,"message":"mutable-tags (lenient mode): spec.containers[0].image (container \"web\"): \"web\\u202eniam:\" is no image reference, unexpected \"\\u202e\" in the repository at character 4: correct the reference","#,
            r#""code":null,"mutated_object":null,"audit_annotations":{"mode":"lenient","findings":"[{\"path\":\"spec.containers[0].image\",\"image\":\"web\\u202eniam:\",\"reason\":\"unparsable\",\"pullPolicy\":\"Always\"}]"},"#,
            r#""warnings":["\"web\\u202eniam:\" (spec.containers[0].image) is no image reference, unexpected \"\\u202e\" in the repository at character 4"]}"#
        )
    );
}

#[test]
fn the_name_of_a_container_shows_all_its_characters() {
    for (character, quote) in characters() {
        let name = format!("a{character}b");
        let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
        let mut finding = Finding::at("spec.containers[0].image", MOVING);
        finding.holder = Some(format!(r#"container "a{quote}b""#));
        assert_eq!(
            answer(&quote, &request, &json!({})),
            Answer::strict([finding]).rejected(403),
            "{quote}"
        );
    }
}

#[test]
fn the_name_of_a_variable_shows_all_its_characters() {
    for (character, quote) in characters() {
        let env = json!([{"name": format!("A{character}"), "value": MOVING}]);
        let request = create_pod(json!({"containers": [{"name": "web", "env": env}]}));
        let mut finding = Finding::at("spec.containers[0].env[0].value", MOVING)
            .pulled(
                "Always",
                ", and the Pods that will use it may pull it at every start",
            )
            .mended_by(FIX_WITHOUT_POLICY);
        finding.holder = Some(format!(r#"environment variable "A{quote}""#));
        assert_eq!(
            answer(&quote, &request, &json!({"imageEnvVars": ["A*"]})),
            Answer::strict([finding]).rejected(403),
            "{quote}"
        );
    }
}

#[test]
fn an_image_shows_all_its_characters() {
    for (character, _) in characters().filter(|(character, _)| !character.is_ascii()) {
        let image = format!("a{character}b");
        // A single character is escaped wherever it is not one of ASCII.
        let why = format!(
            r#"is no image reference, unexpected "\u{:04x}" in the repository at character 2"#,
            u32::from(character)
        );
        let finding = Finding::at("spec.containers[0].image", &image)
            .because("unparsable", why.leak())
            .pulled("Always", "")
            .mended_by("correct the reference");
        assert_eq!(
            answer(&image, &create_pod_of(&image), &json!({})),
            Answer::strict([finding]).rejected(403),
            "{image:?}"
        );
    }
}

#[test]
fn the_name_of_an_environment_shows_all_its_characters() {
    for (character, quote) in characters() {
        let name: &'static str = format!("a{character}").leak();
        let settings =
            json!({"environment": name, "environments": [{"name": name, "mode": "strict"}]});
        let findings = [Finding::at("spec.containers[0].image", MOVING)];
        let mut expected = Answer::strict(findings).in_environment(name);
        expected.origin = format!(r#", environment "a{quote}""#);
        assert_eq!(
            answer(&quote, &create_pod_of(MOVING), &settings),
            expected.rejected(403),
            "{quote}"
        );
    }
}

#[test]
fn what_is_cut_is_cut_before_it_is_escaped() {
    // Three bytes each, of which 85 make 255.
    let name = "\u{200b}".repeat(86);
    let request = create_pod(json!({"containers": [container(&name, MOVING)]}));
    let mut finding = Finding::at("spec.containers[0].image", MOVING);
    finding.holder = Some(format!(r#"container "{}…""#, r"\u200b".repeat(85)));
    assert_eq!(
        answer("cut", &request, &json!({})),
        Answer::strict([finding]).rejected(403)
    );
}
