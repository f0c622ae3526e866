//! Every case that has a payload, and the expected evaluation.

use serde_json::{Map, Value};

use crate::case::{EXPECTED, FILES, cases, payload};

/// The file name, the case and the payload of every case of `requests/` and
/// `payloads.yaml`.
pub(crate) fn payloads() -> Vec<(&'static str, Value, String)> {
    let mut payloads = Vec::new();
    for (file, text) in FILES {
        for case in cases(text) {
            let payload = payload(&case);
            payloads.push((file, case, payload));
        }
    }
    for case in cases(include_str!("../cases/payloads.yaml")) {
        let payload = case
            .get("payload")
            .and_then(Value::as_str)
            .unwrap()
            .to_owned();
        payloads.push(("payloads", case, payload));
    }
    payloads
}

/// The fields of a case that hold the expected evaluation.
pub(crate) fn expected(case: &Value) -> Map<String, Value> {
    let fields = case.as_object().unwrap().iter();
    fields
        .filter(|(key, _)| EXPECTED.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
