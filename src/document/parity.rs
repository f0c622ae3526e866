//! Compares parsed documents with `serde_json::Value`: both hold the same values.

// `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Malformed, Value, case};

/// Asserts that a value equals serde_json's, down to the type of each number.
fn assert_kept(value: &Value<'_>, expected: &serde_json::Value, path: &str) {
    match (value, expected) {
        (Value::Null, serde_json::Value::Null) => {}
        (Value::Bool(own), serde_json::Value::Bool(other)) => assert_eq!(own, other, "{path}"),
        (Value::String(own), serde_json::Value::String(other)) => {
            assert_eq!(own, other, "{path}");
        }
        (Value::Negative(own), serde_json::Value::Number(other)) => {
            assert!(*own < 0 && other.as_i64() == Some(*own), "{path}: {own}");
        }
        (Value::Natural(own), serde_json::Value::Number(other)) => {
            assert_eq!(other.as_u64(), Some(*own), "{path}");
        }
        (Value::Float(own), serde_json::Value::Number(other)) => {
            let other = other.as_f64().filter(|_| other.is_f64());
            assert_eq!(Some(own.to_bits()), other.map(f64::to_bits), "{path}");
        }
        (Value::Array(own), serde_json::Value::Array(other)) => {
            assert_eq!(own.len(), other.len(), "{path}");
            for (index, (own, other)) in own.iter().zip(other).enumerate() {
                assert_kept(own, other, &format!("{path}/{index}"));
            }
        }
        (Value::Object(own), serde_json::Value::Object(other)) => {
            let names = own.iter().map(|(name, _)| name.as_ref());
            assert!(names.eq(other.keys().map(String::as_str)), "{path}");
            for (name, other) in other {
                assert_kept(own.get(name).unwrap(), other, &format!("{path}/{name}"));
            }
            assert_eq!(own.get("no name in any document"), None, "{path}");
        }
        _ => panic!("{path}: {value:?} is not {expected}"),
    }
}

fn assert_same(json: &str) {
    let expected: serde_json::Value = serde_json::from_str(json).unwrap();
    let value = Value::parse(json);
    let value = value.unwrap_or_else(|Malformed| panic!("{json} is not read"));
    assert_kept(&value, &expected, "");
}

/// Asserts that serde_json and this parser both refuse a text.
fn assert_refused(json: &str) {
    assert!(
        serde_json::from_str::<serde_json::Value>(json).is_err(),
        "{json}"
    );
    assert_eq!(Value::parse(json), Err(Malformed), "{json}");
}

fn assert_same_or_refused(json: &str) {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(_) => assert_same(json),
        Err(_) => assert_refused(json),
    }
}

const NUMBERS: [&str; 24] = [
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "0.1",
    "0.12345678901234567",
    "-2.5e-3",
    "1e0",
    "1E+2",
    "1.0",
    "100e-2",
    "1e308",
    "1.7976931348623157e308",
    "4.9e-324",
    "1e-400",
    "123456789012345678901234567890",
];

const STRINGS: [&str; 10] = [
    r#""""#,
    r#""a""#,
    r#""größe ☃ 😀""#,
    r#""\"\\\/\b\f\n\r\t""#,
    r#""\u0000\u001f\u007f""#,
    r#""\u00e9\u2603""#,
    r#""\ud83d\ude00""#,
    r#""a\ud83d\ude00b\u0061""#,
    r#""\uFFFF\ufeff""#,
    "\"\u{7f}\u{2028}\"",
];

#[test]
fn reads_every_number_as_serde_json_does() {
    for number in NUMBERS {
        assert_same(number);
        assert_same(&format!(r#"{{"n":[{number},{number}]}}"#));
    }
    for number in ["1e309", "-1e999", "01", "+1", "1.", ".1", "NaN", "-"] {
        assert_refused(number);
    }
}

#[test]
fn reads_every_escape_as_serde_json_does() {
    for string in STRINGS {
        assert_same(string);
        assert_same(&format!("[{string},{string}]"));
        assert_same(&format!("{{{string}:{string}}}"));
    }
    for string in [
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        r#""\x""#,
        r#""\u12""#,
        "\"\n\"",
    ] {
        assert_refused(string);
        assert_refused(&format!("{{{string}:1}}"));
    }
}

#[test]
fn reads_as_deep_as_serde_json_does() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a":"#, "}]")] {
        let levels = open.matches(['[', '{']).count();
        for depth in [1, 2, 60, 120, 126, 127] {
            let count = depth / levels;
            let deep = |value| format!("{}{value}{}", open.repeat(count), close.repeat(count));
            assert_same(&deep("1"));
            assert_same(&deep(r#""\n""#));
        }
        let deep = |count| format!("{}1{}", open.repeat(count), close.repeat(count));
        assert_refused(&deep(128 / levels));
    }
}

fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let Some((first, rest)) = items.split_first() else {
        return vec![Vec::new()];
    };
    let with_first = |order: Vec<T>| {
        (0..=order.len()).map(move |at| {
            let (before, after) = order.split_at(at);
            [before, std::slice::from_ref(first), after].concat()
        })
    };
    permutations(rest)
        .into_iter()
        .flat_map(with_first)
        .collect()
}

#[test]
fn finds_what_serde_json_finds_in_every_order_of_keys() {
    // One name is a prefix of another, and one equals another once its escape is decoded.
    let fields = [
        r#""a":1"#,
        r#""ab":[{"c":2,"b":3}]"#,
        r#""":null"#,
        r#""é":{"z":0.5,"y":-7}"#,
        r#""\u0061":true"#,
    ];
    for count in 0..=fields.len() {
        for order in permutations(&fields[..count]) {
            assert_same(&format!("{{{}}}", order.join(",")));
        }
    }
}

#[test]
fn finds_what_serde_json_finds_among_many_keys() {
    // Objects with more than sixteen keys are searched by bisection.
    for count in [15, 16, 17, 18, 100, 1_000] {
        for step in [1, 3, 7, 11, 997] {
            let name = |number: usize| format!(r#""k{}":{number}"#, number * step % count);
            let fields: Vec<_> = (0..count).map(name).collect();
            assert_same(&format!("{{{}}}", fields.join(",")));
        }
    }
}

/// A pseudorandom generator with a fixed seed, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn space(&mut self) -> &'static str {
        self.one_of(&["", "", "", " ", "\t", "\r\n  "])
    }

    /// A random value, nested at most `levels` deep.
    fn value(&mut self, levels: usize) -> String {
        let kinds = if levels == 0 { 4 } else { 10 };
        let text = match self.below(kinds) {
            0 => self.one_of(&["null", "true", "false"]).to_owned(),
            1 => self.one_of(&NUMBERS).to_owned(),
            2 | 3 => self.one_of(&STRINGS).to_owned(),
            4..=6 => {
                let items: Vec<_> = (0..self.below(4)).map(|_| self.value(levels - 1)).collect();
                format!("[{}{}]", self.space(), items.join(","))
            }
            _ => {
                let fields: Vec<_> = (0..self.below(5)).map(|_| self.field(levels)).collect();
                format!("{{{}{}}}", self.space(), fields.join(","))
            }
        };
        format!("{}{text}{}", self.space(), self.space())
    }

    fn field(&mut self, levels: usize) -> String {
        let name = match self.below(3) {
            0 => self.one_of(&STRINGS).to_owned(),
            _ => format!("\"k{}\"", self.below(6)),
        };
        let (before, value) = (self.space(), self.value(levels - 1));
        format!("{before}{name}{}:{value}", self.space())
    }
}

#[test]
fn reads_generated_documents_as_serde_json_does() {
    let mut draw = Random(1);
    let mut bytes = 0;
    for _ in 0..3_000 {
        let json = draw.value(12);
        assert_same(&json);
        bytes += json.len();
    }
    assert!(bytes > 100_000, "{bytes}");
}

#[test]
fn reads_deeply_nested_documents_as_serde_json_does() {
    let mut draw = Random(2);
    for levels in 0..=120 {
        let mut json = draw.value(6);
        for _ in 0..levels {
            json = match draw.below(3) {
                0 => format!("[{json}]"),
                1 => format!("[0,{json},{}]", draw.value(1)),
                _ => format!(r#"{{"b":{json},"a":{}}}"#, draw.value(1)),
            };
        }
        assert_same(&json);
    }
}

#[test]
fn reads_every_case_as_serde_json_does() {
    let files = case::FILES.iter().map(|(_, file)| *file);
    let others = [
        include_str!("../../tests/cases/payloads.yaml"),
        include_str!("../../tests/cases/settings.yaml"),
    ];
    let mut count = 0;
    for case in files.chain(others).flat_map(case::cases) {
        count += 1;
        assert_same(&case.to_string());
        assert_same(&serde_json::to_string_pretty(&case).unwrap());
        if case.get("kind").is_some() {
            assert_same_or_refused(&case::payload(&case));
        }
        // Payloads that YAML cannot express are given as JSON.
        for name in ["json", "payload", "mutatedJson"] {
            if let Some(json) = case.get(name).and_then(serde_json::Value::as_str) {
                assert_same_or_refused(json);
            }
        }
    }
    assert!(count > 600, "{count}");
}
