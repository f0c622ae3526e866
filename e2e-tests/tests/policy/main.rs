//! What the built policy answers, in the engine that policy-server uses: whole
//! responses, byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the registry is shared by several test crates"
)]

mod answer;
mod hostile;
mod key_order;
mod look_ups;
mod matrix;
mod module;
mod operator;
#[path = "../registry_server/mod.rs"]
mod registry_server;
mod request;
mod responses;
mod secrets;
mod settings;
mod updates;
mod written;

use std::sync::LazyLock;

use e2e_tests::{Engine, built_module, validate_payload};
use serde_json::Value;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load(&built_module()).unwrap());

/// What the policy answers to bytes, which is always text; `case` is named where
/// there is no answer.
fn answer_to(case: &str, payload: &[u8]) -> String {
    match ENGINE.call("validate", payload) {
        Ok(answer) => String::from_utf8(answer).unwrap(),
        Err(error) => panic!("{case}: {error}"),
    }
}

/// What the policy answers to a request.
fn answer(case: &str, request: &Value, settings: &Value) -> String {
    answer_to(case, &validate_payload(request, settings))
}
