//! The form that Rancher's UI shows for the settings: it can send what it asks for, and
//! what it sends is valid. How the UI reads and sends it is in `form`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

mod answers;
mod coverage;
mod form;
mod items;
mod shape;
