//! Checks which toolchain `scripts/wasm-cargo` builds the policy with, on which machine.

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

const BUILT: &str = "wasm32-unknown-unknown --lib";

/// A folder that imitates a machine with a checkout, whose programs are shell scripts.
struct Machine(PathBuf);

impl Machine {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        for inner in ["bin", "debian", "scripts"] {
            fs::create_dir_all(folder.join(inner)).unwrap();
        }
        for tool in ["cat", "dirname", "ls", "mkdir", "touch"] {
            let found = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join(tool));
            let found = found.iter().find(|path| path.exists()).unwrap();
            symlink(found, folder.join("bin").join(tool)).unwrap();
        }
        // The script calls Debian's programs by their absolute paths.
        let script = include_str!("../scripts/wasm-cargo");
        let debian = folder.join("debian").display().to_string();
        let script = script.replace("/usr/bin", &debian);
        fs::write(folder.join("scripts/wasm-cargo"), script).unwrap();
        Self(folder)
    }

    fn with(self, program: &str, script: &str) -> Self {
        let path = self.0.join(program);
        let root = self.0.display();
        fs::write(&path, format!("#!/bin/sh\nroot='{root}'\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn with_rust(self) -> Self {
        self.with("bin/rustc", "echo \"$root/sysroot\"")
            .with("bin/cargo", "echo \"cargo $*\"")
    }

    /// Adds the programs that Debian's packages install.
    fn with_debian(self) -> Self {
        let library = self.0.join("sysroot/lib/rustlib/src/rust/library/std");
        fs::create_dir_all(&library).unwrap();
        fs::write(library.join("Cargo.toml"), "").unwrap();
        self.with("bin/wasm-ld-19", "")
            .with("debian/rustc", "echo \"$root/sysroot\"")
            .with("debian/cargo", "echo \"debian-cargo $*\"")
    }

    /// The output of a build, `None` if it fails, and its error output.
    fn build(&self) -> (Option<String>, String) {
        let output = Command::new("/bin/sh")
            .arg(self.0.join("scripts/wasm-cargo"))
            .args(["build", "--lib"])
            .env_clear()
            .env("PATH", self.0.join("bin"))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let printed = text(output.stdout);
        let printed = output.status.success().then_some(printed);
        (printed, text(output.stderr))
    }
}

const ADDS_THE_TARGET: &str = "lib=$root/sysroot/lib/rustlib/wasm32-unknown-unknown/lib\n\
    mkdir -p \"$lib\" && touch \"$lib/libstd-1.rlib\"";

#[test]
fn builds_with_the_target_that_rustup_has_or_adds() {
    let machine = Machine::new("rustup")
        .with_rust()
        .with_debian()
        .with("bin/rustup", ADDS_THE_TARGET);
    for said in [
        "wasm-cargo: adding the target wasm32-unknown-unknown with rustup\n\
         wasm-cargo: building with the toolchain 'plain'\n",
        "",
    ] {
        let (printed, errors) = machine.build();
        let printed = printed.unwrap();
        assert!(printed.starts_with("cargo build "), "{printed}");
        assert!(printed.trim_end().ends_with(BUILT), "{printed}");
        assert_eq!(errors, said);
    }
}

#[test]
fn builds_with_debians_packages_where_rustup_has_no_target() {
    let machine = Machine::new("debian")
        .with_rust()
        .with_debian()
        .with("bin/rustup", "exit 1");
    let (printed, errors) = machine.build();
    let printed = printed.unwrap();
    assert!(printed.starts_with("debian-cargo build "), "{printed}");
    assert!(
        printed.contains(" -Zbuild-std=std,panic_abort "),
        "{printed}"
    );
    assert!(printed.trim_end().ends_with(BUILT), "{printed}");
    assert!(errors.ends_with("the toolchain 'debian'\n"), "{errors}");
}

#[test]
fn says_what_to_install_where_nothing_builds_the_target() {
    let (printed, errors) = Machine::new("bare").build();
    assert_eq!(printed, None);
    assert_eq!(
        errors,
        "wasm-cargo: no toolchain builds wasm32-unknown-unknown. Install one of:\n\
         wasm-cargo:   rustup target add wasm32-unknown-unknown        (rustup, https://rustup.rs)\n\
         wasm-cargo:   apt-get install rustc-web cargo-web rust-web-src lld-19  (Debian, as root)\n"
    );
}
