//! Checks that no request costs the module more instructions than its budget. (The size of the
//! module is limited in policy/module.rs.)
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
use e2e_tests::load::{Load, NamedSettings};
use e2e_tests::{built_module, validate_payload};
use serde::Deserialize;
use serde_json::{Value, json};

/// The percentage by which a cost may exceed its budget.
const TOLERANCE: f64 = 10.0;

/// The costs that are allowed for the module as one toolchain builds it.
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

/// The current cost of everything that has a budget.
fn costs() -> BTreeMap<String, u64> {
    let meter = Meter::load(&built_module()).unwrap();
    let mut costs = BTreeMap::new();
    let cost = |load: &Load, settings: &Value| {
        let payload = validate_payload(&load.request, settings);
        meter.measure("validate", &payload).unwrap().instructions()
    };
    let all_settings = NamedSettings::all().unwrap();
    for load in Load::all().unwrap() {
        let finding = if load.has_finding { ", a finding" } else { "" };
        let name = format!("{}{finding}", load.name);
        costs.insert(name.clone(), cost(&load, &json!({})));
        if load.has_settings() {
            for settings in &all_settings {
                let name = format!("{name}, {}", settings.name);
                costs.insert(name, cost(&load, &settings.value));
            }
        }
    }
    costs
}

/// A line for each cost that is too high. Costs and budget must have the same names.
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

/// Keeps a note of unchecked costs in a file that `make test` prints at the end; `None` removes
/// it.
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
fn tolerates_ten_percent_more_and_names_higher_costs() {
    let of = |cost| BTreeMap::from([("Pod".to_owned(), cost)]);
    assert_eq!(excesses(&of(109_999), &of(100_000)), [""; 0]);
    assert_eq!(
        excesses(&of(110_100), &of(100_000)),
        ["Pod: 110100, 10.1 % more than the budget of 100000"]
    );
}

#[test]
fn all_budgets_have_the_same_loads() {
    let budgets = budgets();
    let names = |budget: &Budget| budget.cost.keys().cloned().collect::<Vec<_>>();
    for budget in &budgets {
        let toolchain = format!("rustc {}, std {}", budget.rustc, budget.std);
        assert_eq!(names(budget), names(&budgets[0]), "{toolchain}");
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
