//! The scripts that set tools up, on machines that are made up.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(all(unix, not(target_arch = "wasm32")))]

mod bats;
mod cargo;
mod fuzz;
mod linters;
mod machine;
mod module;
mod mutants;
mod shrink;
