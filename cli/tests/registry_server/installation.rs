//! Finds the registry's program, or installs it.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

const PROGRAM: &str = "docker-registry";

/// The path of the program. Only the first call looks for it.
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
             (Debian: apt-get install {PROGRAM}), or run them as root"
        )
    })
}

fn find() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(PROGRAM))
        .find(|program| program.is_file())
}

/// Installs Debian's package, as root or, in CI, with sudo. If this fails, the program is still
/// missing.
fn install() {
    let Some(become_root) = become_root() else {
        return;
    };
    eprintln!("registry-server: installing Debian's package {PROGRAM}");
    for arguments in [
        &["update"][..],
        &["install", "-y", "--no-install-recommends", PROGRAM],
    ] {
        // sudo passes no variables on, so that env sets this one.
        let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        if !succeeds(&[become_root, &words, arguments].concat()) {
            eprintln!("registry-server: apt-get {} failed", arguments.join(" "));
        }
    }
}

/// The words before a command that needs root; `None` if it cannot run. sudo is only used in
/// CI, and not on the machine of a developer.
fn become_root() -> Option<&'static [&'static str]> {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if is_root {
        return Some(&[]);
    }
    let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
    (is_ci && succeeds(&["sudo", "-n", "true"])).then_some(&["sudo", "-n"])
}

fn succeeds(words: &[&str]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
