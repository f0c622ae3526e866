//! Payloads that are cut off, or that have something after them.

use super::{NO_JSON, deployment_payload, payload, variables};
use crate::answer::ACCEPTED;
use crate::answer_to;

#[test]
fn every_beginning_of_a_payload_is_no_request() {
    for whole in [payload(&variables()), deployment_payload(&variables())] {
        let whole = whole.to_string();
        assert_eq!(answer_to("whole", whole.as_bytes()), ACCEPTED);
        for length in 0..whole.len() {
            let case = format!("{length} of {} bytes", whole.len());
            let beginning = whole.as_bytes().get(..length).unwrap();
            assert_eq!(answer_to(&case, beginning), *NO_JSON, "{case}");
        }
    }
}

#[test]
fn a_payload_without_its_beginning_is_no_request() {
    let whole = payload(&variables()).to_string();
    for length in 1..whole.len() {
        let case = format!("without the first {length} bytes");
        let end = whole.as_bytes().get(length..).unwrap();
        assert_eq!(answer_to(&case, end), *NO_JSON, "{case}");
    }
}

#[test]
fn refuses_text_after_the_payload() {
    let whole = payload(&variables()).to_string();
    for after in ["}", "{}", "null", ",", "\u{0}", "x"] {
        let longer = format!("{whole}{after}");
        assert_eq!(answer_to(after, longer.as_bytes()), *NO_JSON, "{after:?}");
    }
    for after in ["\n", " \t\r\n "] {
        let longer = format!("{after}{whole}{after}");
        assert_eq!(answer_to(after, longer.as_bytes()), ACCEPTED, "{after:?}");
    }
}
