//! Tests the engine with modules that behave, and with modules that do not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the guests are shared by several test crates"
)]

#[path = "../../cli/tests/guests/mod.rs"]
mod guests;

use std::path::Path;
use std::thread;
use std::time::Duration;

use e2e_tests::fuel::Meter;
use e2e_tests::host::{Host, HostError, Request};
use e2e_tests::{Engine, EngineError, SettingsResponse, ValidationResponse};
use serde_json::json;

fn engine(guest: &str) -> Engine {
    Engine::compile(guest.as_bytes()).unwrap()
}

#[test]
fn reads_a_whole_response() {
    let engine = engine(&guests::answering(
        r#"{"accepted":false,"message":"m","code":403,"mutated_object":{"a":1},"audit_annotations":{"k":"v"},"warnings":["w"],"valid":true}"#,
    ));
    assert_eq!(
        engine.validate(&json!({}), &json!({})).unwrap(),
        ValidationResponse {
            accepted: false,
            message: Some("m".to_owned()),
            code: Some(403),
            mutated_object: Some(json!({"a": 1})),
            audit_annotations: Some([("k".to_owned(), "v".to_owned())].into()),
            warnings: Some(vec!["w".to_owned()]),
        }
    );
    assert_eq!(
        engine.validate_settings(&json!({})).unwrap(),
        SettingsResponse {
            valid: true,
            message: Some("m".to_owned()),
        }
    );
}

#[test]
fn says_what_a_guest_did_wrong() {
    let cases = [
        (
            guests::failing("not today"),
            "the policy reported an error: not today",
        ),
        (
            guests::answering("{}"),
            "the policy's answer to \"validate\" cannot be read: missing field `accepted` at line 1 column 2",
        ),
        (
            guests::asking_the_host(),
            "the policy reported an error: nothing is looked up unless --context, --registry or --replay is given (the policy asked for the digest of \"a\")",
        ),
    ];
    for (guest, expected) in cases {
        let error = engine(&guest).validate(&json!({}), &json!({})).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn tells_a_trap_from_an_error() {
    let error = engine(&guests::trapping())
        .call("validate", b"")
        .unwrap_err();
    let error = error.to_string();
    assert!(error.starts_with("the policy trapped: "), "{error}");
    assert!(!error.contains('\n'), "{error}");
}

#[test]
fn one_engine_serves_many_threads() {
    let engine = engine(&guests::rejecting_carets());
    thread::scope(|scope| {
        for (payload, accepted) in [("a", true), ("^", false)].repeat(4) {
            let engine = &engine;
            scope.spawn(move || {
                for _ in 0..50 {
                    let answer = engine.validate_payload(payload.as_bytes()).unwrap();
                    assert_eq!(answer.accepted, accepted);
                }
            });
        }
    });
}

#[test]
fn interrupts_a_guest_that_never_ends() {
    let engine = engine(&guests::endless()).with_deadline(Duration::from_millis(50));
    for _ in 0..2 {
        let error = engine.call("validate", b"").unwrap_err();
        assert!(matches!(error, EngineError::Deadline(_)), "{error}");
    }
}

#[test]
fn names_the_module_that_is_missing_or_broken() {
    let error = Engine::load(Path::new("no/such.wasm")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the module \"no/such.wasm\" does not exist: run `make policy.wasm`, or name another in POLICY_WASM"
    );
    let error = Engine::compile(b"\0asm").unwrap_err();
    assert!(
        error.to_string().starts_with("not a policy module: "),
        "{error}"
    );
}

#[test]
fn the_meter_counts_every_instruction() {
    let one = Meter::compile(guests::answering(r#"{"accepted":true}"#).as_bytes()).unwrap();
    let measured = one.measure("validate", b"{}").unwrap();
    assert_eq!(measured.response(), br#"{"accepted":true}"#);
    assert_eq!(measured.memory(), 32 * 65536);
    assert!(measured.instructions() > 0);
    assert_eq!(measured, one.measure("validate", b"{}").unwrap());

    let scanning = Meter::compile(guests::rejecting_carets().as_bytes()).unwrap();
    let cost = |length: usize| {
        let payload = vec![b' '; length];
        scanning
            .measure("validate", &payload)
            .unwrap()
            .instructions()
    };
    assert_eq!(cost(200) - cost(100), cost(1_000_100) - cost(1_000_000));
    assert_eq!(cost(200) - cost(100), 100 * (cost(2) - cost(1)));
}

#[test]
fn the_meter_says_what_a_guest_did_wrong() {
    let error = |guest: String| {
        let meter = Meter::compile(guest.as_bytes()).unwrap();
        meter.measure("validate", b"").unwrap_err().to_string()
    };
    assert_eq!(
        error(guests::failing("not today")),
        "the policy reported an error: not today"
    );
    assert_eq!(
        error(guests::asking_the_host()),
        "the policy reported an error: nothing is looked up unless --context, --registry or --replay is given (the policy asked for the digest of \"a\")"
    );
    assert!(error(guests::trapping()).starts_with("the policy trapped: "));
}

/// Gives the same answer to every call.
struct Fixed(&'static str);

impl Host for Fixed {
    fn answer(&self, _: &Request) -> Result<Vec<u8>, HostError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

#[test]
fn a_metered_policy_gets_the_same_answer() {
    let guest = guests::calling(&[("oci", "v1/manifest_digest", "\"a\"")]);
    let meter = Meter::compile(guest.as_bytes()).unwrap();
    let meter = meter.with_host(Fixed("[1,2]"));
    let measured = meter.measure("validate", b"").unwrap();
    assert_eq!(
        measured.response(),
        br#"{"accepted":true,"mutated_object":[1,2]}"#
    );
    assert_eq!(measured, meter.measure("validate", b"").unwrap());
}

#[test]
fn a_clone_of_an_engine_has_its_own_host() {
    let guest = guests::calling(&[("oci", "v1/manifest_digest", "\"a\"")]);
    let engine = Engine::compile(guest.as_bytes()).unwrap();
    let answer = |engine: &Engine| {
        let response = engine.validate(&json!({}), &json!({}));
        response.map(|response| response.mutated_object.unwrap_or_default())
    };
    let first = engine.clone().with_host(Fixed("1"));
    let second = first.clone().with_host(Fixed("2"));
    assert_eq!(answer(&first).unwrap(), 1);
    assert_eq!(answer(&second).unwrap(), 2);
    assert_eq!(
        answer(&engine).unwrap_err().to_string(),
        "the policy reported an error: nothing is looked up unless --context, --registry or --replay is given (the policy asked for the digest of \"a\")"
    );
}
