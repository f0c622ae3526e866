//! The Makefile: whichever module lies about, ours is tested and released.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::machine::Machine;

/// A checkout whose policy is a line of text: what "cargo" makes of its sources.
fn checkout() -> Machine {
    let machine = Machine::new()
        .with_tools(&["cmp", "find", "make"])
        .with("cargo", "")
        .with("cc", "")
        .with(
            "kwctl",
            "echo \"kwctl $*\" >>\"$root/log\"\n\
             { cat policy.wasm; echo annotated; } >annotated-policy.wasm",
        );
    for (path, content) in [
        ("build.rs", ""),
        ("Cargo.lock", ""),
        ("Cargo.toml", ""),
        ("metadata.yml", ""),
        ("README.md", ""),
        ("src/lib.rs", "ours\n"),
        (
            "scripts/wasm-cargo",
            "#!/bin/sh\n[ $1 = rustc ] || exit 0\nbuilt=target/wasm/wasm32-unknown-unknown/release\n\
             echo compiled >>log\nmkdir -p $built\n\
             cp src/lib.rs $built/mutable_tags_policy.wasm\n",
        ),
        ("scripts/wasm-shrink", "#!/bin/sh\ncp \"$1\" \"$2\"\n"),
    ] {
        let path = machine.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    for script in ["scripts/wasm-cargo", "scripts/wasm-shrink"] {
        machine.make_executable(script);
    }
    machine
}

fn make(machine: &Machine, target: &str) -> (bool, String, String) {
    let makefile = Path::new(env!("CARGO_MANIFEST_DIR")).join("Makefile");
    machine.finish(
        Command::new(machine.0.join("bin/make"))
            .arg("-f")
            .arg(makefile)
            .arg(target)
            .current_dir(&machine.0)
            .env_clear(),
    )
}

#[test]
fn builds_the_module_once_and_says_nothing_the_second_time() {
    let machine = checkout();
    let said = "Building policy.wasm\n".to_owned();
    assert_eq!(make(&machine, "policy.wasm"), (true, said, String::new()));
    assert_eq!(machine.read("policy.wasm"), "ours\n");
    assert_eq!(
        make(&machine, "policy.wasm"),
        (true, String::new(), String::new())
    );
    assert_eq!(machine.read("log"), "compiled\n");
}

#[test]
fn replaces_a_foreign_module_by_ours() {
    let machine = checkout();
    for foreign in ["built before ours\n", "built after ours\n"] {
        fs::write(machine.0.join("policy.wasm"), foreign).unwrap();
        assert!(make(&machine, "policy.wasm").0);
        assert_eq!(machine.read("policy.wasm"), "ours\n", "{foreign}");
    }
    assert_eq!(machine.read("log"), "compiled\n");
}

#[test]
fn annotates_ours_where_a_foreign_module_lies() {
    let machine = checkout();
    fs::write(machine.0.join("policy.wasm"), "foreign\n").unwrap();
    assert!(make(&machine, "annotated-policy.wasm").0);
    assert_eq!(machine.read("annotated-policy.wasm"), "ours\nannotated\n");
    assert_eq!(machine.read("policy.wasm"), "ours\n");
    assert!(make(&machine, "annotated-policy.wasm").0);
    assert_eq!(
        machine.read("log"),
        "compiled\nkwctl annotate policy.wasm --metadata-path metadata.yml \
         --usage-path README.md --output-path annotated-policy.wasm\n"
    );
}

#[test]
fn builds_anew_what_was_edited() {
    let machine = checkout();
    assert!(make(&machine, "policy.wasm").0);
    fs::write(machine.0.join("src/lib.rs"), "ours, edited\n").unwrap();
    assert!(make(&machine, "policy.wasm").0);
    assert_eq!(machine.read("policy.wasm"), "ours, edited\n");
}
