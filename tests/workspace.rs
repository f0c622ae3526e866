//! Checks the dependencies of the module and of the program, and their features.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

/// `package version features` of every package that a member of the workspace links, as cargo
/// resolves them for this member alone.
fn linked(member: &str, target: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", member])
        .args(["--edges", "normal", "--target", target])
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

/// The features of a package that the module links.
fn features_of(package: &str) -> Vec<String> {
    features_in(
        &linked("mutable-tags-policy", "wasm32-unknown-unknown"),
        package,
    )
}

fn features_in(linked: &[String], package: &str) -> Vec<String> {
    linked
        .iter()
        .filter(|line| line.split(' ').next() == Some(package))
        .map(|line| line.split(['[', ']']).nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn serde_json_has_only_the_features_that_the_guest_needs() {
    assert_eq!(features_of("serde_json"), ["alloc,default,raw_value,std"]);
}

/// The program judges natively. With these features it would read numbers and keys in another way
/// than the module does.
#[test]
fn serde_json_reads_natively_as_it_does_in_the_module() {
    let linked = linked("mutable-tags-cli", "all");
    let [features] = &features_in(&linked, "serde_json")[..] else {
        panic!("the program links one serde_json");
    };
    let features: Vec<_> = features.split(',').collect();
    assert!(features.contains(&"raw_value"), "{features:?}");
    for feature in [
        "arbitrary_precision",
        "float_roundtrip",
        "preserve_order",
        "unbounded_depth",
    ] {
        assert!(!features.contains(&feature), "{feature}");
    }
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
