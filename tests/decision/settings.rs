//! Valid settings, and invalid ones with all their errors.

use mutable_tags_policy::admission::{parse_settings, validate_settings};
use mutable_tags_policy::image::ImageReference;
use mutable_tags_policy::settings::{Mode, ModeOrigin};
use serde_json::{Value, json};

use crate::actual::settings_errors;
use crate::case::cases;
use crate::test;

/// The settings of a case; `json` replaces settings that YAML cannot express.
pub(crate) fn payload(case: &Value) -> String {
    match case.get("json") {
        Some(json) => json.as_str().unwrap().to_owned(),
        None => case.get("settings").unwrap().to_string(),
    }
}

pub(crate) fn settings_cases() -> Vec<Value> {
    cases(include_str!("../cases/settings.yaml"))
}

#[test]
fn validates_the_settings_of_every_case() {
    let mut wrong = Vec::new();
    for case in settings_cases() {
        let found = match parse_settings(payload(&case).as_bytes()) {
            Ok(_) => (Some(json!(true)), None),
            Err(invalid) => (None, Some(settings_errors(&invalid))),
        };
        let expected = (case.get("valid").cloned(), case.get("errors").cloned());
        if found != expected {
            let note = case.get("note").and_then(Value::as_str).unwrap();
            wrong.push(format!(
                "{note}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn answers_whether_settings_are_valid_and_why_not() {
    for case in settings_cases() {
        let payload = payload(&case);
        let answer: Value = serde_json::from_slice(&validate_settings(payload.as_bytes())).unwrap();
        let invalid = parse_settings(payload.as_bytes()).err();
        let message = invalid.as_ref().map(ToString::to_string);
        assert_eq!(
            answer,
            json!({"valid": invalid.is_none(), "message": message})
        );
    }
}

#[test]
fn refuses_settings_that_are_not_utf_8() {
    let invalid = parse_settings(b"{\"mode\":\"\xff\"}").unwrap_err();
    assert_eq!(settings_errors(&invalid), json!(["settings: json"]));
}

#[test]
fn reports_a_hundred_unknown_fields_of_an_object_and_no_more() {
    let reported = |count: usize| {
        let fields = (0..count).map(|number| (format!("unknown{number}"), json!(1)));
        let settings = Value::Object(fields.collect()).to_string();
        let invalid = parse_settings(settings.as_bytes()).unwrap_err();
        settings_errors(&invalid).as_array().map(Vec::len)
    };
    assert_eq!(reported(100), Some(100));
    assert_eq!(reported(101), Some(100));
}

#[test]
fn returns_the_indexes_of_an_images_exemptions() {
    let settings = json!({"exemptions": [
        {"images": ["acme/db"], "reason": "a trial"},
        {"images": ["acme/**"], "reason": "a trial"},
        {"namespaces": ["ci"], "reason": "a trial"},
    ]});
    let settings = parse_settings(settings.to_string().as_bytes()).unwrap();
    for (image, indexes) in [
        ("acme/db:main", vec![0, 1, 2]),
        ("acme/web:main", vec![1, 2]),
        ("other/web:main", vec![2]),
    ] {
        let reference = ImageReference::try_from(image).unwrap();
        assert_eq!(settings.exemptions_of(&reference), indexes, "{image}");
    }
}

#[test]
fn lists_the_modes_that_requests_can_get() {
    let settings = json!({
        "mode": "lenient",
        "environments": [
            {"name": "test", "mode": "lenient", "namespaces": ["e2e-*"]},
            {"name": "shop", "mode": "strict", "namespaces": ["shop"]},
        ],
    });
    let test = (Mode::Lenient, ModeOrigin::Environment("test"));
    let shop = (Mode::Strict, ModeOrigin::Environment("shop"));
    let others = (Mode::Lenient, ModeOrigin::NoMatch);
    let chosen = json!({"environment": "shop", "environments": settings["environments"]});
    for (settings, expected) in [
        (settings, vec![test, shop, others]),
        (chosen, vec![shop]),
        (json!({}), vec![(Mode::Strict, ModeOrigin::NoEnvironments)]),
    ] {
        let settings = parse_settings(settings.to_string().as_bytes()).unwrap();
        let modes = settings.modes().into_iter();
        let modes: Vec<_> = modes.map(|own| (own.mode(), own.origin())).collect();
        assert_eq!(modes, expected);
    }
}

#[test]
fn refuses_settings_of_more_than_100_kibibytes() {
    let errors = |bytes: usize| {
        let settings = format!("{{}}{}", " ".repeat(bytes - 2));
        let parsed = parse_settings(settings.as_bytes());
        parsed.map_err(|invalid| settings_errors(&invalid)).err()
    };
    assert_eq!(errors(100 << 10), None);
    assert_eq!(errors((100 << 10) + 1), Some(json!(["settings: value"])));
}

#[test]
fn names_the_mirror_by_which_a_publisher_is_recognised() {
    let settings = json!({"tags": {"mirrors": {"Harbor.example/dockerhub/": "docker.io"}}});
    let settings = parse_settings(settings.to_string().as_bytes()).unwrap();
    for (image, mirror) in [
        (
            "harbor.example/dockerhub/library/nginx:1.27.3",
            Some("harbor.example/dockerhub/"),
        ),
        ("nginx:1.27.3", None),
    ] {
        let reference = ImageReference::try_from(image).unwrap();
        let found = settings.tags().publisher(&reference).unwrap();
        assert_eq!(found.mirror, mirror, "{image}");
    }
}
