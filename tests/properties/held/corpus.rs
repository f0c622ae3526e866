//! The cases of the other tests, from which inputs are derived.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::case::{self, FILES, cases};

/// The payload, `request` and `settings`, of every case that serde_json can read.
pub(crate) fn payloads() -> &'static [Value] {
    static PAYLOADS: OnceLock<Vec<Value>> = OnceLock::new();
    PAYLOADS.get_or_init(|| {
        texts()
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect()
    })
}

/// The payload of every case, as written.
pub(crate) fn texts() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let cases = FILES.iter().flat_map(|(_, text)| cases(text));
        cases.map(|case| case::payload(&case)).collect()
    })
}

/// The settings of every case that serde_json can read, valid or not.
pub(crate) fn settings() -> &'static [Value] {
    static SETTINGS: OnceLock<Vec<Value>> = OnceLock::new();
    SETTINGS.get_or_init(|| {
        let mut settings: Vec<_> = cases(include_str!("../../cases/settings.yaml"))
            .iter()
            .filter_map(|case| match case.get("json") {
                Some(json) => serde_json::from_str(json.as_str()?).ok(),
                None => case.get("settings").cloned(),
            })
            .collect();
        for payload in payloads() {
            let used = &payload["settings"];
            if *used != json!({}) && !settings.contains(used) {
                settings.push(used.clone());
            }
        }
        settings
    })
}

/// Every reference of the table, valid or not.
pub(crate) fn references() -> &'static [String] {
    static REFERENCES: OnceLock<Vec<String>> = OnceLock::new();
    REFERENCES.get_or_init(|| {
        include_str!("../../cases/references.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| serde_json::from_str(line.split('\t').next()?).ok())
            .collect()
    })
}

/// Every host answer in a case.
pub(crate) fn host_answers() -> &'static [String] {
    static ANSWERS: OnceLock<Vec<String>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let mut answers = Vec::new();
        for case in FILES.iter().flat_map(|(_, text)| cases(text)) {
            for exchange in case["host"].as_array().into_iter().flatten() {
                let answer = match &exchange["answer"] {
                    Value::Null => continue,
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                if !answers.contains(&answer) {
                    answers.push(answer);
                }
            }
        }
        answers
    })
}
