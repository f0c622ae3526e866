#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::json;

use super::*;

/// Renders each document as its place and its JSON, or as its error.
fn read(text: &str, syntax: Syntax) -> Vec<String> {
    documents("f", text.as_bytes(), syntax)
        .into_iter()
        .map(|document| match document {
            Ok(Document { place, value, .. }) => format!("{place} = {value}"),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[test]
fn splits_yaml_into_the_documents_with_content() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("# nothing\n", &[]),
        ("---\n---\n# nothing\n---\n", &[]),
        ("a: 1", &["f = {\"a\":1}"]),
        ("---\na: 1\n", &["f = {\"a\":1}"]),
        ("--- {a: 1}\n", &["f = {\"a\":1}"]),
        ("--- # why\na: 1\n...\n", &["f = {\"a\":1}"]),
        ("%YAML 1.2\n---\na: 1\n", &["f = {\"a\":1}"]),
        (
            "a: 1\n---\nb: 2\n",
            &[
                "f, document 1 at line 1 = {\"a\":1}",
                "f, document 2 at line 3 = {\"b\":2}",
            ],
        ),
        (
            "# head\n---\na: 1\n---\n# empty\n---\n\nc: 3\n",
            &[
                "f, document 1 at line 3 = {\"a\":1}",
                "f, document 3 at line 8 = {\"c\":3}",
            ],
        ),
        (
            "a: 1\r\n---\r\nb: 2\r\n",
            &[
                "f, document 1 at line 1 = {\"a\":1}",
                "f, document 2 at line 3 = {\"b\":2}",
            ],
        ),
        (
            "a: 1\n...\n%YAML 1.2\n---\nb: 2\n",
            &[
                "f, document 1 at line 1 = {\"a\":1}",
                "f, document 2 at line 5 = {\"b\":2}",
            ],
        ),
        ("\u{feff}a: 1\n", &["f = {\"a\":1}"]),
        (
            "a: 1\n---\n\u{feff}# joined\nb: \"\u{feff}\"\n",
            &[
                "f, document 1 at line 1 = {\"a\":1}",
                "f, document 2 at line 4 = {\"b\":\"\u{feff}\"}",
            ],
        ),
        ("a: |\n  ---\n  b\n", &["f = {\"a\":\"---\\nb\\n\"}"]),
        (
            "a: 1 # ---\nb: '--- c'\n",
            &["f = {\"a\":1,\"b\":\"--- c\"}"],
        ),
        ("---x: 1\n", &["f = {\"---x\":1}"]),
        (
            "{\"a\": 1}\n---\nb: 2\n",
            &[
                "f, document 1 at line 1 = {\"a\":1}",
                "f, document 2 at line 3 = {\"b\":2}",
            ],
        ),
        ("{a: 1}", &["f = {\"a\":1}"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Syntax::Any), *expected, "{text:?}");
    }
}

#[test]
fn a_broken_document_hides_no_other_and_names_its_line() {
    let text = "a: 1\n---\nb: [1\nc: 2\n---\nd: \t4\n---\n\tf: 5\n---\ng: 6\n";
    assert_eq!(
        read(text, Syntax::Any),
        [
            "f, document 1 at line 1 = {\"a\":1}",
            "f, document 2: did not find expected ',' or ']' at line 4 column 2, while parsing a flow sequence at line 3 column 4",
            "f, document 3 at line 6 = {\"d\":4}",
            "f, document 4: found character that cannot start any token at line 8 column 1, while scanning for the next token",
            "f, document 5 at line 10 = {\"g\":6}",
        ]
    );
}

#[test]
fn names_the_field_of_yaml_that_json_cannot_express() {
    let cases = [
        (
            "a: {b: [0, !x 1]}",
            "f: a.b[1]: the tag !x cannot be written as JSON",
        ),
        ("!x {a: 1}", "f: the tag !x cannot be written as JSON"),
        ("a: .nan", "f: a: the number NaN cannot be written as JSON"),
        (
            "a: {[1]: 2}",
            "f: a: a key that is a list cannot be written as JSON",
        ),
        (
            "a: {~: 2}",
            "f: a: a key that is null cannot be written as JSON",
        ),
        (
            "a: {<<: 1}",
            "f: a: the merge of a number cannot be written as JSON",
        ),
        (
            "x: 1\n---\na: .inf",
            "f, document 2 at line 3: a: the number inf cannot be written as JSON",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(
            read(text, Syntax::Any).last().unwrap(),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn yaml_is_read_as_kubectl_reads_it() {
    let cases = [
        (
            "{8080: a, true: b, 1.5: c}",
            json!({"8080": "a", "true": "b", "1.5": "c"}),
        ),
        ("a: {1: 2, '1': 3}", json!({"a": {"1": 3}})),
        ("a: &x {b: 1}\nc: *x", json!({"a": {"b": 1}, "c": {"b": 1}})),
        (
            "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}",
            json!({"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
        ),
        (
            "a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: {<<: *y, r: 3}",
            json!({"a": {"p": 1}, "b": {"p": 1, "q": 2}, "c": {"p": 1, "q": 2, "r": 3}}),
        ),
        (
            "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}",
            json!({"a": {"p": 1}, "b": {"p": 2, "q": 2}, "c": {"p": 1, "q": 2}}),
        ),
        // kubectl lets a merge win over the keys before it, and lose to those after it.
        (
            "a: &x {p: 1}\nb: {p: 2, q: 3, <<: *x}",
            json!({"a": {"p": 1}, "b": {"p": 1, "q": 3}}),
        ),
        (
            "a: {p: 1, <<: {p: 2}, <<: {p: 3, q: 3}, q: 4}",
            json!({"a": {"p": 3, "q": 4}}),
        ),
        ("a: !!str 1", json!({"a": "1"})),
        (
            "a: '1'\nb: 1\nc: ~\nd: true\ne: 1.5\nf: -3",
            json!({"a": "1", "b": 1, "c": null, "d": true, "e": 1.5, "f": -3}),
        ),
        ("a: >-\n  x\n  y\n", json!({"a": "x y"})),
    ];
    for (text, expected) in cases {
        let documents = documents("f", text.as_bytes(), Syntax::Any);
        let [Ok(document)] = documents.as_slice() else {
            panic!("{text:?}: {documents:?}");
        };
        assert_eq!(document.value, expected, "{text:?}");
    }
}

#[test]
fn the_last_of_equal_keys_counts_and_is_noted() {
    for text in ["a: {b: 1, b: 2}", "{\"a\": {\"b\": 1,\n\"b\": 2}}"] {
        let documents = documents("f", text.as_bytes(), Syntax::Any);
        let [Ok(document)] = documents.as_slice() else {
            panic!("{text:?}: {documents:?}");
        };
        assert_eq!(document.value, json!({"a": {"b": 2}}), "{text:?}");
        assert_eq!(document.repeated, ["a.b"], "{text:?}");
    }
}

#[test]
fn a_key_that_a_later_merge_overrides_is_noted() {
    for (text, expected) in [
        ("a: {b: 1, <<: {b: 2}}", &["a.b"][..]),
        ("a: {b: 1, <<: {b: 1}}", &[]),
        ("a: {<<: {b: 2}, b: 1}", &[]),
        ("a: {<<: {b: 2}, <<: {b: 3}}", &[]),
    ] {
        let documents = documents("f", text.as_bytes(), Syntax::Any);
        let [Ok(document)] = documents.as_slice() else {
            panic!("{text:?}: {documents:?}");
        };
        assert_eq!(document.repeated, expected, "{text:?}");
    }
}

#[test]
fn errors_have_a_line_and_a_column() {
    use Syntax::{Any, Json};
    for (text, syntax, line, column) in [
        ("a: 1\nb: [\n---\nc: 2\n", Any, 3, 1),
        ("a: 1\n---\nb: {{ .C }}\n", Any, 3, 4),
        ("{\"a\": 1}\n{\"b\": }", Json, 2, 7),
        ("a: \"\u{e9}\"\nb: !x 1", Any, 2, 7),
        ("{\"a\": 1,\n", Json, 2, 1),
    ] {
        let documents = documents("f", text.as_bytes(), syntax);
        let mut errors = documents
            .iter()
            .filter_map(|document| document.as_ref().err());
        let found = errors.next().unwrap().position();
        assert_eq!(found, Some(Position::new(line, column)), "{text:?}");
    }
}

#[test]
fn values_of_a_json_stream_have_positions() {
    let documents = documents("f", b"{\"a\":\n1}\n {\"b\": 2} {\"b\": 3}", Syntax::Any);
    let found = documents.iter().flatten().map(|document| {
        let text = &document.text;
        let position = text.position("a").or_else(|| text.position("b")).unwrap();
        (position.line(), position.column())
    });
    assert_eq!(found.collect::<Vec<_>>(), [(2, 1), (3, 8), (3, 17)]);
}

#[test]
fn json_may_hold_several_values() {
    assert_eq!(read("{\"a\":1}", Syntax::Json), ["f = {\"a\":1}"]);
    assert_eq!(
        read("\u{feff}{\"a\":1}\n{\"<<\":2} null", Syntax::Any),
        [
            "f, document 1 at line 1 = {\"a\":1}",
            "f, document 2 at line 2 = {\"<<\":2}"
        ]
    );
    assert_eq!(
        read("{\"a\":1}\n{\"b\":", Syntax::Json),
        [
            "f, document 1 at line 1 = {\"a\":1}",
            "f, document 2: EOF while parsing a value at line 2 column 5"
        ]
    );
    assert_eq!(
        read("a: 1", Syntax::Json),
        ["f: expected value at line 1 column 1"]
    );
}

#[test]
fn other_encodings_than_utf_8_are_named() {
    let error = |bytes: &[u8]| {
        documents("f", bytes, Syntax::Any)
            .remove(0)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(b"\xff\xfea\0"),
        "f: is UTF-16 or UTF-32: save it as UTF-8"
    );
    assert_eq!(
        error(b"a: 1\nb: \xe9\n"),
        "f: line 2 is not UTF-8: save the file as UTF-8"
    );
}

#[test]
fn a_template_is_recognised() {
    assert_eq!(
        read("a:\n{{- if .Values.b }}\n", Syntax::Any),
        [
            "f: could not find expected ':' at line 3 column 1, while scanning a simple key at line 2 column 1 (\"{{\" suggests a template: render it first, with `helm template` for example)"
        ]
    );
}

#[test]
fn hostile_nesting_and_aliases_are_errors() {
    let deep = format!("a: {}", "[".repeat(1_000));
    let bomb = (0..30).fold("a0: &a0 [x,x]\n".to_owned(), |text, index| {
        format!(
            "{text}a{}: &a{} [*a{index},*a{index}]\n",
            index + 1,
            index + 1
        )
    });
    let list = |value: &str| format!("[{}]", vec![value; 1_000].join(","));
    let wide = format!(
        "a: &a {}\nb: &b {}\nc: {}",
        list("x"),
        list("*a"),
        list("*b")
    );
    let deeper = "{a: ".repeat(10_001);
    for (text, expected) in [
        (deep.as_str(), "recursion limit exceeded"),
        (deeper.as_str(), "is nested more than 10000 levels deep"),
        (wide.as_str(), "its aliases stand for too many values"),
        (bomb.as_str(), "repetition limit exceeded"),
    ] {
        let read = read(text, Syntax::Any);
        let [error] = read.as_slice() else {
            panic!("{expected}");
        };
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn brackets_in_strings_do_not_nest() {
    let brackets = "[".repeat(20_000);
    for text in [format!("a: '{brackets}'"), format!("a: |\n  {brackets}")] {
        let expected = [format!("f = {{\"a\":\"{brackets}\"}}")];
        assert_eq!(read(&text, Syntax::Any), expected);
    }
}
