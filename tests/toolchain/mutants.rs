//! `scripts/mutants`: what it tries, and what it says of what no test notices.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::machine::Machine;

/// Cargo, as far as the script uses it: the quick tests miss two of four mutants, of which
/// all tests miss one.
const CARGO: &str = r#"echo "$*" >>"$root/log"
[ "$1" = mutants ] || exit 0
if [ "$2" = --list ]; then
    printf 'src/a.rs: %s\n' first second third fourth
    exit 0
fi
while [ "$1" != --output ]; do shift; done
mkdir -p "$2/mutants.out"
cd "$2/mutants.out"
case "$2" in
    */quick)
        echo "src/a.rs:1:1: first" >caught.txt
        printf 'src/a.rs:%s\n' "2:1: second" "3:1: third" >missed.txt
        echo "src/a.rs:4:1: fourth" >timeout.txt
        echo "src/a.rs:5:1: fifth" >unviable.txt
        ;;
    *)
        printf 'src/a.rs:%s\n' "2:1: second" "6:1: not asked for" >caught.txt
        printf 'src/a.rs:%s\n' "3:1: third" "7:1: nor is this" >missed.txt
        ;;
esac
exit 2"#;

fn machine() -> Machine {
    Machine::new()
        .with_tools(&[
            "awk", "comm", "cut", "grep", "mv", "rm", "sed", "sort", "tar", "tr",
        ])
        .with("cargo-mutants", "")
        .with("cargo", CARGO)
}

fn mutants(machine: &Machine, explained: &str, arguments: &[&str]) -> (bool, String, String) {
    let list = machine.0.join("survivors.tsv");
    fs::write(&list, format!("# mutant\treason\n{explained}")).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/mutants");
    let (succeeded, output, errors) = machine.finish(
        Command::new("/bin/sh")
            .arg(script)
            .args(arguments)
            .env_clear()
            .env("MUTANTS_FOLDER", machine.0.join("mutants"))
            .env("SURVIVORS", list),
    );
    let folder = machine.0.display().to_string();
    (
        succeeded,
        output.replace(&folder, ""),
        errors.replace(&folder, ""),
    )
}

#[test]
fn passes_where_every_survivor_is_explained() {
    let machine = machine();
    assert_eq!(
        mutants(&machine, "src/a.rs: third\tcosts only\n", &[]),
        (
            true,
            "mutants: 4 viable: 2 caught, 1 timed out, 1 missed (0 unexplained), score 75.0 %; \
             1 unviable\n"
                .to_owned(),
            "mutants: trying what was missed with all tests that judge\n".to_owned()
        )
    );
}

#[test]
fn fails_where_a_survivor_is_not_explained() {
    let (succeeded, output, errors) = mutants(&machine(), "", &[]);
    assert!(!succeeded);
    assert_eq!(
        output,
        "  src/a.rs: third\n\
         mutants: 4 viable: 2 caught, 1 timed out, 1 missed (1 unexplained), score 75.0 %; \
         1 unviable\n"
    );
    assert_eq!(
        errors,
        "mutants: trying what was missed with all tests that judge\n\
         mutants: missed, and not explained in /survivors.tsv:\n"
    );
}

#[test]
fn says_what_needs_no_explanation_any_more() {
    let explained = "src/a.rs: third\tcosts only\nsrc/a.rs: second\ta\nsrc/a.rs: sixth\tb\n";
    let (succeeded, output, errors) = mutants(&machine(), explained, &[]);
    assert!(succeeded);
    assert!(
        output.starts_with("  src/a.rs: second\n  src/a.rs: sixth\nmutants: 4 viable"),
        "{output}"
    );
    assert_eq!(
        errors,
        "mutants: trying what was missed with all tests that judge\n\
         mutants: explained in /survivors.tsv, but caught:\n\
         mutants: explained in /survivors.tsv, but no mutant any more:\n"
    );
}

#[test]
fn tries_what_the_quick_tests_miss_with_all_tests() {
    let machine = machine();
    mutants(&machine, "", &["src/lib.rs", "src/guest.rs"]);
    let log = machine.read("log");
    let calls: Vec<_> = log
        .lines()
        .map(|call| call.split(" --cargo-arg=--locked ").last().unwrap())
        .collect();
    assert_eq!(
        calls,
        [
            "--file=src/lib.rs --file=src/guest.rs --cargo-arg=--test=decision",
            "--re=^src/a\\.rs:2:1: second$ --re=^src/a\\.rs:3:1: third$ --cargo-arg=--lib \
             --cargo-arg=--test=decision --cargo-arg=--test=contract --cargo-arg=--test=parity \
             --cargo-arg=--test=properties --cargo-arg=--test=questions \
             --cargo-arg=--test=selectors",
            "mutants --list --line-col=false --package mutable-tags-policy",
        ]
    );
}

#[test]
fn tries_nothing_where_a_file_is_not_there() {
    let machine = machine();
    assert_eq!(
        mutants(&machine, "", &["src/lib.rs", "src/tgo.rs"]),
        (
            false,
            String::new(),
            "mutants: there is no file src/tgo.rs (FILES are paths such as src/image/tag.rs)\n"
                .to_owned()
        )
    );
    assert!(!machine.0.join("log").exists());
}

#[test]
fn tries_one_part_in_a_folder_of_its_own() {
    let machine = machine();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/mutants");
    let mut command = Command::new("/bin/sh");
    command
        .arg(script)
        .env_clear()
        .env("MUTANTS_FOLDER", machine.0.join("mutants"))
        .env("SHARD", "1/4");
    machine.finish(&mut command);
    assert!(machine.0.join("mutants/1-4/tree/Cargo.toml").exists());
    let log = machine.read("log");
    assert!(
        log.contains(" --shard=1/4 --cargo-arg=--test=decision\n"),
        "{log}"
    );
}

#[test]
fn installs_cargo_mutants() {
    let machine = Machine::new()
        .with_tools(&["rm", "tr"])
        .with("cargo", "echo \"cargo $1 $2\" >>\"$root/log\"; exit 1");
    let (succeeded, _, errors) = mutants(&machine, "", &[]);
    assert!(!succeeded);
    assert_eq!(
        errors,
        "mutants: installing cargo-mutants (some minutes, once)\n"
    );
    assert_eq!(machine.read("log"), "cargo install cargo-mutants\n");
}
