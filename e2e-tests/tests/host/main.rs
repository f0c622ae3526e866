//! Tests the answers of hosts, with guests whose calls are known.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the guests and the registry are shared by several test crates"
)]

mod context;
#[path = "../guests/mod.rs"]
mod guests;
mod registries;
#[path = "../registry_server/mod.rs"]
mod registry_server;
mod sessions;

use e2e_tests::Engine;
use e2e_tests::fuel::Meter;
use e2e_tests::host::{Host, HostError};
use serde_json::{Value, json};

use guests::Call;

/// Makes these calls in a guest. Returns the last answer, or the first error.
fn call_host(host: impl Host + 'static, calls: &[Call<'_>]) -> Result<Value, String> {
    let engine = Engine::compile(guests::calling(calls).as_bytes()).unwrap();
    match engine.with_host(host).validate(&json!({}), &json!({})) {
        Ok(response) => Ok(response.mutated_object.unwrap_or_default()),
        Err(error) => {
            let error = error.to_string();
            let prefix = "the policy reported an error: ";
            Err(error.strip_prefix(prefix).unwrap().to_owned())
        }
    }
}

/// The payload of a call for the digest of an image.
fn digest_of(image: &str) -> String {
    json!(image).to_string()
}

#[test]
fn only_kubewardens_binding_is_known() {
    let guest = guests::calling_as("elsewhere", &[("oci", "v1/manifest_digest", "\"a\"")]);
    let engine = Engine::compile(guest.as_bytes()).unwrap();
    let error = engine.validate(&json!({}), &json!({})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the policy reported an error: unknown binding: elsewhere"
    );
}

/// Gives the same answer to every call.
struct Fixed(&'static str);

impl Host for Fixed {
    fn call(&self, _: &str, _: &str, _: &[u8]) -> Result<Vec<u8>, HostError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

#[test]
fn a_metered_policy_gets_the_same_answer() {
    let guest = guests::calling(&[("any", "thing", "")]);
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
    let guest = guests::calling(&[("any", "thing", "")]);
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
        "the policy reported an error: nothing is looked up unless --context, --registry or --replay is given: \"kubewarden\" \"any\" \"thing\" was refused"
    );
}
