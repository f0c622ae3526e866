//! Tests of the whole decision, on tables and files of cases. They run natively, and as
//! wasm32 under Node.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

// Lets `#[test]` stand for the native attribute or the one of wasm-bindgen.
#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod actual;
mod case;
mod differences;
mod host;
mod layout;
mod limits;
mod messages;
mod operators;
mod payloads;
mod pull_policies;
mod references;
mod requests;
mod settings;
mod table;
mod tags;
mod updates;
mod words;
