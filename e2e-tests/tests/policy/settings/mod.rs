//! Tests `validate_settings`: whether settings can be used, and which fields have errors.

mod invalid;
mod lengths;
mod manifests;
mod patterns;
mod types;
mod valid;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use e2e_tests::SettingsResponse;
use mutable_tags_cli::Sentences;
use serde_json::Value;

use crate::ENGINE;

fn validate(settings: &[u8]) -> SettingsResponse {
    match ENGINE.call("validate_settings", settings) {
        Ok(answer) => serde_json::from_slice(&answer).unwrap(),
        Err(error) => panic!("{}: {error}", String::from_utf8_lossy(settings)),
    }
}

fn assert_valid(settings: &str) {
    let answer = validate(settings.as_bytes());
    assert!(answer.valid, "{settings}: {answer:?}");
    assert_eq!(answer.message, None, "{settings}");
}

/// Asserts that each problem begins with one of these paths, in this order, and that
/// there are no others. Returns the message.
pub(crate) fn assert_invalid<P: AsRef<str>>(settings: &str, paths: &[P]) -> String {
    assert_problems(settings, validate(settings.as_bytes()), paths)
}

/// Like [`assert_invalid`], for an answer. A panic names the case.
pub(crate) fn assert_problems<P: AsRef<str>>(
    case: &str,
    answer: SettingsResponse,
    paths: &[P],
) -> String {
    assert!(!answer.valid, "{case}");
    let message = answer.message.unwrap();
    let paths = paths.iter().map(P::as_ref);
    assert!(paths.eq(paths_of(&message)), "{case}: {message}");
    message
}

/// The paths of fields with which the problems of a message begin.
fn paths_of(message: &str) -> impl Iterator<Item = &str> {
    let sentences = Sentences::parse(message);
    // The message has no header, so that a colon is a part of the first problem.
    let first = sentences.header();
    let skipped = usize::from(first.is_some());
    let others = sentences.as_slice().to_vec().into_iter().skip(skipped);
    let problems = first.into_iter().chain(others);
    problems.map(|problem| problem.split_once(' ').map_or(problem, |(path, _)| path))
}

/// The names of all settings, as the module lists them for an unknown one.
fn names() -> BTreeSet<&'static str> {
    static MESSAGE: LazyLock<String> = LazyLock::new(|| validate(br#"{"?": 1}"#).message.unwrap());
    let (_, names) = MESSAGE.split_once("it can have ").unwrap();
    names.split(", ").collect()
}

fn check(cases: &[(Value, &[&str])]) {
    for (settings, paths) in cases {
        assert_invalid(&settings.to_string(), paths);
    }
}
