//! A hundred thousand lists or objects within each other.

use serde_json::json;

use super::field::{self, Holds};
use super::{NO_JSON, payload, refusals, variables};
use crate::answer::{ACCEPTED, Expected};
use crate::answer_to;
use crate::written::{nested_lists, nested_objects, with_raw};

const DEPTH: usize = 100_000;

#[test]
fn what_is_skipped_may_nest_at_will() {
    for pointer in [
        "/more",
        "/request/uid",
        "/request/oldObject",
        "/request/options",
        "/request/kind/version",
        "/request/userInfo/extra",
        "/request/object/status",
        "/request/object/metadata/managedFields",
        "/request/object/metadata/annotations/example.com~1note",
        "/request/object/spec/serviceAccountName",
        "/request/object/spec/containers/0/resources",
        "/request/object/spec/volumes/0/more",
    ] {
        for raw in [nested_lists(DEPTH), nested_objects(DEPTH)] {
            let case = format!("{} deep in {pointer}", &raw[..1]);
            let payload = with_raw(&payload(&variables()), pointer, &raw);
            assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
        }
    }
}

#[test]
fn a_nested_value_in_place_of_a_field_that_is_read_is_a_wrong_type() {
    for field in field::all() {
        let lists = (nested_lists(DEPTH), Holds::List);
        let objects = (nested_objects(DEPTH), Holds::Object);
        for (raw, shape) in [lists, objects] {
            if field.holds == shape {
                continue;
            }
            for (settings, expected) in refusals(&field.path) {
                let case = format!("{shape:?} deep as {} with {settings}", field.path);
                let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
                assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
            }
        }
    }
}

#[test]
fn a_nested_item_of_a_list_that_is_read_is_a_wrong_type() {
    for field in field::all()
        .iter()
        .filter(|field| field.holds == Holds::List)
    {
        for (settings, expected) in refusals(&format!("{}[0]", field.path)) {
            let case = format!("lists deep in {} with {settings}", field.path);
            let raw = nested_lists(DEPTH);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
            assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
        }
    }
}

#[test]
fn what_nests_below_an_object_that_is_read_is_skipped() {
    let raw = nested_objects(DEPTH);
    for field in field::all()
        .iter()
        .filter(|field| field.holds == Holds::Object)
    {
        // What an empty object lacks there is the same as where it is null, but
        // for an item of a list.
        let lacks = match field.path.as_str() {
            "request.kind" => Some("request.kind.kind"),
            "object" => Some("spec.containers"),
            path if path.ends_with(']') => None,
            _ => field.null,
        };
        for (settings, refusal) in refusals(lacks.unwrap_or_default()) {
            let case = format!("objects deep as {} with {settings}", field.path);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
            let expected = lacks.map_or(ACCEPTED, |_| refusal);
            assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
        }
    }
}

#[test]
fn a_nested_payload_is_no_request() {
    for raw in [
        nested_lists(DEPTH),
        nested_objects(DEPTH),
        "[".repeat(DEPTH),
        "{\"request\":".repeat(DEPTH),
    ] {
        assert_eq!(answer_to("payload", raw.as_bytes()), *NO_JSON);
    }
    let request = format!(r#"{{"request":{}}}"#, nested_lists(DEPTH));
    assert_eq!(answer_to("request", request.as_bytes()), *NO_JSON);
}

#[test]
fn nested_settings_cannot_be_used() {
    for settings in [
        nested_lists(DEPTH),
        nested_objects(DEPTH),
        format!(r#"{{"mode":{}}}"#, nested_lists(DEPTH)),
        format!(r#"{{"tags":{{"mutable":{}}}}}"#, nested_objects(DEPTH)),
    ] {
        let payload = with_raw(&payload(&json!({})), "/settings", &settings);
        assert_eq!(
            answer_to("settings", payload.as_bytes()),
            Expected::unusable_settings(["settings"])
        );
        crate::settings::assert_invalid(&settings, &["settings"]);
    }
}

#[test]
fn nesting_that_is_not_closed_is_no_json() {
    for pointer in [
        "/request/uid",
        "/request/object/spec/containers",
        "/request/object/spec/containers/0/image",
    ] {
        for raw in ["[".repeat(DEPTH), "{\"a\":".repeat(DEPTH)] {
            let payload = with_raw(&payload(&variables()), pointer, &raw);
            assert_eq!(
                answer_to(pointer, payload.as_bytes()),
                *NO_JSON,
                "{pointer}"
            );
        }
    }
}
