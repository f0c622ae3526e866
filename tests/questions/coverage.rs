//! Checks that the form has a question for every setting, with all its values, unless there
//! is a reason to leave the setting to YAML.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use mutable_tags_policy::settings::{SettingsError, SettingsErrorKind};
use serde_json::{Value, json};

use crate::form::{errors, list, questions, text};

/// Settings that no form can send, and the reasons.
const LEFT_TO_YAML: [(&str, &str); 2] = [
    (
        "customResources",
        "images is a list of objects in an item: the UI's editor cannot read what it wrote",
    ),
    (
        "tags.mirrors",
        "the UI takes a map away when the value of an enum is changed",
    ),
];

/// Every quoted word in the sources of the settings, which include the names of all fields and
/// values. The kinds of errors then tell which of the words are names, and no test has to read
/// the messages.
fn words() -> &'static BTreeSet<String> {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/settings");
        let files = fs::read_dir(folder).unwrap();
        let sources: String = files
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        let is_letter = |c: char| c.is_ascii_alphabetic() || c == '-';
        let quoted = sources.split('"');
        quoted
            .filter(|text| !text.is_empty() && text.chars().all(is_letter))
            .map(str::to_owned)
            .collect()
    });
    &WORDS
}

/// The fields that an object of the settings can have; none for a setting that is not an
/// object.
fn fields(settings: &dyn Fn(Value) -> Value) -> Vec<String> {
    let is_unknown = |name: &str| {
        let errors = errors(&settings(json!({ name: 1 })));
        let mut kinds = errors.iter().map(SettingsError::kind);
        kinds.any(|kind| kind == SettingsErrorKind::Unknown)
    };
    if !is_unknown("?") {
        return Vec::new();
    }
    let known = words().iter().filter(|name| !is_unknown(name));
    known.cloned().collect()
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

/// Whether a setting accepts a text as its value.
fn is_accepted(path: &str, value: &str) -> bool {
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
    let mut paths = errors.iter().map(SettingsError::path);
    paths.all(|other| other != path)
}

#[test]
fn every_enum_has_exactly_the_accepted_values() {
    let mut compared = 0;
    for (path, question) in asked() {
        if text(&question, "type") == "enum" {
            let options = list(&question, "options").iter();
            let options: BTreeSet<_> = options.map(|option| option.as_str().unwrap()).collect();
            let accepted = words().iter().filter(|word| is_accepted(&path, word));
            let accepted: BTreeSet<_> = accepted.map(String::as_str).collect();
            assert_eq!(options, accepted, "{path}");
            compared += 1;
        }
    }
    assert_eq!(compared, 8);
}
