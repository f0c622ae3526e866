//! The order in which a client writes its keys changes nothing of the answer.

mod case;
pub(crate) mod order;

use serde_json::{Value, json};

use crate::answer::{Answer, names};
use crate::request::{MOVING, container, create_pod, with};
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

#[test]
fn numbers_that_nothing_can_hold_are_told_alike_in_every_order() {
    let base = json!({"request": create_pod(json!({"containers": [{}]})), "settings": {}});
    let spec = "/request/object/spec";
    for (one, other) in [
        ("containers", "volumes"),
        ("initContainers", "volumes"),
        ("containers/0/image", "containers/0/name"),
        ("containers/0/imagePullPolicy", "volumes"),
    ] {
        let payload = with(&base, &format!("{spec}/{one}"), json!("@"));
        let payload = with(&payload, &format!("{spec}/{other}"), json!("@"));
        let numbers = |order| in_order(&payload, order).replace("\"@\"", "1e999");
        let expected = text_of(one, numbers(sorted).as_bytes());
        let message = Answer::parse(&expected).message.unwrap();
        for field in [one, other] {
            let path = format!("spec.{}", field.replace("/0/", "[0]."));
            assert!(names(&message, &path), "{message}");
        }
        for (name, order) in ORDERS {
            assert_eq!(
                text_of(one, numbers(order).as_bytes()),
                expected,
                "{one} and {other} in {name}"
            );
        }
    }
}

#[test]
fn half_a_surrogate_pair_is_told_alike_in_every_order() {
    let spec = json!({
        "containers": [{"name": "@", "image": "@", "imagePullPolicy": "@"}, container("web", MOVING)],
        "volumes": [{"name": "@", "image": {"reference": "@"}}],
    });
    let request = create_pod(spec);
    let request = with(
        &request,
        "/object/metadata",
        json!({"@": "@", "labels": {"@": "@"}}),
    );
    for settings in [
        json!({}),
        json!({"mode": "lenient"}),
        json!({"imageEnvVars": ["*"]}),
    ] {
        let payload = json!({"request": request, "settings": settings});
        let halves = |order| in_order(&payload, order).replace('@', "\\ud800");
        let expected = text_of("sorted", halves(sorted).as_bytes());
        let message = Answer::parse(&expected).message.unwrap();
        assert!(names(&message, "spec.containers[0].name"), "{message}");
        for (name, order) in ORDERS {
            assert_eq!(
                text_of(name, halves(order).as_bytes()),
                expected,
                "{name} {settings}"
            );
        }
    }
}
