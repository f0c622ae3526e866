//! Whole payloads, of which more than the object can be wrong.

use serde_json::Value;

use crate::case::cases;
use crate::host::CaseHost;
use crate::test;

#[test]
fn answers_every_payload_as_its_case_says() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("../cases/payloads.yaml")) {
        let text = |field| case.get(field).and_then(Value::as_str);
        let payload = text("payload").unwrap();
        let host = CaseHost::silent();
        let answer = mutable_tags_policy::admission::validate(payload.as_bytes(), &host);
        let answer = String::from_utf8(answer).unwrap();
        if text("response") != Some(&answer) {
            wrong.push(format!("payloads\t{}\t{answer}", text("note").unwrap()));
        }
        assert!(host.surprises().is_empty(), "{}", text("note").unwrap());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
