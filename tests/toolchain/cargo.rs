//! `scripts/wasm-cargo`: which toolchain builds the policy.

use std::fs;

use crate::machine::{Machine, TARGET_LIB};

/// How cargo is told to leave a machine's folders out of the module: the checkout, the
/// sources of crates, and those of the standard library where they are compiled.
fn remap(more: &str) -> String {
    format!(
        "--config target.'cfg(target_family = \"wasm\")'.rustflags = \
         ['--remap-path-prefix={}=.', '--remap-path-prefix=/.cargo=cargo'{more}]",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn plain(arguments: &str) -> String {
    let remap = remap("");
    format!("cargo build {remap} --target wasm32-unknown-unknown{arguments}\n")
}

#[test]
fn uses_a_target_that_is_there() {
    let machine = Machine::new().with_rust().with_rustup(false);
    fs::create_dir_all(machine.0.join(TARGET_LIB)).unwrap();
    fs::write(machine.0.join(TARGET_LIB).join("libstd-1.rlib"), "").unwrap();
    let (succeeded, output, _) = machine.run("wasm-cargo", &["build", "--lib"]);
    assert!(succeeded);
    assert_eq!(output, plain(" --lib"));
    assert_eq!(machine.read("log"), "");
}

#[test]
fn adds_the_target_with_rustup() {
    let machine = Machine::new().with_rust().with_rustup(true);
    let (succeeded, output, errors) = machine.run("wasm-cargo", &["build", "--lib"]);
    assert!(succeeded);
    assert_eq!(output, plain(" --lib"));
    assert_eq!(
        errors,
        "wasm-cargo: adding the target wasm32-unknown-unknown with rustup\n\
         wasm-cargo: building with the toolchain 'plain'\n"
    );
    assert_eq!(
        machine.read("log"),
        "rustup target add wasm32-unknown-unknown\n"
    );
}

#[test]
fn sets_nothing_up_the_second_time() {
    let machine = Machine::new().with_rust().with_rustup(true);
    machine.run("wasm-cargo", &["--setup"]);
    let (succeeded, output, errors) = machine.run("wasm-cargo", &["build"]);
    assert!(succeeded);
    assert_eq!(output, plain(""));
    assert_eq!(errors, "");
    assert_eq!(
        machine.read("log"),
        "rustup target add wasm32-unknown-unknown\n"
    );
}

#[test]
fn finds_a_toolchain_anew_where_the_remembered_one_is_gone() {
    let machine = Machine::new().with_rust().with_rustup(true);
    fs::write(machine.0.join("toolchain"), "debian\n").unwrap();
    let (succeeded, output, _) = machine.run("wasm-cargo", &["build"]);
    assert!(succeeded);
    assert_eq!(output, plain(""));
    assert_eq!(machine.read("toolchain"), "plain\n");
}

#[test]
fn describes_the_toolchain_that_it_builds_with() {
    let machine = Machine::new()
        .with_rust()
        .with_rustup(true)
        .with_tools(&["cut"]);
    machine.run("wasm-cargo", &["--setup"]);
    let machine = machine.with(
        "rustc",
        "[ \"$1\" = --version ] && echo 'rustc 1.95.0 (59807616e 2026-04-14)' || echo \"$root/sysroot\"",
    );
    let (succeeded, output, _) = machine.run("wasm-cargo", &["--describe"]);
    assert!(succeeded);
    assert_eq!(output, "1.95.0 prebuilt\n");
}

#[test]
fn falls_back_to_debians_toolchain() {
    let machine = Machine::new().with_rust().with_rustup(false).with_debian();
    let (succeeded, output, errors) = machine.run("wasm-cargo", &["build", "--lib"]);
    assert!(succeeded);
    let sysroot = machine.0.join("sysroot/lib/rustlib/src/rust");
    let remap = remap(&format!(
        ", '--remap-path-prefix={}=/rustc'",
        sysroot.display()
    ));
    assert_eq!(
        output,
        format!(
            "debian-cargo build {remap} -Zbuild-std=std,panic_abort \
             --target wasm32-unknown-unknown --lib\n1 wasm-ld-19\n"
        )
    );
    assert_eq!(
        errors,
        "wasm-cargo: adding the target wasm32-unknown-unknown with rustup\n\
         wasm-cargo: rustup could not add the target\n\
         wasm-cargo: building with the toolchain 'debian'\n"
    );
}

#[test]
fn installs_debians_packages_as_root() {
    let machine = Machine::new().with_debian_programs().with_user("0").with(
        "apt-get",
        &format!(
            "echo \"apt-get $*\" >>\"$root/log\"\n{}",
            Machine::debian_packages()
        ),
    );
    let (succeeded, _, _) = machine.run("wasm-cargo", &["build"]);
    assert!(succeeded);
    assert_eq!(
        machine.read("log"),
        "apt-get update\napt-get install -y --no-install-recommends \
         rustc-web cargo-web rust-web-src lld-19\n"
    );
}

#[test]
fn says_what_to_install_where_nothing_can_be_set_up() {
    let machine = Machine::new().with_user("1000").with("apt-get", "exit 1");
    let (succeeded, output, errors) = machine.run("wasm-cargo", &["build"]);
    assert!(!succeeded);
    assert_eq!(output, "");
    assert_eq!(
        errors,
        "wasm-cargo: not root, so Debian's packages cannot be installed from here\n\
         wasm-cargo: no toolchain builds wasm32-unknown-unknown. Install one of:\n\
         wasm-cargo:   rustup target add wasm32-unknown-unknown        (rustup, https://rustup.rs)\n\
         wasm-cargo:   apt-get install rustc-web cargo-web rust-web-src lld-19  (Debian, as root)\n"
    );
}
