//! Checks the dependencies of the module and their features.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

/// `package version features` of every package that the module links, as cargo resolves
/// them for `-p mutable-tags-policy --lib`.
fn linked() -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "mutable-tags-policy"])
        .args(["--edges", "normal", "--target", "wasm32-unknown-unknown"])
        .args(["--prefix", "none", "--format", "{p} [{f}]"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut lines: Vec<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

fn features_of(package: &str) -> Vec<String> {
    linked()
        .iter()
        .filter(|line| line.split(' ').next() == Some(package))
        .map(|line| line.split(['[', ']']).nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn serde_json_has_only_the_features_that_the_guest_needs() {
    assert_eq!(features_of("serde_json"), ["alloc,default,raw_value,std"]);
}

#[test]
fn k8s_openapi_is_linked_once_for_one_kubernetes_version() {
    assert_eq!(features_of("k8s-openapi"), ["v1_36"]);
}

#[test]
fn the_module_depends_on_few_packages_itself() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--package",
            "mutable-tags-policy",
            "--depth",
            "1",
        ])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let direct: Vec<_> = listed
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        direct,
        [
            "mutable-tags-policy",
            "k8s-openapi",
            "kubewarden-policy-sdk",
            "serde",
            "serde_json",
            "simdutf8",
            "strsim"
        ]
    );
}
