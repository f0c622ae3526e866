//! Tests updates in which the same values are written in other ways.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::{assert_written, deployment, found, rejected, warned, web};
use crate::key_order::order::in_order;
use crate::request::{MOVING, VERSION, container, with};
use crate::written::with_raw;

/// JSON in which every letter of every string is escaped.
fn escaped(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", escaped(&json!(key)), escaped(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(escaped).collect();
            format!("[{}]", items.join(","))
        }
        Value::String(text) => {
            let units: Vec<String> = text
                .encode_utf16()
                .map(|unit| format!("\\u{unit:04X}"))
                .collect();
            format!("\"{}\"", units.join(""))
        }
        _ => value.to_string(),
    }
}

/// Ways of writing the same object.
fn spellings(object: &Value) -> Vec<(&'static str, String)> {
    let reversed: fn(&str, &str) -> Ordering = |a, b| b.cmp(a);
    let spaced = serde_json::to_string_pretty(object).unwrap();
    vec![
        ("compact", object.to_string()),
        ("spaced", spaced.replace('\n', "\r\n\t")),
        ("reversed", in_order(object, reversed)),
        ("escaped", escaped(object)),
        ("slashes", object.to_string().replace('/', "\\/")),
    ]
}

#[test]
fn every_spelling_of_the_same_template_is_the_same() {
    let object = with(
        &web(),
        "/spec/template/metadata/labels",
        json!({"app": "web", "b": "ä☃😀", "c": "\"\\/\n"}),
    );
    let other = super::restarted(&object);
    for (new_spelling, new) in spellings(&object) {
        for (old_spelling, old) in spellings(&object) {
            let case = format!("{new_spelling} after {old_spelling}");
            assert_written(&case, &new, &old, &warned([found()]));
        }
        for (old_spelling, old) in spellings(&other) {
            let case = format!("{new_spelling} after {old_spelling} of another");
            assert_written(&case, &new, &old, &rejected([found()]));
        }
    }
}

#[test]
fn no_spelling_hides_another_image() {
    let pinned = deployment(json!([container("web", VERSION)]));
    for (new_spelling, new) in spellings(&web()) {
        for (old_spelling, old) in spellings(&pinned) {
            let case = format!("{new_spelling} after {old_spelling}");
            assert_written(&case, &new, &old, &rejected([found()]));
        }
    }
}

/// A Deployment with a number in its template, written like this.
fn numbered(number: &str) -> String {
    let spec = with(&web(), "/spec/template/spec/priority", Value::Null);
    with_raw(&spec, "/spec/template/spec/priority", number)
}

#[test]
fn a_number_in_another_spelling_hides_no_other_image() {
    for new in ["1", "1.0", "1e0", "10E-1", "-0"] {
        for old in ["1", "1.0", "1e0", "0.1e+1", "0"] {
            let case = format!("{new} after {old}");
            let pinned = numbered(old).replace(MOVING, VERSION);
            assert_written(&case, &numbered(new), &pinned, &rejected([found()]));
        }
        let case = format!("{new} twice");
        assert_written(&case, &numbered(new), &numbered(new), &warned([found()]));
    }
}

#[test]
fn another_number_is_another_template() {
    for (new, old) in [
        ("1", "2"),
        ("1.0", "1.5"),
        ("1", "-1"),
        ("1", "\"1\""),
        ("1", "true"),
        ("0", "null"),
        ("18446744073709551615", "18446744073709551614"),
        ("-9223372036854775808", "-9223372036854775807"),
    ] {
        let case = format!("{new} after {old}");
        assert_written(&case, &numbered(new), &numbered(old), &rejected([found()]));
    }
}

#[test]
fn items_in_another_order_are_another_template() {
    let args = |args: Value| with(&web(), "/spec/template/spec/containers/0/args", args);
    let [new, old] = [json!(["a", "b"]), json!(["b", "a"])].map(|list| args(list).to_string());
    assert_written("other", &new, &old, &rejected([found()]));
    assert_written("same", &new, &new, &warned([found()]));
}

#[test]
fn a_null_field_differs_from_a_missing_one() {
    let null = with(&web(), "/spec/template/spec/nodeName", Value::Null).to_string();
    assert_written("new", &null, &web().to_string(), &rejected([found()]));
    assert_written("old", &web().to_string(), &null, &rejected([found()]));
    assert_written("same", &null, &null, &warned([found()]));
}
