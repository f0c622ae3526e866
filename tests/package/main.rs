//! Checks the files that the policy is distributed with, against each other, the policy,
//! and the types of Kubewarden.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

mod artifact_hub;
mod chart;
mod manifest;
mod metadata;
mod policies;
mod release;
mod version;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn yaml(file: &str) -> Value {
    yaml_serde::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of a folder whose names end with `ending`, relative to the root.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| Path::new(folder).join(entry.unwrap().file_name()))
        .filter(|path| path.extension().is_some_and(|own| own == ending))
        .collect();
    found.sort();
    found
}
