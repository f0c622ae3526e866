//! `scripts/bats-suites`: which of Kubewarden's programs the policy is tried in.

use std::fs;
use std::path::Path;

use crate::machine::Machine;

/// A `bats` of which every test of a suite passes.
const PASSES: &str = r#"echo "bats $*" >>"$root/log"
for last; do :; done
cat "$last"/*.bats | grep '^@test ' | while read -r test; do echo "ok $test"; done"#;

/// A `bats` that stops after a test that passes, one that is skipped and one that fails.
const FAILS: &str = "echo 'ok 1 one'; echo 'ok 2 two # skip'; echo 'not ok 3 three'; exit 1";

fn machine() -> Machine {
    Machine::new()
        .with_tools(&["grep", "mktemp", "rm", "tee"])
        .with("make", "echo \"make $*\" >>\"$root/log\"")
}

/// A machine that has what the suites need beside Kubewarden's programs.
fn equipped(bats: &str) -> Machine {
    machine()
        .with("bats", bats)
        .with("curl", "")
        .with("docker-registry", "")
        .with("jq", "")
}

/// How many tests the suite of a program has, and in how many files.
fn size(suite: &str) -> (usize, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("e2e-tests")
        .join(suite);
    let texts: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "bats"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let tests = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| line.starts_with("@test "));
    (tests.count(), texts.len())
}

/// What is said of a suite that does not run.
fn left_out(suite: &str, reason: &str) -> String {
    let (tests, files) = size(suite);
    format!(
        "bats-suites: {reason}: {tests} tests in {files} files of e2e-tests/{suite} did not run\n"
    )
}

fn last_line(output: &str) -> &str {
    output.lines().last().unwrap_or_default()
}

#[test]
fn says_what_did_not_run_where_there_is_no_kwctl() {
    let machine = machine();
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(succeeded);
    assert_eq!(output, "");
    let missing = left_out("kwctl", "kwctl is not installed")
        + &left_out("policy-server", "policy-server is not installed");
    assert_eq!(errors, missing);
    assert_eq!(machine.read("tools/not-run/bats"), missing);
}

#[test]
fn forgets_what_did_not_run_once_it_runs() {
    let machine = equipped(PASSES);
    assert!(machine.run("bats-suites", &[]).0);
    assert_ne!(machine.read("tools/not-run/bats"), "");
    let machine = machine.with("kwctl", "").with("policy-server", "");
    assert!(machine.run("bats-suites", &[]).0);
    assert!(!machine.0.join("tools/not-run/bats").exists());
}

#[test]
fn says_that_policy_server_needs_kwctl() {
    let machine = equipped(PASSES).with("policy-server", "");
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(succeeded);
    assert_eq!(output, "");
    let missing = left_out("kwctl", "kwctl is not installed")
        + &left_out(
            "policy-server",
            "kwctl, which writes the metadata into the module, is not installed",
        );
    assert_eq!(errors, missing);
    assert_eq!(machine.read("log"), "");
}

#[test]
fn runs_the_suite_of_kwctl_alone() {
    let machine = equipped(PASSES).with("kwctl", "");
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(succeeded, "{errors}");
    let (tests, _) = size("kwctl");
    assert_eq!(
        last_line(&output),
        format!("kwctl: {tests} passed, 0 failed, 0 skipped")
    );
    assert_eq!(
        errors,
        left_out("policy-server", "policy-server is not installed")
    );
    assert_eq!(
        machine.read("log"),
        "make annotated-policy.wasm\nbats --formatter tap e2e-tests/kwctl\n"
    );
}

#[test]
fn runs_both_suites() {
    let machine = equipped(PASSES).with("kwctl", "").with("policy-server", "");
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(succeeded, "{errors}");
    assert_eq!(errors, "");
    for suite in ["kwctl", "policy-server"] {
        let (tests, _) = size(suite);
        let counts = format!("{suite}: {tests} passed, 0 failed, 0 skipped\n");
        assert!(output.contains(&counts), "{output}");
    }
    assert_eq!(
        machine.read("log"),
        "make annotated-policy.wasm\nbats --formatter tap e2e-tests/kwctl\n\
         bats --formatter tap e2e-tests/policy-server\n"
    );
}

#[test]
fn fails_where_a_test_does_and_counts_those_of_which_nothing_is_heard() {
    let machine = equipped(FAILS).with("kwctl", "");
    let (succeeded, output, _) = machine.run("bats-suites", &[]);
    assert!(!succeeded);
    let (tests, _) = size("kwctl");
    let counts = format!("kwctl: 1 passed, {} failed, 1 skipped", tests - 2);
    assert_eq!(last_line(&output), counts);
}

#[test]
fn fails_where_a_suite_ends_early_without_an_error() {
    let machine = equipped("echo 'ok 1 one'").with("kwctl", "");
    let (succeeded, output, _) = machine.run("bats-suites", &[]);
    assert!(!succeeded);
    let (tests, _) = size("kwctl");
    let counts = format!("kwctl: 1 passed, {} failed, 0 skipped", tests - 1);
    assert_eq!(last_line(&output), counts);
}

#[test]
fn fails_where_the_module_cannot_be_annotated() {
    let machine = equipped(PASSES).with("kwctl", "").with("make", "exit 2");
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(!succeeded);
    assert_eq!((output.as_str(), machine.read("log").as_str()), ("", ""));
    let said = left_out("policy-server", "policy-server is not installed")
        + &left_out("kwctl", "the module could not be annotated");
    assert_eq!(errors, said);
}

/// A machine of somebody who is not root, with a `sudo` that says so and this besides.
fn of_a_user(sudo: &str) -> Machine {
    machine()
        .with_user("1000")
        .with("apt-get", "echo \"apt-get $*\" >>\"$root/log\"")
        .with("sudo", &format!("echo \"sudo $*\" >>\"$root/log\"\n{sudo}"))
        .with("jq", "")
        .with("kwctl", "")
        .with("policy-server", "")
}

/// What is said there where nothing is installed.
fn not_installed_there() -> String {
    let reason = "not installed: bats curl docker-registry";
    "bats-suites: missing: bats curl docker-registry \
     (Debian: apt-get install bats curl docker-registry)\n"
        .to_owned()
        + &left_out("kwctl", reason)
        + &left_out("policy-server", reason)
}

#[test]
fn says_what_to_install_and_what_did_not_run_and_asks_no_sudo() {
    let machine = of_a_user("");
    let (succeeded, output, errors) = machine.run("bats-suites", &[]);
    assert!(!succeeded);
    assert_eq!(output, "");
    assert_eq!(errors, not_installed_there());
    assert_eq!(machine.read("log"), "");
    assert!(errors.ends_with(&machine.read("tools/not-run/bats")));
}

#[test]
fn says_so_too_where_sudo_wants_a_password_in_ci() {
    let machine = of_a_user("exit 1");
    let (succeeded, output, errors) = machine.run_in_ci("bats-suites");
    assert!(!succeeded);
    assert_eq!(output, "");
    assert_eq!(errors, not_installed_there());
    assert_eq!(machine.read("log"), "sudo -n true\n");
}

#[test]
fn leaves_no_folder_behind_where_it_is_interrupted() {
    let machine = equipped(PASSES)
        .with("kwctl", "")
        .with("policy-server", "")
        .with(
            "mktemp",
            "mkdir \"$root/scratch\"\necho mktemp >>\"$root/log\"\necho \"$root/scratch\"",
        )
        .with("tee", "cat\nkill -TERM \"$PPID\"");
    let (succeeded, _, errors) = machine.run("bats-suites", &[]);
    assert!(!succeeded, "{errors}");
    assert_eq!(
        machine.read("log"),
        "make annotated-policy.wasm\nmktemp\nbats --formatter tap e2e-tests/kwctl\n"
    );
    assert!(!machine.0.join("scratch").exists());
}

/// An `apt-get` that installs a `bats`.
fn apt_get() -> String {
    format!(
        "echo \"apt-get $*\" >>\"$root/log\"\n\
         [ \"$1\" = update ] || {{ cat >\"$root/bin/bats\" <<'END'\n\
         #!/bin/sh\nroot=${{0%/bin/bats}}\n{PASSES}\nEND\n\
         chmod +x \"$root/bin/bats\"; }}"
    )
}

#[test]
fn installs_debians_packages_as_root() {
    let machine = equipped(PASSES)
        .with_user("0")
        .with("env", "shift; \"$@\"")
        .with("apt-get", &apt_get())
        .with("kwctl", "");
    fs::remove_file(machine.0.join("bin/bats")).unwrap();
    let (succeeded, _, errors) = machine.run("bats-suites", &[]);
    assert!(succeeded, "{errors}");
    let said = left_out("policy-server", "policy-server is not installed")
        + "bats-suites: installing Debian's packages bats\n";
    assert_eq!(errors, said);
    assert_eq!(
        machine.read("log"),
        "apt-get update\napt-get install -y --no-install-recommends bats\n\
         make annotated-policy.wasm\nbats --formatter tap e2e-tests/kwctl\n"
    );
}

#[test]
fn installs_debians_packages_through_sudo_in_ci() {
    let machine = equipped(PASSES)
        .with_user("1000")
        .with("true", "")
        .with("env", "shift; \"$@\"")
        .with(
            "sudo",
            "echo \"sudo $*\" >>\"$root/log\"; [ \"$1\" = -n ] && shift && \"$@\"",
        )
        .with("apt-get", &apt_get())
        .with("kwctl", "");
    fs::remove_file(machine.0.join("bin/bats")).unwrap();
    let (succeeded, _, errors) = machine.run_in_ci("bats-suites");
    assert!(succeeded, "{errors}");
    assert_eq!(
        machine.read("log"),
        "sudo -n true\n\
         sudo -n apt-get update\n\
         apt-get update\n\
         sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends bats\n\
         apt-get install -y --no-install-recommends bats\n\
         make annotated-policy.wasm\nbats --formatter tap e2e-tests/kwctl\n"
    );
}

#[test]
fn says_what_is_missing_where_apt_get_fails() {
    let machine = machine()
        .with_user("0")
        .with("apt-get", "exit 1")
        .with("kwctl", "");
    let (succeeded, _, errors) = machine.run("bats-suites", &[]);
    assert!(!succeeded);
    let said = left_out("policy-server", "policy-server is not installed")
        + "bats-suites: installing Debian's packages bats curl docker-registry jq\n\
           bats-suites: apt-get could not install them\n\
           bats-suites: missing: bats curl docker-registry jq \
           (Debian: apt-get install bats curl docker-registry jq)\n"
        + &left_out("kwctl", "not installed: bats curl docker-registry jq");
    assert_eq!(errors, said);
}
