//! Machines that are made up: every tool that a script may find on one is a small
//! script of a test's, so that no branch needs a network.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) const TARGET_LIB: &str = "sysroot/lib/rustlib/wasm32-unknown-unknown/lib";
pub(crate) const SOURCES: &str = "sysroot/lib/rustlib/src/rust/library/std";

/// A machine with nothing but a shell and a few tools that every Unix has.
pub(crate) struct Machine(pub(crate) PathBuf);

impl Machine {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("machine-{number}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).unwrap();
        let machine = Self(folder);
        for tool in ["cat", "chmod", "cp", "dirname", "ls", "mkdir", "touch"] {
            machine.link(tool);
        }
        machine
    }

    fn link(&self, tool: &str) {
        let found = ["/usr/bin", "/bin"]
            .iter()
            .map(|place| Path::new(place).join(tool))
            .find(|path| path.exists())
            .unwrap();
        symlink(found, self.0.join("bin").join(tool)).unwrap();
    }

    /// Puts tools of this machine on it.
    pub(crate) fn with_tools(self, tools: &[&str]) -> Self {
        for tool in tools {
            self.link(tool);
        }
        self
    }

    /// Puts a program on the machine, a shell script that runs in its folder.
    pub(crate) fn with(self, program: &str, script: &str) -> Self {
        let path = self.0.join("bin").join(program);
        // It may be a link to this machine's own, which stays as it is.
        let _ = fs::remove_file(&path);
        let root = self.0.display();
        fs::write(&path, format!("#!/bin/sh\nroot={root}\n{script}\n")).unwrap();
        self.make_executable(&format!("bin/{program}"));
        self
    }

    pub(crate) fn make_executable(&self, file: &str) {
        fs::set_permissions(self.0.join(file), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(crate) fn with_rust(self) -> Self {
        self.with("rustc", "echo \"$root/sysroot\"")
            .with("cargo", "echo \"cargo $*\"")
    }

    pub(crate) fn with_rustup(self, adds_the_target: bool) -> Self {
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
    pub(crate) fn debian_packages() -> String {
        format!(
            "mkdir -p \"$root/{SOURCES}\" && touch \"$root/{SOURCES}/Cargo.toml\" \"$root/debian\""
        )
    }

    pub(crate) fn with_debian(self) -> Self {
        fs::create_dir_all(self.0.join(SOURCES)).unwrap();
        fs::write(self.0.join(SOURCES).join("Cargo.toml"), "").unwrap();
        self.with_debian_programs()
    }

    pub(crate) fn with_debian_programs(self) -> Self {
        self.with("debian-rustc", "echo \"$root/sysroot\"")
            .with("wasm-ld-19", "")
            .with(
                "debian-cargo",
                "echo \"debian-cargo $*\"\necho \"$RUSTC_BOOTSTRAP $CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER\"",
            )
    }

    pub(crate) fn with_user(self, id: &str) -> Self {
        self.with("id", &format!("echo {id}"))
    }

    /// Runs a script of the project; returns whether it succeeded, its output and
    /// its errors.
    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> (bool, String, String) {
        self.finish(call(script).args(arguments))
    }

    /// Runs a script of the project as CI does.
    pub(crate) fn run_in_ci(&self, script: &str) -> (bool, String, String) {
        self.finish(call(script).env("CI", "true").env("GITHUB_ACTIONS", "true"))
    }

    /// Runs a command with the programs of this machine.
    pub(crate) fn finish(&self, command: &mut Command) -> (bool, String, String) {
        let output = command
            .env("PATH", self.0.join("bin"))
            .env("WASM_TOOLCHAIN_FILE", self.0.join("toolchain"))
            .env("TOOLS_FOLDER", self.0.join("tools"))
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

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap_or_default()
    }
}

/// A call of a script of the project, in an empty environment.
fn call(script: &str) -> Command {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut command = Command::new("/bin/sh");
    command.arg(scripts.join(script)).env_clear();
    command
}
