//! `scripts/wasm-cargo` on machines that are made up: every tool it may find is a
//! small script of this test's, so that no branch needs a network.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(all(unix, not(target_arch = "wasm32")))]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/wasm-cargo");
const TARGET_LIB: &str = "sysroot/lib/rustlib/wasm32-unknown-unknown/lib";
const SOURCES: &str = "sysroot/lib/rustlib/src/rust/library/std";

/// A machine with nothing but a shell and a few tools that every Unix has.
struct Machine(PathBuf);

impl Machine {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("machine-{number}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).unwrap();
        for tool in ["cat", "dirname", "ls", "mkdir", "touch"] {
            let found = ["/usr/bin", "/bin"]
                .iter()
                .map(|place| Path::new(place).join(tool))
                .find(|path| path.exists())
                .unwrap();
            symlink(found, folder.join("bin").join(tool)).unwrap();
        }
        Self(folder)
    }

    /// Puts a program on the machine, a shell script that runs in its folder.
    fn with(self, program: &str, script: &str) -> Self {
        let path = self.0.join("bin").join(program);
        let root = self.0.display();
        fs::write(&path, format!("#!/bin/sh\nroot={root}\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn with_rust(self) -> Self {
        self.with("rustc", "echo \"$root/sysroot\"")
            .with("cargo", "echo \"cargo $*\"")
    }

    fn with_rustup(self, adds_the_target: bool) -> Self {
        let add = format!(
            "mkdir -p \"$root/{TARGET_LIB}\" && touch \"$root/{TARGET_LIB}/libstd-1.rlib\""
        );
        let outcome = if adds_the_target {
            add.as_str()
        } else {
            "exit 1"
        };
        self.with(
            "rustup",
            &format!("echo \"rustup $*\" >>\"$root/log\"\n{outcome}"),
        )
    }

    /// What Debian's packages install, as a script.
    fn debian_packages() -> String {
        format!(
            "mkdir -p \"$root/{SOURCES}\" && touch \"$root/{SOURCES}/Cargo.toml\" \"$root/debian\""
        )
    }

    fn with_debian(self) -> Self {
        fs::create_dir_all(self.0.join(SOURCES)).unwrap();
        fs::write(self.0.join(SOURCES).join("Cargo.toml"), "").unwrap();
        self.with_debian_programs()
    }

    fn with_debian_programs(self) -> Self {
        self.with("debian-rustc", "echo \"$root/sysroot\"")
            .with("wasm-ld-19", "")
            .with(
                "debian-cargo",
                "echo \"debian-cargo $*\"\necho \"$RUSTC_BOOTSTRAP $CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER\"",
            )
    }

    fn with_user(self, id: &str) -> Self {
        self.with("id", &format!("echo {id}"))
    }

    /// Runs the script; returns whether it succeeded, its output and its errors.
    fn run(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new("/bin/sh")
            .arg(SCRIPT)
            .args(arguments)
            .env_clear()
            .env("PATH", self.0.join("bin"))
            .env("WASM_TOOLCHAIN_FILE", self.0.join("toolchain"))
            .env("DEBIAN_RUSTC", self.0.join("bin/debian-rustc"))
            .env("DEBIAN_CARGO", self.0.join("bin/debian-cargo"))
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap_or_default()
    }
}

#[test]
fn uses_a_target_that_is_there() {
    let machine = Machine::new().with_rust().with_rustup(false);
    fs::create_dir_all(machine.0.join(TARGET_LIB)).unwrap();
    fs::write(machine.0.join(TARGET_LIB).join("libstd-1.rlib"), "").unwrap();
    let (succeeded, output, _) = machine.run(&["build", "--lib"]);
    assert!(succeeded);
    assert_eq!(
        output,
        "cargo build --target wasm32-unknown-unknown --lib\n"
    );
    assert_eq!(machine.read("log"), "");
}

#[test]
fn adds_the_target_with_rustup() {
    let machine = Machine::new().with_rust().with_rustup(true);
    let (succeeded, output, errors) = machine.run(&["build", "--lib"]);
    assert!(succeeded);
    assert_eq!(
        output,
        "cargo build --target wasm32-unknown-unknown --lib\n"
    );
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
    machine.run(&["--setup"]);
    let (succeeded, output, errors) = machine.run(&["build"]);
    assert!(succeeded);
    assert_eq!(output, "cargo build --target wasm32-unknown-unknown\n");
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
    let (succeeded, output, _) = machine.run(&["build"]);
    assert!(succeeded);
    assert_eq!(output, "cargo build --target wasm32-unknown-unknown\n");
    assert_eq!(machine.read("toolchain"), "plain\n");
}

#[test]
fn falls_back_to_debians_toolchain() {
    let machine = Machine::new().with_rust().with_rustup(false).with_debian();
    let (succeeded, output, errors) = machine.run(&["build", "--lib"]);
    assert!(succeeded);
    assert_eq!(
        output,
        "debian-cargo build -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown --lib\n\
         1 wasm-ld-19\n"
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
    let (succeeded, _, _) = machine.run(&["build"]);
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
    let (succeeded, output, errors) = machine.run(&["build"]);
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
