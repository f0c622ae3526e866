//! Checks what the README says about tags and settings.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use mutable_tags_policy::admission::validate;
use mutable_tags_policy::image::{ImageReference, Mutability};
use mutable_tags_policy::policy::{Capability, Host};
use mutable_tags_policy::settings::Settings;
use serde_json::{Value, json};

const README: &str = include_str!("../README.md");
const KINDS: &str = include_str!("../docs/kinds.md");

/// The texts in back quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_tag_of_the_table_is_judged_as_it_says() {
    let settings = Settings::default();
    let mut judged = 0;
    for row in README.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let [_, images, mutability @ ("mutable" | "immutable"), reason, _] = cells.as_slice()
        else {
            continue;
        };
        for image in quoted(images) {
            let reference = ImageReference::try_from(image).unwrap();
            let found = match settings.tags().mutability(&reference) {
                Mutability::Pinned => ("pinned", "digest"),
                Mutability::Immutable(reason) => ("immutable", reason.code()),
                Mutability::Mutable(reason) => ("mutable", reason.code()),
            };
            assert_eq!(
                (found.0, vec![found.1]),
                (*mutability, quoted(reason)),
                "{image}"
            );
            judged += 1;
        }
    }
    assert!(judged >= 20, "{judged} tags were judged");
}

/// The blocks of YAML in a page that are settings, which begin with the name of one.
fn settings_in(page: &str) -> Vec<&str> {
    page.split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .filter(|block| !block.starts_with(' '))
        .collect()
}

#[test]
fn every_block_of_settings_is_valid() {
    let (readme, kinds) = (settings_in(README), settings_in(KINDS));
    assert!(!readme.is_empty() && kinds.len() >= 2);
    for block in readme.iter().chain(&kinds) {
        let settings: serde_json::Value = yaml_serde::from_str(block).unwrap();
        assert_eq!(
            Settings::parse(&settings.to_string()).err(),
            None,
            "{block}"
        );
    }
}

#[test]
fn every_example_of_settings_is_valid() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/settings");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let settings: serde_json::Value = yaml_serde::from_str(&text).unwrap();
        assert_eq!(Settings::parse(&settings.to_string()).err(), None, "{text}");
        read += 1;
    }
    assert_eq!(read, 3);
}

#[test]
fn every_setting_is_in_the_table_and_no_other() {
    let error = Settings::parse(r#"{"?": 1}"#).unwrap_err().to_string();
    let (_, names) = error.split_once("it can have ").unwrap();
    let mut known: Vec<_> = names.split(", ").collect();
    let mut listed: Vec<_> = README
        .lines()
        .skip_while(|line| !line.starts_with("| setting |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .flat_map(|line| quoted(line.split('|').nth(1).unwrap()))
        .map(|setting| setting.split('.').next().unwrap())
        .collect();
    known.sort_unstable();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(listed, known);
}

/// A host that must not be called: no example of the README needs a look-up.
struct Nobody;

impl Host for Nobody {
    fn ask(&self, _: Capability, _: &str) -> Result<Vec<u8>, String> {
        panic!("nobody is to be asked")
    }
}

/// The response, with policy.yaml's settings, to the changed operator of examples/upgrade.
fn answer(namespace: &str) -> Value {
    let policy: Value = yaml_serde::from_str(include_str!("../policy.yaml")).unwrap();
    let operator = include_str!("../examples/upgrade/after.yaml");
    let operator: Value = yaml_serde::from_str(operator).unwrap();
    let payload = json!({
        "request": {
            "kind": {"group": "apps", "version": "v1", "kind": "Deployment"},
            "operation": "CREATE",
            "namespace": namespace,
            "object": operator,
        },
        "settings": policy.pointer("/spec/settings"),
    });
    serde_json::from_slice(&validate(payload.to_string().as_bytes(), &Nobody)).unwrap()
}

/// The README on one line, since kubectl prints a response on one line.
fn unwrapped() -> String {
    README.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn shows_the_rejection_of_the_example() {
    let answer = answer("database-operator-system");
    let message = answer.get("message").unwrap().as_str().unwrap();
    let shown = format!("denied the request: {message} ```");
    assert!(unwrapped().contains(&shown), "{shown}");
}

#[test]
fn shows_the_warning_of_the_example_in_a_lenient_namespace() {
    let answer = answer("e2e-upgrade");
    let warnings = answer.get("warnings").unwrap().as_array().unwrap().iter();
    let warnings = warnings.map(|warning| format!("Warning: {} ", warning.as_str().unwrap()));
    let shown = format!("{}deployment.apps/", warnings.collect::<String>());
    assert!(unwrapped().contains(&shown), "{shown}");
}
