//! Tests of the properties of settings.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::held::draw::Draw;
use crate::held::order::ORDERS;
use crate::held::settings::{are_answered, draw, have_no_order, report_every_error};
use crate::held::{Held, Subject};
use crate::{assert_fails, assert_holds};

const COUNT: u64 = 1_000;

fn answered(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    are_answered(subject, draw(bytes).to_string().as_bytes())
}

fn unordered(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    have_no_order(subject, &draw(bytes), &ORDERS)
}

fn reported(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    report_every_error(subject, &draw(bytes))
}

#[test]
fn all_settings_are_answered() {
    assert_holds(COUNT, answered);
}

#[test]
fn notices_a_refusal_without_a_reason() {
    let validate_settings = |_: &[u8]| br#"{"valid":false,"message":null}"#.to_vec();
    assert_fails(
        COUNT,
        Subject {
            validate_settings,
            ..Subject::POLICY
        },
        answered,
    );
}

#[test]
fn notices_another_answer_to_the_same_settings() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let validate_settings = |settings: &[u8]| match CALLS.fetch_add(1, Ordering::Relaxed) {
        99 => b"{\"valid\":true,\"message\":null}\n".to_vec(),
        _ => (Subject::POLICY.validate_settings)(settings),
    };
    assert_fails(
        COUNT,
        Subject {
            validate_settings,
            ..Subject::POLICY
        },
        answered,
    );
}

#[test]
fn no_settings_depend_on_the_order_of_keys() {
    assert_holds(COUNT / 2, unordered);
}

#[test]
fn notices_errors_in_the_order_of_keys() {
    let validate_settings = |settings: &[u8]| {
        let first = String::from_utf8_lossy(settings)
            .chars()
            .take(8)
            .collect::<String>();
        serde_json::json!({"valid": false, "message": first})
            .to_string()
            .into_bytes()
    };
    assert_fails(
        COUNT,
        Subject {
            validate_settings,
            ..Subject::POLICY
        },
        unordered,
    );
}

#[test]
fn notices_settings_that_only_count_in_one_order() {
    let validate = |payload: &[u8], host: &dyn mutable_tags_policy::policy::Host| {
        let payload = String::from_utf8_lossy(payload);
        let payload = payload.replace("\"settings\":{\"tags\":", "\"settings\":{\"gats\":");
        (Subject::POLICY.validate)(payload.as_bytes(), host)
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
fn every_error_is_reported_at_once() {
    assert_holds(COUNT, reported);
}

#[test]
fn notices_a_stop_at_the_first_error() {
    let validate_settings = |settings: &[u8]| {
        let answer = String::from_utf8((Subject::POLICY.validate_settings)(settings)).unwrap();
        match answer.split_once("; ") {
            Some((first, _)) => format!("{first}\"}}").into_bytes(),
            None => answer.into_bytes(),
        }
    };
    assert_fails(
        COUNT,
        Subject {
            validate_settings,
            ..Subject::POLICY
        },
        reported,
    );
}
