//! `mutable-tags history`, on repositories that are made for it.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod forms;
mod moves;
#[path = "../program/mod.rs"]
mod program;
mod reports;
mod repositories;
mod story;
