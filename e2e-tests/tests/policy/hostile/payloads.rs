//! Small payloads of every sort.

use serde_json::json;

use super::{NO_JSON, payload, variables};
use crate::answer::{ACCEPTED, Expected};
use crate::answer_to;
use crate::request::with;

#[test]
fn refuses_payloads_that_are_no_object_with_a_request() {
    for payload in [
        "",
        " ",
        "\n",
        "null",
        "true",
        "1",
        "1e999",
        "\"x\"",
        "[]",
        "{}",
        "[{}]",
        "{\"request\":null}",
        "{\"settings\":{}}",
        "{\"Request\":{}}",
        "{\"request\"}",
        "{\"request\":}",
        "{request:{}}",
        "{\"request\":{},}",
        "{\"request\":{}}}",
        "\u{0}",
        "{}\u{0}",
        "\u{feff}{}",
        "{",
        "}",
        "\"",
        "\\",
        "nan",
        "Infinity",
        "+1",
        "01",
        "'x'",
        "/* */{}",
        "\u{1f600}",
    ] {
        assert_eq!(
            answer_to(payload, payload.as_bytes()),
            *NO_JSON,
            "{payload:?}"
        );
    }
}

#[test]
fn a_byte_order_mark_makes_a_payload_no_json() {
    let payload = format!("\u{feff}{}", payload(&variables()));
    assert_eq!(answer_to("mark", payload.as_bytes()), *NO_JSON);
}

#[test]
fn refuses_other_encodings() {
    let text = payload(&variables()).to_string();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(answer_to("UTF-16", &wide), *NO_JSON);
    let marked = [&[0xff, 0xfe], wide.as_slice()].concat();
    assert_eq!(answer_to("UTF-16 with a mark", &marked), *NO_JSON);
}

#[test]
fn an_empty_request_lacks_what_every_request_has() {
    for (request, paths) in [
        ("{}", &["request.kind", "request.operation"][..]),
        (r#"{"kind":{"kind":"Pod"}}"#, &["request.operation"]),
        (r#"{"operation":"CREATE"}"#, &["request.kind"]),
        (r#"{"operation":"CREATE","kind":null}"#, &["request.kind"]),
        (
            r#"{"operation":"CREATE","kind":{}}"#,
            &["request.kind.kind"],
        ),
        (
            r#"{"operation":"CREATE","kind":{"kind":""}}"#,
            &["request.kind.kind"],
        ),
        (
            r#"{"operation":"CREATE","kind":{"kind":"Pod"}}"#,
            &["object"],
        ),
    ] {
        let payload = format!(r#"{{"request":{request},"settings":{{}}}}"#);
        assert_eq!(
            answer_to(request, payload.as_bytes()),
            Expected::strict([])
                .unreadable(paths.iter().copied())
                .rejected(400),
            "{request}"
        );
    }
}

#[test]
fn a_nul_is_a_character_like_others() {
    let text = payload(&variables()).to_string();
    // A raw NUL is no JSON, neither in a string nor outside of one.
    for at in 0..=text.len() {
        if text.is_char_boundary(at) {
            let payload = format!("{}\u{0}{}", &text[..at], &text[at..]);
            let case = format!("NUL at {at}");
            assert_eq!(answer_to(&case, payload.as_bytes()), *NO_JSON, "{case}");
        }
    }
    let payload = payload(&json!({}));
    for pointer in [
        "/request/uid",
        "/request/namespace",
        "/request/object/spec/containers/0/name",
    ] {
        let payload = with(&payload, pointer, json!("a\u{0}b"));
        assert_eq!(
            answer_to(pointer, payload.to_string().as_bytes()),
            ACCEPTED,
            "{pointer}"
        );
    }
}

#[test]
fn more_fields_than_are_known_change_nothing() {
    let mut payload = payload(&variables());
    for pointer in [
        "",
        "/request",
        "/request/kind",
        "/request/userInfo",
        "/request/object",
        "/request/object/spec",
    ] {
        for key in [
            "",
            "request",
            "settings",
            "Image",
            "IMAGE",
            "containers[0]",
            "\u{0}",
        ] {
            let target = format!("{pointer}/{}", key.replace('/', "~1"));
            if payload.pointer(&target).is_none() {
                payload = with(&payload, &target, json!({"image": "web"}));
            }
        }
    }
    assert_eq!(answer_to("more", payload.to_string().as_bytes()), ACCEPTED);
}
