//! Tries the scripts that action.yml and .pre-commit-hooks.yaml run, with releases in a folder.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod program;

use std::env::consts::{ARCH, OS};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use program::Folder;

const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// A program that says with which arguments it was called, and ends with the status in a variable.
const ECHO: &str = "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\nexit \"${STATUS:-0}\"\n";

/// The programs' name for this machine.
fn target() -> String {
    match OS {
        "macos" => format!("{ARCH}-apple-darwin"),
        _ => format!("{ARCH}-unknown-linux-musl"),
    }
}

/// A folder with a release of a program that is a script.
fn release(name: &str, program: &str) -> Folder {
    let folder = Folder::new(name);
    let packed = format!("mutable-tags-{}", target());
    folder.write(&format!("{packed}/mutable-tags"), program);
    let path = folder.path().join(&packed).join("mutable-tags");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    let script = format!(
        "mkdir -p releases/{VERSION} && tar -czf releases/{VERSION}/{packed}.tar.gz {packed} &&
        cd releases/{VERSION} && {{ sha256sum *.gz || shasum -a 256 *.gz; }} >SHA256SUMS"
    );
    let mut packing = Command::new("sh");
    packing.args(["-c", &script]).current_dir(folder.path());
    assert!(packing.status().unwrap().success());
    folder
}

/// Runs a script of the repository in a folder, with its releases.
fn run(folder: &Folder, script: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let releases = format!("file://{}/releases", folder.path().display());
    Command::new(root.join("scripts").join(script))
        .args(arguments)
        .current_dir(folder.path())
        .env("MUTABLE_TAGS_RELEASES", releases)
        .env("RUNNER_TEMP", folder.path().join("temp"))
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn the_action_checks_everything_by_default() {
    let folder = release("action", ECHO);
    let output = run(&folder, "check-in-github", &[], &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stdout),
        "[check]\n[--output]\n[github]\n[--]\n[.]\n"
    );
}

#[test]
fn the_action_passes_its_inputs_as_they_are() {
    let folder = release("action-inputs", ECHO);
    let inputs = [
        (
            "INPUT_PATHS",
            "a b.yaml\n--registry\n\n$(touch made)\n`touch made`\n",
        ),
        ("INPUT_POLICY", "my policy.yaml"),
        ("INPUT_SETTINGS", "\"; touch made; \""),
        ("INPUT_SARIF", "$(touch made)"),
        ("INPUT_FAIL_ON", "warning"),
        ("INPUT_ARGS", "--exclude\ntest/** *\n"),
        ("INPUT_VERSION", VERSION),
    ];
    let output = run(&folder, "check-in-github", &[], &inputs);
    assert_eq!(output.status.code(), Some(0));
    let expected = [
        "[check]",
        "[--output]",
        "[github]",
        "[--output]",
        "[sarif=$(touch made)]",
        "[--policy]",
        "[my policy.yaml]",
        "[--settings-path]",
        "[\"; touch made; \"]",
        "[--warn-exit-code]",
        "[1]",
        "[--exclude]",
        "[test/** *]",
        "[--]",
        "[a b.yaml]",
        "[--registry]",
        "[$(touch made)]",
        "[`touch made`]",
    ];
    assert_eq!(text(&output.stdout).lines().collect::<Vec<_>>(), expected);
    assert!(!folder.path().join("made").exists());
}

#[test]
fn the_action_fails_as_its_input_says() {
    let folder = release("action-status", ECHO);
    for (fail_on, status, expected) in [
        ("rejection", "0", 0),
        ("rejection", "1", 1),
        ("rejection", "2", 2),
        ("warning", "1", 1),
        ("nothing", "1", 0),
        ("nothing", "2", 2),
        ("errors", "0", 2),
    ] {
        let inputs = [("INPUT_FAIL_ON", fail_on), ("STATUS", status)];
        let output = run(&folder, "check-in-github", &[], &inputs);
        assert_eq!(output.status.code(), Some(expected), "{fail_on}, {status}");
    }
}

#[test]
fn the_action_shows_the_line_of_a_finding() {
    let program = format!(
        "#!/bin/sh\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_mutable-tags")
    );
    let folder = release("action-finding", &program);
    folder.write(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: web\n      image: acme/web:latest\n",
    );
    let output = run(
        &folder,
        "check-in-github",
        &[],
        &[("INPUT_PATHS", "pod.yaml")],
    );
    assert_eq!(output.status.code(), Some(1));
    let place = "::error file=pod.yaml,line=7,col=14,title=mutable-tags (latest)::";
    assert!(text(&output.stdout).starts_with(place), "{output:?}");
}

#[test]
fn the_hook_judges_the_files_that_pre_commit_names() {
    let folder = release("hook-script", ECHO);
    let output = run(
        &folder,
        "check-in-pre-commit",
        &["--policy", "p.yaml", "a b.yaml"],
        &[],
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stdout),
        "[check]\n[--hook]\n[--quiet]\n[--policy]\n[p.yaml]\n[a b.yaml]\n"
    );
}

#[test]
fn a_program_is_downloaded_once() {
    let folder = release("downloaded-once", ECHO);
    let path = format!("programs/{VERSION}/mutable-tags\n");
    for _ in 0..2 {
        let output = run(&folder, "released-program", &["programs"], &[]);
        assert_eq!(
            (output.status.code(), text(&output.stdout)),
            (Some(0), path.as_str())
        );
        let _ = fs::remove_dir_all(folder.path().join("releases"));
    }
    let programs = fs::read_dir(folder.path().join("programs"));
    assert_eq!(programs.unwrap().count(), 1, "nothing else is left there");
}

#[test]
fn a_program_with_another_checksum_is_not_run() {
    let folder = release("other-checksum", ECHO);
    let sums = format!("releases/{VERSION}/SHA256SUMS");
    let archive = format!("mutable-tags-{}.tar.gz", target());
    for content in [format!("{}  {archive}\n", "0".repeat(64)), String::new()] {
        folder.write(&sums, &content);
        let output = run(&folder, "released-program", &["programs"], &[]);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
        let told = format!("mutable-tags: {archive} has another checksum than SHA256SUMS says\n");
        assert!(text(&output.stderr).ends_with(&told), "{output:?}");
        assert!(
            !folder
                .path()
                .join(format!("programs/{VERSION}/mutable-tags"))
                .exists()
        );
    }
}

#[test]
fn tells_that_there_is_no_such_release() {
    let folder = release("no-release", ECHO);
    for (version, told) in [
        ("v9.9.9", "could not be downloaded"),
        ("latest", "must be a release such as v0.1.0"),
        ("v1/../../x", "must be a release such as v0.1.0"),
    ] {
        let output = run(&folder, "released-program", &["programs", version], &[]);
        assert_eq!(
            (output.status.code(), text(&output.stdout)),
            (Some(2), ""),
            "{version}"
        );
        assert!(text(&output.stderr).contains(told), "{output:?}");
    }
}
