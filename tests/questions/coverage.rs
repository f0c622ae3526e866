//! Checks that the form has a question for every setting, with all its values, unless there
//! is a reason to leave the setting to YAML.

use serde_json::{Value, json};

use crate::form::{errors, list, questions, text};

/// Settings that no form can send, and the reasons.
const LEFT_TO_YAML: [(&str, &str); 1] = [(
    "customResources",
    "images is a list of objects in an item: the UI's editor cannot read what it wrote",
)];

/// The fields that an object of the settings can have; none for a setting that is not an
/// object.
fn fields(settings: &dyn Fn(Value) -> Value) -> Vec<String> {
    let errors = errors(&settings(json!({"?": 1})));
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let names = errors
        .iter()
        .find_map(|error| error.split_once(r#" has no field "?": it can have "#));
    let names = names.map(|(_, names)| names.split(", ").map(str::to_owned));
    names.into_iter().flatten().collect()
}

/// The path of every setting that is not an object; `[]` stands for an item.
fn settings_below(path: &str, settings: &dyn Fn(Value) -> Value) -> Vec<String> {
    let mut found = Vec::new();
    for name in fields(settings) {
        let of_object = |value: Value| settings(json!({ &*name: value }));
        let of_item = |value: Value| settings(json!({ &*name: [value] }));
        let path = format!("{path}{name}");
        let mut below = settings_below(&format!("{path}."), &of_object);
        below.extend(settings_below(&format!("{path}[]."), &of_item));
        if below.is_empty() {
            found.push(path);
        }
        found.append(&mut below);
    }
    found
}

/// The path of every setting that has a question, and the question.
fn asked() -> Vec<(String, Value)> {
    let mut asked = Vec::new();
    for question in questions() {
        let variable = text(&question, "variable").to_owned();
        for inner in list(&question, "sequence_questions") {
            let fields = list(inner, "subquestions");
            let inner = if fields.is_empty() {
                std::slice::from_ref(inner)
            } else {
                fields
            };
            for one in inner {
                asked.push((
                    format!("{variable}[].{}", text(one, "variable")),
                    one.clone(),
                ));
            }
        }
        if question.get("hide_input").is_none() && text(&question, "type") != "sequence[" {
            asked.push((variable, question));
        }
    }
    asked
}

/// Whether a setting is at a path or below it.
fn is_within(setting: &str, path: &str) -> bool {
    setting
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("[]"))
}

#[test]
fn every_setting_is_asked_for_or_left_to_yaml() {
    let settings = settings_below("", &|value| value);
    for setting in &settings {
        let is_asked = asked().iter().any(|(path, _)| is_within(setting, path));
        let is_left = LEFT_TO_YAML
            .iter()
            .any(|(path, _)| is_within(setting, path));
        assert!(
            is_asked != is_left,
            "{setting}: asked {is_asked}, left {is_left}"
        );
    }
    assert!(settings.len() > 25, "{settings:?}");
}

#[test]
fn every_question_asks_for_a_setting() {
    let settings = settings_below("", &|value| value);
    for (path, _) in asked() {
        assert!(
            settings.iter().any(|setting| is_within(setting, &path)),
            "{path}"
        );
    }
}

/// The error of the settings for a value that they refuse.
fn refusal(path: &str, value: &str) -> String {
    let (list, variable) = path.split_once("[].").unwrap_or(("", path));
    let mut settings = json!(value);
    for key in variable.rsplit('.') {
        settings = json!({ key: settings });
    }
    if !list.is_empty() {
        settings = json!({ list: [settings] });
    }
    let path = path.replace("[]", "[0]");
    let errors = errors(&settings);
    let of_it = errors.iter().map(ToString::to_string);
    let mut of_it = of_it.filter_map(|error| Some(error.strip_prefix(&path)?.to_owned()));
    of_it.next_back().unwrap_or_default()
}

#[test]
fn every_enum_has_exactly_the_accepted_values() {
    let mut compared = 0;
    for (path, question) in asked() {
        if text(&question, "type") == "enum" {
            let refused = refusal(&path, "?");
            let accepted = refused.strip_prefix(" must be ").unwrap();
            let accepted = accepted.strip_suffix(r#", not "?""#).unwrap();
            let accepted = accepted.replace(" or ", ", ");
            let accepted: Vec<_> = accepted.split(", ").collect();
            assert_eq!(list(&question, "options"), accepted, "{path}");
            for option in accepted {
                assert_eq!(refusal(&path, option), "");
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 7);
}
