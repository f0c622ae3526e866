//! Requests cost the module no more than its budget. (Its size has one alarm for every
//! toolchain, in policy/module.rs.)
//!
//! Compilers and their standard libraries differ, so that each pair has a budget of its
//! own in budgets.yaml. A pair without one is reported, and fails nothing.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use e2e_tests::fuel::Meter;
use e2e_tests::load::{Load, settings};
use e2e_tests::{built_module, validate_payload};
use serde::Deserialize;
use serde_json::{Value, json};

/// How much more than its budget something may cost, in percent.
const TOLERANCE: f64 = 10.0;

/// What the module may cost, as one toolchain builds it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The compiler's version.
    rustc: String,
    /// `prebuilt`, as rustup has it, or `compiled` along with the module.
    std: String,
    /// Instructions of each load.
    cost: BTreeMap<String, u64>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn budgets() -> Vec<Budget> {
    yaml_serde::from_str(include_str!("../budgets.yaml")).unwrap()
}

/// What everything with a budget costs now.
fn costs() -> BTreeMap<String, u64> {
    let meter = Meter::load(&built_module()).unwrap();
    let mut costs = BTreeMap::new();
    let cost = |load: &Load, settings: &Value| {
        let payload = validate_payload(&load.request, settings);
        meter.measure("validate", &payload).unwrap().instructions()
    };
    let loads = Load::all().unwrap();
    for load in &loads {
        let finding = if load.has_finding { ", a finding" } else { "" };
        let name = format!("{}{finding}", load.name);
        costs.insert(name, cost(load, &json!({})));
    }
    let pod = loads.first().unwrap();
    costs.insert(format!("{}, settings", pod.name), cost(pod, &settings()));
    costs
}

/// A line for everything that costs too much, or is not the same as is budgeted.
fn excesses(costs: &BTreeMap<String, u64>, budget: &BTreeMap<String, u64>) -> Vec<String> {
    let names: Vec<_> = costs.keys().collect();
    assert_eq!(names, budget.keys().collect::<Vec<_>>());
    let pairs = costs.iter().zip(budget.values());
    pairs
        .filter_map(|((name, cost), budget)| {
            let more = (*cost as f64 / *budget as f64 - 1.0) * 100.0;
            (more > TOLERANCE)
                .then(|| format!("{name}: {cost}, {more:.1} % more than the budget of {budget}"))
        })
        .collect()
}

/// Keeps what could not be checked where `make test` ends with it.
fn report(unchecked: Option<&str>) {
    let folder = root().join("target/tools/not-run");
    let file = folder.join("budgets");
    let _ = fs::remove_file(&file);
    if let Some(unchecked) = unchecked {
        eprint!("{unchecked}");
        fs::create_dir_all(&folder).unwrap();
        fs::write(file, unchecked).unwrap();
    }
}

#[test]
fn nothing_costs_more_than_its_budget() {
    let costs = costs();
    let toolchain = fs::read_to_string(root().join("target/wasm/toolchain")).unwrap_or_default();
    let mut words = toolchain.split_whitespace();
    let (rustc, std) = (words.next().unwrap_or("?"), words.next().unwrap_or("?"));
    let budgets = budgets();
    let budget = budgets
        .iter()
        .find(|budget| budget.rustc == rustc && budget.std == std);
    let Some(budget) = budget else {
        let mut lines = format!(
            "budgets: there is none for rustc {rustc} with a {std} standard library, so the \
             module's cost was NOT checked:\n"
        );
        for (name, cost) in costs {
            writeln!(lines, "    {name}: {cost}").unwrap();
        }
        return report(Some(&lines));
    };
    report(None);
    let excesses = excesses(&costs, &budget.cost);
    assert!(
        excesses.is_empty(),
        "see e2e-tests/budgets.yaml:\n{}",
        excesses.join("\n")
    );
}

#[test]
fn ten_percent_more_is_let_pass_and_more_is_named() {
    let of = |cost| BTreeMap::from([("Pod".to_owned(), cost)]);
    assert_eq!(excesses(&of(109_999), &of(100_000)), [""; 0]);
    assert_eq!(
        excesses(&of(110_100), &of(100_000)),
        ["Pod: 110100, 10.1 % more than the budget of 100000"]
    );
}

#[test]
fn every_budget_is_for_the_same() {
    let budgets = budgets();
    let names = |budget: &Budget| budget.cost.keys().cloned().collect::<Vec<_>>();
    for budget in &budgets {
        let told = format!("rustc {}, std {}", budget.rustc, budget.std);
        assert_eq!(names(budget), names(&budgets[0]), "{told}");
    }
}

#[test]
fn every_toolchain_has_one_budget_at_most() {
    let mut pairs: Vec<_> = budgets()
        .into_iter()
        .map(|budget| (budget.rustc, budget.std))
        .collect();
    let all = pairs.len();
    pairs.sort();
    pairs.dedup();
    assert_eq!(pairs.len(), all);
}
