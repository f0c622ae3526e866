//! `scripts/fuzz`: what it sets up, what it runs, and what it says of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::machine::Machine;

/// Cargo, as far as the script uses it; a target that is called `bad` finds something.
const CARGO: &str = r#"shift; echo "$RUSTUP_TOOLCHAIN $*" >>"$root/log"
[ "$1" != build ] || exit 0
echo "INFO: a line that nobody needs"
printf '#2\tINITED cov: 7 ft: 9 corp: 1/1b exec/s: 0 rss: 30Mb\n'
case " $* " in
    *" bad "*)
        echo "thread panicked at src/lib.rs:1:1:"
        echo "what is wrong"
        exit 77
        ;;
esac
printf '#64\tDONE   cov: 8 ft: 9 corp: 1/1b exec/s: 32 rss: 30Mb\n'
echo "stat::number_of_executed_units: 64"
echo "stat::average_exec_per_sec:     32""#;

fn machine() -> Machine {
    Machine::new()
        .with_tools(&["awk", "grep", "rm", "tee", "tr"])
        .with("c++", "")
        .with("rustup", "[ \"$2\" != list ] || echo nightly-x86_64")
        .with("cargo-fuzz", "")
        .with("cargo", CARGO)
}

fn fuzz(machine: &Machine, arguments: &[&str], runs: &str) -> (bool, String, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/fuzz");
    let (succeeded, output, errors) = machine.finish(
        Command::new("/bin/sh")
            .arg(script)
            .args(arguments)
            .env_clear()
            .env("FUZZ_FOLDER", machine.0.join("fuzz"))
            .env("RUNS", runs),
    );
    let folder = machine.0.display().to_string();
    (
        succeeded,
        output.replace(&folder, ""),
        errors.replace(&folder, ""),
    )
}

#[test]
fn runs_every_target_and_sums_up() {
    let machine = machine();
    let (succeeded, output, errors) = fuzz(&machine, &["one", "two"], "");
    assert!(succeeded, "{errors}");
    let progress = "  #2\tINITED cov: 7 ft: 9 exec/s: 0 rss: 30Mb\n  #64\tDONE   cov: 8 ft: 9 exec/s: 32 rss: 30Mb\n";
    assert_eq!(
        output,
        format!(
            "{progress}{progress}\
             fuzz: one: 64 executions, 32 a second, coverage 8\n\
             fuzz: two: 64 executions, 32 a second, coverage 8\n"
        )
    );
    assert_eq!(
        errors,
        "fuzz: building the targets (some minutes, once)\nfuzz: one: 60 seconds\nfuzz: two: 60 seconds\n"
    );
    let log = machine.read("log");
    assert_eq!(log.matches("-max_total_time=60").count(), 2, "{log}");
    assert!(!log.contains("install"), "{log}");
}

#[test]
fn counts_inputs_where_it_is_told_how_many() {
    let machine = machine();
    let (succeeded, _, errors) = fuzz(&machine, &["one"], "5000");
    assert!(succeeded);
    assert!(errors.ends_with("fuzz: one: 5000 inputs\n"), "{errors}");
    assert!(machine.read("log").ends_with(" -runs=5000\n"));
}

#[test]
fn shows_a_find_goes_on_and_fails() {
    let machine = machine();
    let (succeeded, output, errors) = fuzz(&machine, &["bad", "good"], "");
    assert!(!succeeded);
    assert!(
        output.contains("thread panicked at src/lib.rs:1:1:\nwhat is wrong\n"),
        "{output}"
    );
    assert!(output.contains("fuzz: good: 64 executions"), "{output}");
    assert!(
        errors.contains("fuzz: failed: bad (the inputs are in /fuzz/artifacts)\n"),
        "{errors}"
    );
}

#[test]
fn tries_one_input_again() {
    let machine = machine();
    let input = machine.0.join("input");
    fs::write(&input, "").unwrap();
    assert!(fuzz(&machine, &["one", input.to_str().unwrap()], "").0);
    let log = machine.read("log");
    assert!(
        log.ends_with(&format!(" one {}\n", input.display())),
        "{log}"
    );
}

#[test]
fn installs_a_nightly_compiler_and_cargo_fuzz() {
    let machine = Machine::new()
        .with_tools(&["awk", "grep", "rm", "tee", "tr"])
        .with("c++", "")
        .with("rustup", "echo \"rustup $*\" >>\"$root/log\"")
        .with("cargo", "echo \"cargo $1 $2\" >>\"$root/log\"");
    let (succeeded, _, errors) = fuzz(&machine, &[], "");
    assert!(succeeded, "{errors}");
    assert_eq!(
        errors,
        "fuzz: installing a nightly compiler with rustup (once)\n\
         fuzz: installing cargo-fuzz (a minute, once)\n\
         fuzz: building the targets (some minutes, once)\n"
    );
    assert_eq!(
        machine.read("log"),
        "rustup toolchain list\nrustup toolchain install nightly --profile minimal\n\
         cargo install cargo-fuzz\ncargo fuzz build\n"
    );
}

#[test]
fn says_what_is_missing() {
    let (succeeded, _, errors) = fuzz(&Machine::new(), &["one"], "");
    assert!(!succeeded);
    assert_eq!(
        errors,
        "fuzz: fuzzing needs a nightly compiler, which rustup installs (https://rustup.rs)\n"
    );
    let machine = Machine::new().with("rustup", "");
    let (succeeded, _, errors) = fuzz(&machine, &["one"], "");
    assert!(!succeeded);
    assert_eq!(
        errors,
        "fuzz: fuzzing needs a compiler for C++ (Debian: apt-get install g++)\n"
    );
}
