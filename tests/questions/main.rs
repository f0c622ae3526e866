//! Checks the form that the Rancher UI shows for the settings: it can send every setting,
//! and sends valid ones. The module `form` imitates the UI.

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
