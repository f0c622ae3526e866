//! `scripts/lint-workflows`: which linters look at workflows and scripts, and what is
//! said where one does not.

use std::fs;

use crate::machine::Machine;

const INSTALLING: &str =
    "lint-workflows: installing jactionlint, zizmor and shellcheck in target/tools (once)\n";

/// How each of them begins to be called: what is looked at changes.
const CALLS: [&str; 3] = [
    "jactionlint --no-online --no-hints --strict-exit --profile pedantic .github/workflows/",
    "zizmor --offline --pedantic --strict-collection --no-progress --quiet .github\n",
    "shellcheck .ci/run scripts/",
];

fn machine() -> Machine {
    Machine::new().with_tools(&["cmp", "rm", "tee"])
}

/// A Python whose pip installs what `linters` names, each of which finds nothing.
fn with_python(machine: Machine, linters: &str) -> Machine {
    let pip = format!(
        "#!/bin/sh\nroot={}\necho \"pip $1\" >>\"$root/log\"\n\
         for linter in {linters}; do cp \"$root/bin/linter\" \"${{0%/*}}/$linter\"; done\n",
        machine.0.display()
    );
    fs::write(machine.0.join("pip"), pip).unwrap();
    machine.make_executable("pip");
    machine
        .with(
            "linter",
            "[ \"$1\" = --version ] || echo \"${0##*/} $*\" >>\"$root/log\"",
        )
        .with(
            "python3",
            "[ \"$1\" = -m ] || { [ ! -e \"$root/no-venv\" ]; exit; }\n\
             mkdir -p \"$3/bin\"\ncp \"$root/pip\" \"$3/bin/pip\"",
        )
}

fn lint(machine: &Machine) -> (bool, String, String) {
    machine.run("lint-workflows", &[])
}

#[test]
fn installs_the_linters_only_once() {
    let machine = with_python(machine(), "jactionlint zizmor shellcheck");
    assert_eq!(lint(&machine), (true, String::new(), INSTALLING.to_owned()));
    assert_eq!(lint(&machine), (true, String::new(), String::new()));
    let log = machine.read("log");
    assert_eq!(log.matches("pip install\n").count(), 1, "{log}");
    for call in CALLS {
        assert_eq!(log.matches(call).count(), 2, "{log}");
    }
}

#[test]
fn looks_at_the_scripts_and_at_the_suites_of_bats() {
    let machine = with_python(machine(), "jactionlint zizmor shellcheck");
    assert!(lint(&machine).0);
    let log = machine.read("log");
    let call = log.lines().find(|line| line.starts_with(CALLS[2])).unwrap();
    for looked_at in [
        "scripts/lint-workflows",
        "e2e-tests/bats/answers.bash",
        "e2e-tests/kwctl/rejected.bats",
        "e2e-tests/policy-server/rejected.bats",
    ] {
        assert!(call.split(' ').any(|word| word == looked_at), "{call}");
    }
}

#[test]
fn installs_them_anew_where_other_versions_are_wanted() {
    let machine = with_python(machine(), "jactionlint zizmor shellcheck");
    assert!(lint(&machine).0);
    fs::write(machine.0.join("tools/linters/wanted"), "others").unwrap();
    assert_eq!(lint(&machine), (true, String::new(), INSTALLING.to_owned()));
}

#[test]
fn installs_pythons_venv_as_root() {
    let machine = with_python(machine(), "jactionlint zizmor shellcheck")
        .with_user("0")
        .with(
            "apt-get",
            "echo \"apt-get $*\" >>\"$root/log\"\n[ \"$1\" = update ] || rm \"$root/no-venv\"",
        );
    fs::write(machine.0.join("no-venv"), "").unwrap();
    let (succeeded, _, errors) = lint(&machine);
    assert!(succeeded, "{errors}");
    assert_eq!(
        errors,
        format!("{INSTALLING}lint-workflows: installing Debian's package python3-venv\n")
    );
    assert!(machine.read("log").starts_with(
        "apt-get update\napt-get install -y --no-install-recommends python3-venv\npip install\n"
    ));
}

#[test]
fn fails_where_a_linter_finds_something_and_runs_the_others() {
    let machine = with_python(machine(), "jactionlint zizmor shellcheck");
    assert!(lint(&machine).0);
    let found = "#!/bin/sh\n[ \"$1\" = --version ]\n";
    for linter in ["jactionlint", "shellcheck"] {
        let path = format!("tools/linters/bin/{linter}");
        fs::write(machine.0.join(path), found).unwrap();
    }
    fs::remove_file(machine.0.join("log")).unwrap();
    let (succeeded, _, errors) = lint(&machine);
    assert!(!succeeded);
    assert_eq!(
        errors,
        "lint-workflows: found something: jactionlint shellcheck\n"
    );
    assert!(machine.read("log").starts_with("zizmor "));
}

#[test]
fn names_what_did_not_run_and_passes_away_from_ci() {
    let machine = machine().with_user("1000");
    let missing = "lint-workflows: did NOT run: jactionlint zizmor shellcheck\n";
    let said = format!(
        "{INSTALLING}\
         lint-workflows: they need Python 3 with venv (Debian: apt-get install python3-venv)\n\
         lint-workflows: they could not be installed\n\
         {missing}"
    );
    assert_eq!(lint(&machine), (true, String::new(), said.clone()));
    assert_eq!(machine.read("tools/not-run/linters"), missing);
    assert_eq!(
        machine.run_in_ci("lint-workflows"),
        (false, String::new(), said)
    );
}

#[test]
fn uses_linters_that_are_there_where_nothing_can_be_installed() {
    let machine = with_python(machine(), "")
        .with("shellcheck", "")
        .with("jactionlint", "exit 1");
    let (succeeded, _, errors) = lint(&machine);
    assert!(!succeeded);
    assert_eq!(
        errors,
        format!(
            "{INSTALLING}lint-workflows: did NOT run: zizmor\n\
             lint-workflows: found something: jactionlint\n"
        )
    );
}

#[test]
fn forgets_what_did_not_run_once_it_runs() {
    let machine = machine().with_user("1000");
    assert!(lint(&machine).0);
    let machine = with_python(machine, "jactionlint zizmor shellcheck");
    assert!(lint(&machine).0);
    assert!(!machine.0.join("tools/not-run/linters").exists());
}
