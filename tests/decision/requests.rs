//! Whole requests with whole answers, byte for byte.

use serde_json::Value;

use crate::case::{FILES, cases, payload};
use crate::host::CaseHost;
use crate::test;

#[test]
fn answers_every_request_as_its_case_says() {
    let mut wrong = Vec::new();
    for (file, text) in FILES {
        for case in cases(text) {
            let host = CaseHost::new(case.get("host").unwrap_or(&Value::Null));
            let answer = mutable_tags_policy::admission::validate(payload(&case).as_bytes(), &host);
            let answer = String::from_utf8(answer).unwrap();
            let note = case.get("note").and_then(Value::as_str).unwrap();
            if case.get("response").and_then(Value::as_str) != Some(&answer) {
                wrong.push(format!("{file}\t{note}\t{answer}"));
            }
            for surprise in host.surprises() {
                wrong.push(format!("{file}\t{note}\t{surprise}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn lists_every_file_of_cases() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/requests");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    found.sort();
    assert_eq!(found, FILES.map(|(file, _)| file));
}
