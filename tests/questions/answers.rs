//! Checks that the settings that the form sends are valid, or refused with an error that
//! names a question.

use std::collections::BTreeMap;

use mutable_tags_policy::settings::Settings;
use serde_json::{Value, json};

use crate::form::{
    get, is_shown, list, mean_nothing, opened, problems, question, questions, sends_its_default,
    text, with,
};

const REGISTRIES_MISSING: &str = "registries: missing";

/// The settings that the form sends without any change.
fn untouched() -> Value {
    opened(json!({}))
}

/// Every answer but the default, for each question with few answers.
fn changes() -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    for question in questions() {
        let options = match text(&question, "type") {
            "boolean" => vec![json!(true), json!(false)],
            _ => list(&question, "options").to_vec(),
        };
        for option in options {
            if question.get("default") != Some(&option) {
                changes.push((text(&question, "variable").to_owned(), option));
            }
        }
    }
    changes
}

fn changed(settings: Value, (variable, value): &(String, Value)) -> Value {
    opened(with(settings, variable, value.clone()))
}

/// Settings with an item in every list that is only shown on a condition.
fn filled(settings: Value) -> Value {
    let registries = question("registries");
    assert_eq!(conditionals(), std::slice::from_ref(&registries));
    if is_shown(&registries, &settings) {
        with(settings, "registries", json!(["ghcr.io"]))
    } else {
        settings
    }
}

fn conditionals() -> Vec<Value> {
    let questions = questions().into_iter();
    questions
        .filter(|question| question.get("show_if").is_some())
        .collect()
}

#[test]
fn the_untouched_form_means_what_no_settings_mean() {
    assert!(mean_nothing(&untouched()), "{}", untouched());
    let sent = untouched();
    for question in questions() {
        let variable = text(&question, "variable");
        let expected = question.get("default");
        let expected = expected.filter(|_| sends_its_default(&question));
        assert_eq!(get(&sent, variable), expected, "{variable}");
    }
}

#[test]
fn the_untouched_form_leaves_settings_as_they_are() {
    let settings = json!({
        "mode": "lenient",
        "tags": {"mutable": ["nginx"]},
        "customResources": [{"kind": "Kafka", "images": [{"image": "spec.image"}]}],
        "registries": ["ghcr.io"],
    });
    let (before, after) = (settings.to_string(), opened(settings).to_string());
    assert_eq!(Settings::parse(&before), Settings::parse(&after));
    assert_ne!(before, after);
}

#[test]
fn a_row_that_is_left_blank_counts_as_none() {
    let mut rows = 0;
    for question in questions() {
        if text(&question, "type") == "array[" {
            let settings = with(untouched(), text(&question, "variable"), json!([""]));
            assert!(mean_nothing(&settings), "{settings}");
            rows += 1;
        }
    }
    assert_eq!(rows, 7);
}

#[test]
fn the_pull_policies_to_choose_from_are_told() {
    let description = question("pullPolicies");
    let description = text(&description, "description");
    let refused = problems(&with(untouched(), "pullPolicies", json!(["?"])));
    assert_eq!(refused, ["pullPolicies[0]: value"]);
    assert!(description.contains("Always, IfNotPresent or Never"));
}

#[test]
fn every_single_change_is_valid_or_names_what_is_missing() {
    let mut refused = BTreeMap::new();
    for change in changes() {
        let problems = problems(&changed(untouched(), &change));
        if !problems.is_empty() {
            refused.insert(format!("{}: {}", change.0, change.1), problems);
        }
    }
    let missing = vec![REGISTRIES_MISSING.to_owned()];
    let unverified = "drift.allowVerified: contradiction";
    let expected = [
        (r#"adjust: "pin""#.to_owned(), missing.clone()),
        ("drift.check: true".to_owned(), missing),
        (
            "drift.allowVerified: true".to_owned(),
            vec![unverified.to_owned()],
        ),
    ];
    assert_eq!(refused, BTreeMap::from(expected));
}

/// The second change can undo the first.
#[test]
fn errors_after_two_changes_name_a_visible_question() {
    let mut messages = BTreeMap::new();
    for first in changes() {
        for second in changes() {
            let once = filled(changed(untouched(), &first));
            let twice = filled(changed(once, &second));
            for problem in problems(&twice) {
                let (path, _) = problem.split_once(':').unwrap();
                assert!(is_shown(&question(path), &twice), "{problem} in {twice}");
                messages.insert(problem, twice.clone());
            }
        }
    }
    let messages: Vec<_> = messages.keys().map(String::as_str).collect();
    assert_eq!(
        messages,
        [
            "adjust: contradiction",
            "drift.allowVerified: contradiction",
        ]
    );
}

/// The UI keeps the value of a question that it hides again.
#[test]
fn settings_of_a_hidden_question_are_valid() {
    for change in changes() {
        let (variable, _) = &change;
        let shown = filled(changed(untouched(), &change));
        let default = question(variable).get("default").unwrap().clone();
        let hidden = changed(shown, &(variable.clone(), default));
        for conditional in conditionals() {
            assert!(!is_shown(&conditional, &hidden), "{hidden}");
        }
        assert_eq!(problems(&hidden), Vec::<String>::new(), "{hidden}");
    }
}

#[test]
fn registries_are_asked_for_only_where_they_are_needed() {
    let registries = question("registries");
    for change in changes() {
        let settings = changed(untouched(), &change);
        let is_needed = problems(&settings) == [REGISTRIES_MISSING];
        assert_eq!(is_shown(&registries, &settings), is_needed, "{settings}");
    }
}
