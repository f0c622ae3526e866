//! The messages and warnings of every case, in one file that `make bless` rewrites.

use std::fmt::Write as _;

use mutable_tags_policy::admission::{evaluate, parse_settings};
use serde_json::Value;

use crate::host::CaseHost;
use crate::payloads::payloads;
use crate::settings::{payload, settings_cases};
use crate::test;

/// The messages and warnings of every case that has any.
fn words() -> String {
    let mut words = String::from(
        "What the policy says to every case. `make bless` writes this file; read the difference.\n",
    );
    for (file, case, payload) in payloads() {
        let host = CaseHost::new(case.get("host").unwrap_or(&Value::Null));
        let (message, warnings) = match evaluate(payload.as_bytes(), &host) {
            Ok(evaluation) => (evaluation.message(), evaluation.warnings()),
            Err(refusal) => (Some(refusal.to_string()), Vec::new()),
        };
        append(&mut words, file, note(&case), message.as_slice(), &warnings);
    }
    // YAML cannot hold this payload.
    let not_utf8 = "a payload that is not UTF-8";
    let refusal = evaluate(b"\xff", &CaseHost::silent()).unwrap_err();
    let message = [refusal.to_string()];
    append(&mut words, "payloads", not_utf8, &message, &[]);
    for case in settings_cases() {
        let errors = match parse_settings(payload(&case).as_bytes()) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.errors().iter().map(ToString::to_string).collect(),
        };
        append(&mut words, "settings", note(&case), &errors, &[]);
    }
    words
}

fn note(case: &Value) -> &str {
    case.get("note").and_then(Value::as_str).unwrap()
}

fn append(words: &mut String, file: &str, note: &str, messages: &[String], warnings: &[String]) {
    if messages.is_empty() {
        return;
    }
    writeln!(words, "\n{file}: {note}").unwrap();
    for message in messages {
        writeln!(words, "  {}", message).unwrap();
    }
    for warning in warnings {
        writeln!(words, "  Warning: {}", warning).unwrap();
    }
}

#[test]
fn messages_of_every_case_are_those_of_words_txt() {
    let expected = include_str!("../cases/words.txt");
    let found = words();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BLESS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/words.txt");
        return std::fs::write(file, found).unwrap();
    }
    let mut lines = expected.lines().zip(found.lines());
    if let Some((expected, found)) = lines.find(|(expected, found)| expected != found) {
        panic!("the words changed (make bless):\n  expected {expected}\n  found    {found}");
    }
    assert_eq!(found.len(), expected.len(), "make bless");
}
