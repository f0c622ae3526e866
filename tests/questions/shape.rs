//! Checks that the form only uses what the UI reads, and avoids its bugs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::form::{list, question, questions, text};

/// The keys of a question that the UI reads.
const KEYS: [&str; 11] = [
    "variable",
    "label",
    "group",
    "type",
    "description",
    "default",
    "options",
    "hide_input",
    "show_if",
    "required",
    "sequence_questions",
];

fn assert_is_told(question: &Value, keys: &[&str]) {
    for key in question.as_object().unwrap().keys() {
        assert!(keys.contains(&key.as_str()), "{key} in {question}");
    }
    for key in ["variable", "label", "type", "description"] {
        assert!(
            !text(question, key).trim().is_empty(),
            "{key} in {question}"
        );
    }
}

fn assert_names_are_unique(questions: &[Value]) {
    for key in ["variable", "label"] {
        let names: BTreeSet<_> = questions.iter().map(|one| text(one, key)).collect();
        assert_eq!(names.len(), questions.len(), "{key}: {names:?}");
    }
}

/// The default must have the type of the question. The default of a list must be empty: the
/// UI only sends it within an item, and only adds items where there is a default.
fn assert_has_a_valid_default(question: &Value) {
    let default = question.get("default");
    let options = list(question, "options");
    let is_allowed = match text(question, "type") {
        "string" => default == Some(&json!("")),
        "boolean" => default.is_some_and(Value::is_boolean),
        "enum" => default.is_some_and(|default| options.contains(default)),
        "array[" | "sequence[" => default == Some(&json!([])),
        "map[" => default == Some(&json!({})),
        unknown => panic!("{unknown} in {question}"),
    };
    assert!(is_allowed, "{question}");
    let names: BTreeSet<_> = options.iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(names.len(), options.len(), "{question}");
    assert_eq!(options.is_empty(), text(question, "type") != "enum");
}

#[test]
fn the_ui_can_ask_every_question() {
    let questions = questions();
    assert_names_are_unique(&questions);
    for question in &questions {
        assert_is_told(question, &KEYS);
        assert!(!text(question, "group").is_empty(), "{question}");
        // The UI looks for a required setting by its first field only, shown or not.
        assert_eq!(question.get("required"), None, "{question}");
        if question.get("hide_input").is_none() {
            assert_has_a_valid_default(question);
            // A change of an enum removes the other values of the same map.
            assert_ne!(text(question, "type"), "map[", "{question}");
        }
    }
}

#[test]
fn a_text_without_an_input_sends_nothing() {
    for question in questions() {
        if question.get("hide_input").is_some() {
            assert_eq!(question.get("hide_input"), Some(&json!(true)));
            assert_eq!(text(&question, "type"), "string");
            // The UI would send even null, under a name that is not a setting.
            assert_eq!(question.get("default"), None, "{question}");
        }
    }
}

#[test]
fn the_ui_can_ask_every_question_of_an_item() {
    const KEYS: [&str; 8] = [
        "variable",
        "label",
        "type",
        "description",
        "default",
        "options",
        "required",
        "subquestions",
    ];
    for sequence in questions() {
        let is_sequence = text(&sequence, "type") == "sequence[";
        let asked = list(&sequence, "sequence_questions");
        assert_eq!(is_sequence, !asked.is_empty(), "{sequence}");
        // The item would become a field whose name contains a dot.
        assert!(!is_sequence || !text(&sequence, "variable").contains('.'));
        assert_names_are_unique(asked);
        for question in asked {
            assert_is_told(question, &KEYS);
            assert_has_a_valid_default(question);
            assert!(!text(question, "variable").contains('.'), "{question}");
            // The UI's editor for a list in an item cannot read its own output.
            assert_ne!(text(question, "type"), "sequence[", "{question}");
            let is_edited_as_yaml = text(question, "type") == "map[";
            assert_eq!(is_edited_as_yaml, question.get("subquestions").is_some());
        }
    }
}

#[test]
fn every_field_of_an_items_object_is_directly_in_it() {
    for sequence in questions() {
        for object in list(&sequence, "sequence_questions") {
            let prefix = format!("{}.", text(object, "variable"));
            let fields = list(object, "subquestions");
            assert_names_are_unique(fields);
            for field in fields {
                assert_is_told(
                    field,
                    &["variable", "label", "type", "description", "default"],
                );
                assert_has_a_valid_default(field);
                let name = text(field, "variable").strip_prefix(&prefix).unwrap();
                assert!(!name.contains('.'), "{field}");
            }
        }
    }
}

/// The UI treats `a!=b` as an error and shows the question. It evaluates a condition with a
/// hyphen twice, with different results.
#[test]
fn every_condition_compares_with_a_possible_value() {
    for conditional in questions() {
        let condition = text(&conditional, "show_if").replace("&&", "||");
        for comparison in condition.split("||").filter(|part| !part.is_empty()) {
            assert!(!comparison.contains(['!', '-', '"', '(']), "{comparison}");
            let (variable, value) = comparison.split_once('=').unwrap();
            let question = question(variable.trim());
            let values = match text(&question, "type") {
                "boolean" => vec![json!("true"), json!("false")],
                _ => list(&question, "options").to_vec(),
            };
            assert!(values.contains(&json!(value.trim())), "{comparison}");
        }
    }
}

#[test]
fn the_questions_of_a_group_stand_together() {
    let groups = questions()
        .into_iter()
        .map(|one| text(&one, "group").to_owned());
    let mut groups: Vec<_> = groups.collect();
    groups.dedup();
    let unique: BTreeSet<_> = groups.iter().collect();
    assert_eq!(unique.len(), groups.len(), "{groups:?}");
}
