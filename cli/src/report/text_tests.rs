#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use super::*;
use crate::input::error::{InputError, Problem};
use crate::input::position::{SourceValue, Text as Document};
use crate::judge::{JudgeError, Judgement};
use crate::place::{Place, Position};
use crate::subject::Subject;

const DEPLOYMENT: &str = "\
kind: Deployment
image: acme/web:latest
";

const PLAIN: Options = Options {
    style: Style::Plain,
    is_quiet: false,
};

fn request_of(value: Value) -> Box<Request> {
    let subject = Subject::new("Deployment", Some("shop"), Some("web"));
    let written = SourceValue::new(Document::new(DEPLOYMENT, Position::new(3, 1)).into());
    let place = Place::new("web.yaml");
    Box::new(Request::new(place, subject, "u-1", value, written))
}

fn request() -> Box<Request> {
    request_of(json!({"object": {}}))
}

fn judgement(answer: Value) -> Judgement {
    Judgement {
        omitted: 0,
        response: serde_json::from_value(answer).unwrap(),
        findings: Vec::new(),
    }
}

fn judged(answer: Value) -> Outcome {
    Outcome::Judged(request(), judgement(answer))
}

fn write(options: Options, outcome: &Outcome) -> String {
    write_to(Destination::StandardOutput, options, outcome)
}

fn write_to(destination: Destination, options: Options, outcome: &Outcome) -> String {
    let mut output = Vec::new();
    let mut text = Text {
        options,
        destination,
    };
    text.add(outcome, &mut output).unwrap();
    String::from_utf8(output).unwrap()
}

fn unreadable() -> Outcome {
    let place = Place::new("web.yaml").document(2);
    Outcome::Unreadable(InputError::new(place, Problem::WideEncoding))
}

#[test]
fn text_has_a_line_for_object_and_findings() {
    let failed = Outcome::Failed(request(), JudgeError::Call("no".to_owned()));
    let cases = [
        (
            judged(json!({"accepted": true})),
            "accepted Deployment shop/web (web.yaml:3)\n",
        ),
        (
            judged(json!({"accepted": false, "message": "header: one; \"a; b\" two", "code": 403})),
            "rejected Deployment shop/web (web.yaml:3)\n  header:\n  - one\n  - \"a; b\" two\n",
        ),
        (
            judged(json!({"accepted": true, "message": "h: whole", "warnings": ["cut"]})),
            "warned   Deployment shop/web (web.yaml:3)\n  h:\n  - whole\n",
        ),
        (
            judged(json!({"accepted": true, "warnings": ["one: a", "two; b"]})),
            "warned   Deployment shop/web (web.yaml:3)\n  - one: a\n  - two; b\n",
        ),
        (
            judged(json!({"accepted": false, "message": "\u{1b}[2J\nx"})),
            "rejected Deployment shop/web (web.yaml:3)\n  - \\u001b[2J\\u000ax\n",
        ),
        (
            judged(
                json!({"accepted": true, "warnings": ["w"], "mutated_object": {"spec": {"a": "\u{1b}"}}}),
            ),
            "warned   Deployment shop/web (web.yaml:3)\n  - w\n  changes:\n  - spec: {\"a\":\"\\u001b\"} is added\n",
        ),
        (
            judged(json!({"accepted": true, "mutated_object": {}})),
            "accepted Deployment shop/web (web.yaml:3)\n",
        ),
        (
            judged(json!({"accepted": false, "message": "m", "mutated_object": {"spec": {}}})),
            "rejected Deployment shop/web (web.yaml:3)\n  - m\n",
        ),
        (failed, "unusable Deployment shop/web (web.yaml)\n"),
        (unreadable(), "unusable web.yaml, document 2\n"),
    ];
    for (outcome, expected) in cases {
        assert_eq!(write(PLAIN, &outcome), expected);
    }
}

#[test]
fn rejects_a_mutation_without_an_object() {
    let deletion = request_of(json!({"object": null, "oldObject": {}}));
    let answer = judgement(json!({"accepted": true, "mutated_object": {}}));
    assert_eq!(
        write(PLAIN, &Outcome::Judged(deletion, answer)),
        "rejected Deployment shop/web (web.yaml:3)\n  - the policy changed the object of a request that has none\n"
    );
}

#[test]
fn quiet_leaves_accepted_objects_out() {
    let quiet = Options {
        is_quiet: true,
        ..PLAIN
    };
    assert_eq!(write(quiet, &judged(json!({"accepted": true}))), "");
    let warned = json!({"accepted": true, "message": "m"});
    assert_ne!(write(quiet, &judged(warned)), "");
}

#[test]
fn a_file_has_the_reason_of_what_is_unusable() {
    let failed = Outcome::Failed(request(), JudgeError::Call("\u{1b} no".to_owned()));
    for (outcome, expected) in [
        (
            failed,
            "unusable Deployment shop/web (web.yaml)\n  - the policy gave no answer: \\u001b no\n",
        ),
        (
            unreadable(),
            "unusable web.yaml, document 2\n  - is UTF-16 or UTF-32: save it as UTF-8\n",
        ),
    ] {
        assert_eq!(write_to(Destination::File, PLAIN, &outcome), expected);
    }
}

#[test]
fn a_file_keeps_no_colours() {
    let coloured = Options {
        style: Style::Coloured,
        ..PLAIN
    };
    let accepted = judged(json!({"accepted": true}));
    let line = "accepted Deployment shop/web (web.yaml:3)\n";
    assert_eq!(write_to(Destination::File, coloured, &accepted), line);
    assert_ne!(write(coloured, &accepted), line);
}

#[test]
fn lists_the_findings_that_a_message_only_counts() {
    let finding = |path: &str, message: &str| Finding {
        path: path.to_owned(),
        image: None,
        reason: "latest".to_owned(),
        pull_policy: None,
        denies: true,
        message: message.to_owned(),
        fixes: Vec::new(),
    };
    for (count, last) in [(1, ""), (3, "  - and 2 more\n")] {
        let message = format!("h: \"a\" (image) moves; and {count} more");
        let judgement = Judgement {
            findings: vec![finding("image", "a moves"), finding("x.image", "b moves")],
            ..judgement(json!({"accepted": false, "message": message}))
        };
        assert_eq!(
            write(PLAIN, &Outcome::Judged(request(), judgement)),
            format!(
                "rejected Deployment shop/web (web.yaml:3)\n  h:\n  - web.yaml:4:8: \"a\" (image) moves\n  - web.yaml:3:1: b moves\n{last}"
            )
        );
    }
}
