//! Checks that the order in which a client writes its keys does not change the answer.

mod case;
pub(crate) mod order;

use serde_json::Value;

use crate::answer::Answer;
use crate::text_of;
use case::{Case, Outcome, all};
use order::{ORDERS, in_order, sorted};

fn outcome_of(answer: &Answer) -> Outcome {
    match (answer.accepted, answer.code, answer.mode.is_some()) {
        (true, None, false) => Outcome::Accepted,
        (true, None, true) => Outcome::Warned,
        (false, Some(400 | 403), true) => Outcome::Rejected,
        (false, Some(500), false) => Outcome::Unusable,
        _ => panic!("{answer:?}"),
    }
}

#[test]
fn every_order_of_keys_gets_the_same_bytes() {
    for Case {
        name: case,
        payload,
        outcome,
    } in all()
    {
        let expected = text_of(case, in_order(&payload, sorted).as_bytes());
        assert_eq!(outcome_of(&Answer::parse(&expected)), outcome, "{case}");
        for (name, order) in ORDERS {
            let written = in_order(&payload, order);
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), payload);
            assert_eq!(
                text_of(case, written.as_bytes()),
                expected,
                "{case} in {name}"
            );
        }
    }
}

#[test]
fn white_space_and_escapes_change_nothing() {
    for Case {
        name: case,
        payload,
        ..
    } in all()
    {
        let expected = text_of(case, payload.to_string().as_bytes());
        let pretty = serde_json::to_string_pretty(&payload).unwrap();
        assert_eq!(
            text_of(case, pretty.as_bytes()),
            expected,
            "{case} with white space"
        );
        // No literal of JSON has the letter g.
        let escaped = payload
            .to_string()
            .replace('/', "\\/")
            .replace('g', "\\u0067");
        assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap(), payload);
        assert_eq!(
            text_of(case, escaped.as_bytes()),
            expected,
            "{case} with escapes"
        );
    }
}
