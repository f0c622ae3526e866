//! The order in which a client writes its keys changes nothing of the answer.

mod case;
pub(crate) mod order;

use serde_json::{Value, json};

use crate::answer_to;
use crate::request::{MOVING, container, create_pod, with};
use case::{Case, all};
use order::{ORDERS, in_order, sorted};

#[test]
fn every_order_of_keys_gets_the_same_bytes() {
    for Case {
        name: case,
        payload,
        beginning,
    } in all()
    {
        let expected = answer_to(case, in_order(&payload, sorted).as_bytes());
        assert!(expected.starts_with(beginning), "{case}: {expected}");
        for (name, order) in ORDERS {
            let written = in_order(&payload, order);
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), payload);
            assert_eq!(
                answer_to(case, written.as_bytes()),
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
        let expected = answer_to(case, payload.to_string().as_bytes());
        let pretty = serde_json::to_string_pretty(&payload).unwrap();
        assert_eq!(
            answer_to(case, pretty.as_bytes()),
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
            answer_to(case, escaped.as_bytes()),
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
        let expected = answer_to(one, numbers(sorted).as_bytes());
        assert!(expected.contains(" must be a "), "{expected}");
        for (name, order) in ORDERS {
            assert_eq!(
                answer_to(one, numbers(order).as_bytes()),
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
        let expected = answer_to("sorted", halves(sorted).as_bytes());
        assert!(
            expected.contains("holds half a surrogate pair"),
            "{expected}"
        );
        for (name, order) in ORDERS {
            assert_eq!(
                answer_to(name, halves(order).as_bytes()),
                expected,
                "{name} {settings}"
            );
        }
    }
}
