//! Settings that are valid, and those that are not with everything that is wrong.

use serde_json::Value;

use crate::case::cases;
use crate::test;

#[test]
fn validates_every_settings_of_the_cases() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("../cases/settings.yaml")) {
        let payload = match case.get("json") {
            Some(json) => json.as_str().unwrap().to_owned(),
            None => case.get("settings").unwrap().to_string(),
        };
        let answer = mutable_tags_policy::admission::validate_settings(payload.as_bytes());
        let answer = String::from_utf8(answer).unwrap();
        if case.get("response").and_then(Value::as_str) != Some(&answer) {
            let note = case.get("note").and_then(Value::as_str).unwrap();
            wrong.push(format!("settings\t{note}\t{answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn refuses_settings_that_are_no_text() {
    let answer = mutable_tags_policy::admission::validate_settings(b"{\"mode\":\"\xff\"}");
    assert_eq!(
        String::from_utf8(answer).unwrap(),
        r#"{"valid":false,"message":"mutable-tags: the payload is not encoded in UTF-8"}"#
    );
}
