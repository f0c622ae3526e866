//! Tests the built policy in the engine that policy-server uses: its verdicts and findings, and
//! that its answers are those of the library, byte for byte.

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
    reason = "the registry and the cases are shared by several test crates"
)]

mod answer;
#[path = "../../../tests/decision/case.rs"]
mod case;
#[path = "../../../tests/decision/host.rs"]
mod case_host;
mod cases;
mod hostile;
mod key_order;
mod lookups;
mod matrix;
mod module;
mod operator;
#[path = "../../../cli/tests/registry_server/mod.rs"]
mod registry_server;
mod request;
mod responses;
mod secrets;
mod settings;
mod updates;
mod written;

use std::sync::LazyLock;

use answer::Answer;
use e2e_tests::{Engine, built_module, validate_payload};
use serde_json::Value;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load(&built_module()).unwrap());

/// The answer to a payload as text. If there is none, the panic names the case.
fn text_of(case: &str, payload: &[u8]) -> String {
    match ENGINE.call("validate", payload) {
        Ok(answer) => String::from_utf8(answer).unwrap(),
        Err(error) => panic!("{case}: {error}"),
    }
}

/// The answer to a payload.
fn answer_to(case: &str, payload: &[u8]) -> Answer {
    Answer::parse(&text_of(case, payload))
}

/// The answer to a request.
fn answer(case: &str, request: &Value, settings: &Value) -> Answer {
    answer_to(case, &validate_payload(request, settings))
}
