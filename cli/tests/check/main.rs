//! Tests `mutable-tags check` on the command line, with guests whose answers are known.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the guests and the registry are shared by several test crates"
)]

mod folder;
#[path = "../guests/mod.rs"]
mod guests;
mod input;
mod lookups;
mod outputs;
#[path = "../program/mod.rs"]
mod program;
#[path = "../registry_server/mod.rs"]
mod registry_server;
mod report;
mod settings;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\n";
const BAD_POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: bad, labels: {a: ^}}\n";
