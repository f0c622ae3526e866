//! The settings that a list of items sends, once an item is added.

use serde_json::{Value, json};

use crate::form::{added_item, opened, problems, question, with};

/// The settings after an item was added to the untouched form, and partly filled in.
fn settings_with(sequence: &str, answers: &[(&str, Value)]) -> Value {
    let mut item = added_item(&question(sequence));
    for (variable, value) in answers {
        item = with(item, variable, value.clone());
    }
    with(opened(json!({})), sequence, json!([item]))
}

/// The selector that the UI's editor sends once it was touched, and left empty.
fn blank_selector() -> Value {
    json!({"matchLabels": {}, "matchExpressions": []})
}

#[test]
fn an_added_item_has_every_field() {
    assert_eq!(
        added_item(&question("environments")),
        json!({"name": "", "mode": "strict", "namespaces": [], "namespaceSelector": {}})
    );
    assert_eq!(
        added_item(&question("exemptions")),
        json!({"images": [], "namespaces": [], "containers": [], "reason": ""})
    );
}

#[test]
fn an_added_item_is_refused_with_what_it_needs() {
    assert_eq!(
        problems(&settings_with("environments", &[])),
        ["environments[0].name: missing"]
    );
    assert_eq!(
        problems(&settings_with("exemptions", &[])),
        ["exemptions[0].reason: missing", "exemptions[0]: missing",]
    );
}

#[test]
fn refuses_an_environment_with_only_a_name() {
    let name = ("name", json!("test"));
    for selector in [json!({}), blank_selector()] {
        let answers = [name.clone(), ("namespaceSelector", selector)];
        assert_eq!(
            problems(&settings_with("environments", &answers)),
            ["environments[0]: missing"]
        );
    }
}

#[test]
fn an_environment_for_every_request_needs_its_name_alone() {
    let settings = settings_with("environments", &[("name", json!("test"))]);
    let settings = with(settings, "environment", json!("test"));
    assert_eq!(problems(&settings), Vec::<String>::new());
}

#[test]
fn an_environment_that_is_not_above_is_refused() {
    let settings = with(opened(json!({})), "environment", json!("test"));
    assert_eq!(problems(&settings), ["environment: value"]);
}

#[test]
fn an_environment_by_name_or_by_label_is_valid() {
    let labels = json!({"matchLabels": {"environment": "test"}, "matchExpressions": []});
    for (namespaces, selector) in [
        (json!(["e2e-*", ""]), json!({})),
        (json!(["e2e-*"]), blank_selector()),
        (json!([]), labels.clone()),
        (json!([""]), labels.clone()),
        (json!(["e2e-*"]), labels),
    ] {
        let settings = settings_with(
            "environments",
            &[
                ("name", json!("test")),
                ("mode", json!("lenient")),
                ("namespaces", namespaces),
                ("namespaceSelector", selector),
            ],
        );
        assert_eq!(problems(&settings), Vec::<String>::new(), "{settings}");
    }
}

#[test]
fn an_exemption_of_images_or_namespaces_is_valid() {
    for (variable, value) in [
        ("images", json!(["ghcr.io/acme/debug*"])),
        ("namespaces", json!(["kube-system"])),
    ] {
        let answers = [(variable, value), ("reason", json!("the mesh injects it"))];
        let settings = settings_with("exemptions", &answers);
        assert_eq!(problems(&settings), Vec::<String>::new(), "{settings}");
    }
}

#[test]
fn a_list_that_is_emptied_again_is_valid() {
    for sequence in ["environments", "exemptions"] {
        let settings = with(opened(json!({})), sequence, json!([]));
        assert_eq!(problems(&settings), Vec::<String>::new());
    }
}
