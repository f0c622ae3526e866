use serde_json::{Value, json};

use super::super::error::{InputError, Problem};
use super::super::place::Place;
use super::super::request::Request;
use super::super::subject::Subject;
use super::*;
use crate::engine::EngineError;

fn request() -> Box<Request> {
    let subject = Subject::new("Deployment", Some("shop"), Some("web"));
    let value = json!({"object": {}});
    Box::new(Request::new(Place::new("web.yaml"), subject, "u-1", value))
}

fn judged(answer: Value) -> Outcome {
    Outcome::Judged(
        request(),
        serde_json::from_value(answer).unwrap_or_default(),
    )
}

fn write(form: Form, outcome: &Outcome) -> String {
    let mut output = Vec::new();
    let written = Report::new(form, &mut output).add(outcome);
    assert!(written.is_ok());
    String::from_utf8_lossy(&output).into_owned()
}

const PLAIN: Form = Form::Text { coloured: false };

#[test]
fn text_has_a_line_for_object_and_findings() {
    let failed = Outcome::Failed(request(), EngineError::Guest("no".to_owned()));
    let unreadable = Outcome::Unreadable(InputError::new(
        Place::new("web.yaml").document(2),
        Problem::InputTaken,
    ));
    let cases = [
        (
            judged(json!({"accepted": true})),
            "accepted Deployment shop/web (web.yaml)\n",
        ),
        (
            judged(json!({"accepted": false, "message": "header: one; \"a; b\" two", "code": 403})),
            "rejected Deployment shop/web (web.yaml)\n  header:\n  - one\n  - \"a; b\" two\n",
        ),
        (
            judged(json!({"accepted": true, "message": "h: whole", "warnings": ["cut"]})),
            "warned   Deployment shop/web (web.yaml)\n  h:\n  - whole\n",
        ),
        (
            judged(json!({"accepted": true, "warnings": ["one: a", "two; b"]})),
            "warned   Deployment shop/web (web.yaml)\n  - one: a\n  - two; b\n",
        ),
        (
            judged(json!({"accepted": false, "message": "\u{1b}[2J\nx"})),
            "rejected Deployment shop/web (web.yaml)\n  - \\u001b[2J\\u000ax\n",
        ),
        (
            judged(
                json!({"accepted": true, "warnings": ["w"], "mutated_object": {"spec": {"a": "\u{1b}"}}}),
            ),
            "warned   Deployment shop/web (web.yaml)\n  - w\n  changes:\n  - spec: {\"a\":\"\\u001b\"} is added\n",
        ),
        (
            judged(json!({"accepted": true, "mutated_object": {}})),
            "accepted Deployment shop/web (web.yaml)\n",
        ),
        (
            judged(json!({"accepted": false, "message": "m", "mutated_object": {"spec": {}}})),
            "rejected Deployment shop/web (web.yaml)\n  - m\n",
        ),
        (failed, "unusable Deployment shop/web (web.yaml)\n"),
        (unreadable, "unusable web.yaml, document 2\n"),
    ];
    for (outcome, expected) in cases {
        assert_eq!(write(PLAIN, &outcome), expected);
    }
}

#[test]
fn rejects_a_mutation_without_an_object() {
    let subject = Subject::new("Deployment", Some("shop"), Some("web"));
    let value = json!({"object": null, "oldObject": {}});
    let deletion = Request::new(Place::new("web.yaml"), subject, "u-1", value);
    let answer = json!({"accepted": true, "mutated_object": {}});
    let answer = serde_json::from_value(answer).unwrap_or_default();
    assert_eq!(
        write(PLAIN, &Outcome::Judged(Box::new(deletion), answer)),
        "rejected Deployment shop/web (web.yaml)\n  - the policy changed the object of a request that has none\n"
    );
}

#[test]
fn colour_is_on_the_verdict_only() {
    let coloured = Form::Text { coloured: true };
    assert_eq!(
        write(
            coloured,
            &judged(json!({"accepted": false, "message": "m"}))
        ),
        "\u{1b}[1;31mrejected\u{1b}[0m Deployment shop/web (web.yaml)\n  - m\n"
    );
}

#[test]
fn json_has_a_response_per_line() {
    assert_eq!(
        write(Form::Json, &judged(json!({"accepted": true}))),
        "{\"uid\":\"u-1\",\"allowed\":true,\"auditAnnotations\":null,\"warnings\":null}\n"
    );
    let failed = Outcome::Failed(request(), EngineError::Guest("no".to_owned()));
    assert_eq!(
        write(Form::Json, &failed),
        "{\"uid\":\"u-1\",\"allowed\":false,\"status\":{\"message\":\"internal server error: the policy reported an error: no\",\"code\":500},\"auditAnnotations\":null,\"warnings\":null}\n"
    );
    let unreadable = Outcome::Unreadable(InputError::new(Place::new("f"), Problem::InputTaken));
    assert_eq!(write(Form::Json, &unreadable), "");
}

struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn only_a_closed_pipe_ends_the_report_without_an_error() {
    let outcome = judged(json!({"accepted": true}));
    let mut left = Broken(io::ErrorKind::BrokenPipe);
    let mut report = Report::new(PLAIN, &mut left);
    assert!(report.add(&outcome).is_ok());
    assert!(report.add(&outcome).is_ok());
    let mut full = Broken(io::ErrorKind::StorageFull);
    assert!(Report::new(PLAIN, &mut full).add(&outcome).is_err());
}
