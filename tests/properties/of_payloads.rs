//! Tests of the properties of payloads.

use std::sync::atomic::{AtomicUsize, Ordering};

use mutable_tags_policy::policy::Host;
use serde_json::{Value, json};

use crate::held::adjusted::{adjusting, is_idempotent};
use crate::held::answer::is_whole_and_the_same_again;
use crate::held::draw::Draw;
use crate::held::payload::{SPELLINGS, draw, draw_text, has_no_order};
use crate::held::planted::{is_rejected, plant};
use crate::held::typed::finds_the_images_of_the_types;
use crate::held::{Held, Subject};
use crate::{assert_fails, assert_holds};

const COUNT: u64 = 1_000;

fn answered(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    is_whole_and_the_same_again(subject, draw(bytes).to_string().as_bytes())
}

/// Most payloads that are edited as text are no longer JSON.
fn damaged(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    is_whole_and_the_same_again(subject, &draw_text(bytes))
}

fn unordered(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    has_no_order(subject, &draw(bytes), 0..SPELLINGS)
}

fn located(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    finds_the_images_of_the_types(subject, &draw(bytes))
}

fn planted(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    let choices = [bytes.byte(), bytes.byte(), bytes.byte()];
    is_rejected(subject, &plant(draw(bytes), &mut Draw::new(&choices)))
}

fn adjusted(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    let byte = [bytes.byte()];
    is_idempotent(subject, &adjusting(draw(bytes), &mut Draw::new(&byte)))
}

/// The response of the policy, with a change.
fn answer(payload: &[u8], host: &dyn Host, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let answer = (Subject::POLICY.validate)(payload, host);
    match serde_json::from_slice(&answer) {
        Ok(mut answer) => {
            change(&mut answer);
            answer.to_string().into_bytes()
        }
        Err(_) => answer,
    }
}

#[test]
fn every_payload_is_answered() {
    assert_holds(COUNT, answered);
}

#[test]
fn every_damaged_payload_is_answered() {
    assert_holds(COUNT, damaged);
}

#[test]
fn notices_a_rejection_without_a_reason() {
    let validate = |payload: &[u8], host: &dyn Host| {
        answer(payload, host, |answer| {
            if answer["code"] == 400 {
                answer["message"] = Value::Null;
            }
        })
    };
    let faulty = Subject {
        validate,
        ..Subject::POLICY
    };
    assert_fails(COUNT, faulty, answered);
    assert_fails(COUNT, faulty, damaged);
}

#[test]
fn notices_another_answer_to_the_same_payload() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let validate = |payload: &[u8], host: &dyn Host| {
        answer(payload, host, |answer| {
            if answer["accepted"] == false {
                let call = CALLS.fetch_add(1, Ordering::Relaxed);
                answer["message"] = json!(format!("mutable-tags: call {call}"));
            }
        })
    };
    assert_fails(
        COUNT,
        Subject {
            validate,
            ..Subject::POLICY
        },
        answered,
    );
}

#[test]
fn no_answer_depends_on_the_order_of_keys() {
    assert_holds(COUNT / 2, unordered);
}

#[test]
fn notices_objects_before_their_kind_that_are_not_read() {
    let validate = |payload: &[u8], host: &dyn Host| {
        let text = String::from_utf8_lossy(payload);
        match (text.find("\"kind\":"), text.find("\"object\":")) {
            (Some(kind), Some(object)) if object < kind => br#"{"accepted":true}"#.to_vec(),
            _ => (Subject::POLICY.validate)(payload, host),
        }
    };
    assert_fails(
        COUNT,
        Subject {
            validate,
            ..Subject::POLICY
        },
        unordered,
    );
}

#[test]
fn the_policy_finds_the_images_of_the_types() {
    assert_holds(COUNT * 4, located);
}

#[test]
fn notices_a_list_of_containers_that_is_not_read() {
    let locate = |group: &str, kind: &str, object: &str| {
        let object = object.replace("\"initContainers\"", "\"initContainer\"");
        (Subject::POLICY.locate)(group, kind, &object)
    };
    assert_fails(
        COUNT * 20,
        Subject {
            locate,
            ..Subject::POLICY
        },
        located,
    );
}

#[test]
fn notices_an_image_that_the_types_do_not_hold() {
    let locate = |group: &str, kind: &str, object: &str| {
        let object = object.replace("\"metadata\":{", "\"volumes\":[],\"spec\":{");
        (Subject::POLICY.locate)(group, kind, &object)
    };
    assert_fails(
        COUNT * 60,
        Subject {
            locate,
            ..Subject::POLICY
        },
        located,
    );
}

#[test]
fn a_planted_image_is_never_accepted() {
    assert_holds(COUNT * 2, planted);
}

#[test]
fn notices_a_policy_that_misses_planted_images() {
    for (text, other) in [
        ("\"volumes\"", "\"volume\""),
        ("\"initContainers\"", "\"initContainer\""),
        ("\"UPDATE\"", "\"DELETE\""),
        ("\"containers\"", "\"container\""),
        ("\"ephemeralContainers\":[", "\"ephemeralContainer\":["),
        ("\"enforce\"", "\"warn\""),
        ("\"ephemeralcontainers\"", "\"status\""),
        ("\"spec.pods\"", "\"spec.pod\""),
        ("\"spec.boxes[*]\"", "\"spec.boxen[*]\""),
        ("\"spec.run.main\"", "\"spec.run.mainly\""),
        (
            "annotations[a.example/image]",
            "annotations[an.example/image]",
        ),
    ] {
        let property = |_: &Subject, bytes: &mut Draw<'_>| {
            let choices = [bytes.byte(), bytes.byte(), bytes.byte()];
            let payload = plant(draw(bytes), &mut Draw::new(&choices)).to_string();
            let payload = serde_json::from_str(&payload.replace(text, other)).unwrap();
            is_rejected(&Subject::POLICY, &payload)
        };
        assert_fails(COUNT * 20, Subject::POLICY, property);
    }
}

#[test]
fn adjusting_twice_is_adjusting_once() {
    assert_holds(COUNT * 2, adjusted);
}

#[test]
fn notices_an_adjustment_that_is_made_again() {
    let validate = |payload: &[u8], host: &dyn Host| {
        let text = String::from_utf8_lossy(payload).replace("\"IfNotPresent\"", "\"Always\"");
        (Subject::POLICY.validate)(text.as_bytes(), host)
    };
    assert_fails(
        COUNT,
        Subject {
            validate,
            ..Subject::POLICY
        },
        adjusted,
    );
}

#[test]
fn notices_an_adjustment_of_something_else() {
    let validate = |payload: &[u8], host: &dyn Host| {
        let text = String::from_utf8_lossy(payload).replace("\"name\":", "\"nam\":");
        (Subject::POLICY.validate)(text.as_bytes(), host)
    };
    assert_fails(
        COUNT,
        Subject {
            validate,
            ..Subject::POLICY
        },
        adjusted,
    );
}
