//! Finds the registry's program, or installs it.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

const PROGRAM: &str = "docker-registry";

/// The program, which only one test looks for.
pub(super) fn program() -> PathBuf {
    static FOUND: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
        find().or_else(|| {
            install();
            find()
        })
    });
    FOUND.clone().unwrap_or_else(|| {
        panic!(
            "there is no {PROGRAM}, which the tests of registries need: install it \
             (Debian: apt-get install {PROGRAM}), or run them as root where apt-get can"
        )
    })
}

fn find() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(PROGRAM))
        .find(|program| program.is_file())
}

/// Installs Debian's package where root may. That it did not work shows in that the
/// program is still missing.
fn install() {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !is_root {
        return;
    }
    eprintln!("registry-server: installing Debian's package {PROGRAM}");
    for arguments in [
        &["update"][..],
        &["install", "-y", "--no-install-recommends", PROGRAM],
    ] {
        let status = Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("registry-server: apt-get {} failed", arguments.join(" "));
        }
    }
}
