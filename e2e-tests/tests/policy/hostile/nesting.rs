//! Payloads with a hundred thousand nested lists or objects.

use serde_json::json;

use super::field::{self, Field, Holds};
use super::{NO_JSON, OBJECT, payload, refusals, refusals_with, variables};
use crate::answer::{ACCEPTED, Expected};
use crate::answer_to;
use crate::request::{MOVING, with};
use crate::written::{nested_lists, nested_objects, with_raw};

const DEPTH: usize = 100_000;

/// Fields of a payload outside of its object that are skipped.
const SKIPPED: [&str; 4] = [
    "/more",
    "/request/uid",
    "/request/oldObject",
    "/request/options",
];

/// Fields of the object that are skipped, unless settings need more of the object.
const SKIPPED_OF_OBJECT: [&str; 6] = [
    "/request/object/status",
    "/request/object/metadata/managedFields",
    "/request/object/metadata/annotations/example.com~1note",
    "/request/object/spec/serviceAccountName",
    "/request/object/spec/containers/0/resources",
    "/request/object/spec/volumes/0/more",
];

fn nested() -> [String; 2] {
    [nested_lists(DEPTH), nested_objects(DEPTH)]
}

#[test]
fn skipped_fields_may_nest_at_any_depth() {
    for raw in nested() {
        let of_payload = SKIPPED.iter().map(|pointer| (pointer, variables()));
        let of_object = SKIPPED_OF_OBJECT.iter().map(|pointer| (pointer, json!({})));
        for (pointer, settings) in of_payload.chain(of_object) {
            let case = format!("{} deep in {pointer}", &raw[..1]);
            let payload = with_raw(&payload(&settings), pointer, &raw);
            assert_eq!(answer_to(&case, payload.as_bytes()), ACCEPTED, "{case}");
        }
    }
}

#[test]
fn an_object_read_whole_may_be_127_levels_deep() {
    for pointer in SKIPPED_OF_OBJECT {
        for (settings, expected) in refusals(OBJECT) {
            for raw in nested() {
                let case = format!("{} deep in {pointer} with {settings}", &raw[..1]);
                let payload = with_raw(&payload(&settings), pointer, &raw);
                assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
            }
        }
    }
    let status = |levels| {
        with_raw(
            &payload(&variables()),
            SKIPPED_OF_OBJECT[0],
            &nested_lists(levels),
        )
    };
    assert_eq!(answer_to("127", status(126).as_bytes()), ACCEPTED);
    assert_eq!(
        answer_to("128", status(127).as_bytes()),
        Expected::strict([]).unreadable([OBJECT]).rejected(400)
    );
}

#[test]
fn fields_that_are_read_count_towards_127_levels() {
    // The payload, the request and the user are three levels.
    let of_user = |levels| {
        let lists = nested_lists(levels);
        with_raw(&payload(&variables()), "/request/userInfo/extra", &lists)
    };
    assert_eq!(answer_to("127", of_user(124).as_bytes()), ACCEPTED);
    assert_eq!(answer_to("128", of_user(125).as_bytes()), *NO_JSON);
    // The payload and the settings are two levels.
    let mode = |levels| {
        let lists = nested_lists(levels).replace("[]", "[1]");
        let image = "/request/object/spec/containers/0/image";
        let payload = with(&payload(&json!({})), image, json!(MOVING));
        with_raw(&payload, "/settings/mode", &lists)
    };
    assert_eq!(
        answer_to("127", mode(125).as_bytes()),
        Expected::unusable_settings(["mode"])
    );
    assert_eq!(answer_to("128", mode(126).as_bytes()), *NO_JSON);
}

/// Whether a field is read of every object, and not only where the settings say so.
fn is_always_read(field: &Field) -> bool {
    !field.path.contains(".env")
}

fn is_of_object(field: &Field) -> bool {
    !field.path.starts_with("request.")
}

#[test]
fn refuses_nested_lists_in_every_field_that_is_read() {
    for field in field::all().iter().filter(|field| is_always_read(field)) {
        for (settings, _) in refusals("") {
            let case = format!("lists deep as {} with {settings}", field.path);
            let raw = nested_lists(DEPTH);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
            assert_eq!(answer_to(&case, payload.as_bytes()), *NO_JSON, "{case}");
        }
    }
}

#[test]
fn refuses_nested_objects_in_every_field_of_the_envelope() {
    let of_envelope = ["/request/kind/version", "/request/userInfo/extra"];
    let fields = field::all();
    let fields = fields.iter().filter(|field| !is_of_object(field));
    let fields = fields.map(|field| field.pointer.as_str());
    for pointer in fields.chain(of_envelope) {
        for (settings, _) in refusals("") {
            let case = format!("objects deep as {pointer} with {settings}");
            let payload = with_raw(&payload(&settings), pointer, &nested_objects(DEPTH));
            assert_eq!(answer_to(&case, payload.as_bytes()), *NO_JSON, "{case}");
        }
    }
}

#[test]
fn a_nested_variable_makes_an_object_unreadable() {
    let all = field::all();
    let fields: Vec<_> = all.iter().filter(|field| !is_always_read(field)).collect();
    assert_eq!(fields.len(), 10);
    for field in fields {
        for (settings, expected) in refusals(OBJECT) {
            for raw in nested() {
                let case = format!("{} deep as {} with {settings}", &raw[..1], field.path);
                let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
                assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
            }
        }
    }
}

#[test]
fn a_nested_object_is_a_wrong_type_in_other_fields() {
    let raw = nested_objects(DEPTH);
    for field in field::all() {
        if !is_of_object(&field) || !is_always_read(&field) || field.holds == Holds::Object {
            continue;
        }
        for (settings, expected) in refusals_with(&json!({}), &field.path) {
            let case = format!("objects deep as {} with {settings}", field.path);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
            assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
        }
    }
}

#[test]
fn skips_nested_objects_below_an_object_that_is_read() {
    let raw = nested_objects(DEPTH);
    for field in field::all() {
        if !is_of_object(&field) || !is_always_read(&field) || field.holds != Holds::Object {
            continue;
        }
        // An empty object lacks the same fields as null, except as an item of a list.
        let lacks = match field.path.as_str() {
            "object" => Some("spec.containers"),
            path if path.ends_with(']') => None,
            _ => field.null,
        };
        for (settings, refusal) in refusals_with(&json!({}), lacks.unwrap_or_default()) {
            let case = format!("objects deep as {} with {settings}", field.path);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
            let expected = lacks.map_or(ACCEPTED, |_| refusal);
            assert_eq!(answer_to(&case, payload.as_bytes()), expected, "{case}");
        }
        for (settings, expected) in refusals(OBJECT) {
            let case = format!("objects deep as {} with {settings}", field.path);
            let payload = with_raw(&(field.payload)(&settings), &field.pointer, &raw);
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
        assert_eq!(answer_to("settings", payload.as_bytes()), *NO_JSON);
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
