//! The core is built anew, and what it answers stays: the built module is compared with the
//! one of the last commit before, which `make target/oracle/policy.wasm` builds from the
//! history. `differences.yaml` lists what may differ.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![allow(
    dead_code,
    reason = "the cases and the properties are the policy's, and shared with its tests"
)]

#[path = "../../../tests/properties/held/mod.rs"]
mod held;
#[path = "../../../tests/decision/host.rs"]
mod host;
#[path = "../../../tests/decision/payloads.rs"]
mod payloads;

mod comparison;
mod differences;
mod guest_host;
mod inputs;
mod outcome;

use std::fs;
use std::path::Path;
use std::time::Duration;

use e2e_tests::{Engine, built_module};

use comparison::compare;
use differences::{Differences, predicate};
use held::case;
use inputs::{Case, Drawn};

/// No payload takes so long; a deadline is not what is compared.
const DEADLINE: Duration = Duration::from_secs(3600);

/// How many payloads are drawn.
const DRAWN: u64 = 100_000;

/// How many cases hold what policy-server cannot hand over: half surrogates, numbers out of
/// range, more than 127 levels, or no JSON.
const UNWRITABLE_CASES: usize = 1;

/// Keeps what was not compared where `make test` ends with it.
fn report(unchecked: Option<&str>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/tools/not-run");
    let file = folder.join("oracle");
    let _ = fs::remove_file(&file);
    if let Some(unchecked) = unchecked {
        eprint!("{unchecked}");
        fs::create_dir_all(&folder).unwrap();
        fs::write(file, unchecked).unwrap();
    }
}

#[test]
fn every_answer_is_the_same_as_before() {
    let before = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/oracle/policy.wasm");
    if !before.exists() {
        return report(Some(
            "oracle: there is no target/oracle/policy.wasm, so the answers were NOT compared \
             with it (make target/oracle/policy.wasm, where the history is whole)\n",
        ));
    }
    report(None);
    let load = |module: &Path| Engine::load(module).unwrap().with_deadline(DEADLINE);
    let (before, now) = (&load(&before), &load(&built_module()));
    let allowed = Differences::read(include_str!("differences.yaml"), predicate);

    let cases = Case::all();
    let of_cases = compare(before, now, &allowed, cases.len(), |number| &cases[number]);
    let drawn = usize::try_from(DRAWN).unwrap();
    let of_drawn = compare(before, now, &allowed, drawn, Drawn);

    println!("cases: {of_cases}\ndrawn: {of_drawn}");
    assert!(
        of_cases.is_equal() && of_drawn.is_equal(),
        "some answers differ, and differences.yaml lists no such kind"
    );
    assert_eq!(allowed.unmet(), [""; 0], "no payload differs so any more");
    assert_eq!(of_cases.unwritable(), UNWRITABLE_CASES);
    assert!(of_drawn.unwritable() < drawn / 100, "{of_drawn}");
}
