//! Checks what the README, and the pages that it leads to, say about tags and settings.

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
const COMPARISON: &str = include_str!("../docs/comparison.md");
const KINDS: &str = include_str!("../docs/kinds.md");
const OPERATING: &str = include_str!("../docs/operating.md");
const SETTINGS: &str = include_str!("../docs/settings.md");
const TAGS: &str = include_str!("../docs/tags.md");

/// The texts in back quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The images in the tables of a page: the image, its mutability, and the last cell of its row.
fn judged_in(page: &str) -> Vec<(&str, &str, &str)> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        match cells.as_slice() {
            [
                _,
                images,
                mutability @ ("mutable" | "immutable" | "pinned"),
                last,
                _,
            ] => quoted(images)
                .into_iter()
                .map(|image| (image, *mutability, *last))
                .collect(),
            _ => Vec::new(),
        }
    })
    .collect()
}

/// The mutability of an image with the default settings, and the reason.
fn found(image: &str) -> (&'static str, &'static str) {
    // A digest that is not written out is one all the same.
    let image = image.replace('…', &"0".repeat(64));
    let reference = ImageReference::try_from(image.as_str()).unwrap();
    match Settings::default().tags().mutability(&reference) {
        Mutability::Pinned => ("pinned", "digest"),
        Mutability::Immutable(reason) => ("immutable", reason.code()),
        Mutability::Mutable(reason) => ("mutable", reason.code()),
    }
}

#[test]
fn every_tag_of_the_table_is_judged_as_it_says() {
    let (examples, _) = TAGS.split_once("## The order").unwrap();
    let judged = judged_in(examples);
    for (image, mutability, reason) in &judged {
        let (mutable, code) = found(image);
        assert_eq!(
            (mutable, vec![code]),
            (*mutability, quoted(reason)),
            "{image}"
        );
    }
    assert!(judged.len() >= 20, "{} tags were judged", judged.len());
}

#[test]
fn every_tag_of_the_readme_is_judged_as_it_says() {
    let judged = judged_in(README);
    for (image, mutability, _) in &judged {
        assert_eq!(found(image).0, *mutability, "{image}");
    }
    for mutability in ["mutable", "immutable", "pinned"] {
        assert!(judged.iter().any(|(_, shown, _)| *shown == mutability));
    }
}

/// A newcomer reads the README in two minutes; what is looked up has pages of its own.
#[test]
fn the_readme_has_at_most_200_lines() {
    let lines = README.lines().count();
    assert!(lines <= 200, "the README has {lines} lines");
}

#[test]
fn the_readme_has_two_commands_for_the_sources() {
    for command in ["run", "test"] {
        let line = format!("\nmake {command} ");
        assert!(README.contains(&line), "{command}");
        let rule = format!("\n{command}:");
        assert!(include_str!("../Makefile").contains(&rule), "{command}");
    }
}

/// The blocks of YAML in a page that are settings, which begin with the name of one: not with
/// `spec`, and not with an item.
fn settings_in(page: &str) -> Vec<&str> {
    page.split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .filter(|block| {
            ![" ", "spec:", "- "]
                .iter()
                .any(|start| block.starts_with(start))
        })
        .collect()
}

#[test]
fn every_block_of_settings_is_valid() {
    for (page, at_least) in [
        (README, 1),
        (SETTINGS, 2),
        (KINDS, 2),
        (TAGS, 1),
        (OPERATING, 1),
        (COMPARISON, 1),
    ] {
        let blocks = settings_in(page);
        assert!(blocks.len() >= at_least, "{page}");
        blocks.into_iter().for_each(assert_valid);
    }
}

fn assert_valid(block: &str) {
    let settings: Value = yaml_serde::from_str(block).unwrap();
    assert_eq!(
        Settings::parse(&settings.to_string()).err(),
        None,
        "{block}"
    );
}

#[test]
fn every_example_of_settings_is_valid() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/settings");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert_valid(&text);
        read += 1;
    }
    assert_eq!(read, 3);
}

#[test]
fn every_setting_is_in_the_table_and_no_other() {
    let error = Settings::parse(r#"{"?": 1}"#).unwrap_err().to_string();
    let (_, names) = error.split_once("it can have ").unwrap();
    let mut known: Vec<_> = names.split(", ").collect();
    let mut listed: Vec<_> = SETTINGS
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

/// A host that must not be called: no example of the README needs a lookup.
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
