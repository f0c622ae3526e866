//! Listed variables and arguments that make much of a short text.

use serde_json::{Value, json};

use super::cost::answer_to;
use crate::answer::{ACCEPTED, Answer};
use crate::written::with_raw;

/// A Pod with these variables and arguments, of which those are listed that begin with `I`.
fn answer(case: &str, env: &str, args: &str) -> Answer {
    let settings = json!({"imageEnvVars": ["I*"], "imageArgs": ["--i*"]});
    let payload = super::payload(&settings);
    let payload = with_raw(&payload, "/request/object/spec/containers/0/env", env);
    let payload: Value = serde_json::from_str(&payload).unwrap();
    let payload = with_raw(&payload, "/request/object/spec/containers/0/args", args);
    answer_to(case, payload.as_bytes())
}

fn assert_too_much(answer: &Answer) {
    assert_eq!(answer.code, Some(400));
    let message = answer.message.as_deref().unwrap();
    assert!(message.contains("names too many images"), "{message}");
}

/// Variables of which each holds the one before it `times` times.
fn doubling(count: usize, times: usize) -> String {
    let mut variables = vec![r#"{"name":"V0","value":"acme/a:1.2.3 "}"#.to_owned()];
    for index in 1..count {
        let value = format!("$(V{})", index - 1).repeat(times);
        variables.push(format!(r#"{{"name":"V{index}","value":"{value}"}}"#));
    }
    variables.push(format!(
        r#"{{"name":"IMAGES","value":"$(V{})"}}"#,
        count - 1
    ));
    format!("[{}]", variables.join(","))
}

#[test]
fn variables_that_double_each_other_are_too_much() {
    assert_too_much(&answer("doubling", &doubling(64, 2), "[]"));
    assert_too_much(&answer("multiplying", &doubling(12, 1_000), "[]"));
}

#[test]
fn a_few_variables_that_hold_each_other_are_accepted() {
    assert_eq!(answer("holding", &doubling(8, 2), "[]"), ACCEPTED);
}

#[test]
fn a_text_of_half_a_million_images_is_too_much() {
    let images = "a:1 ".repeat(500_000);
    let env = format!(r#"[{{"name":"IMAGES","value":"{images}"}}]"#);
    assert_too_much(&answer("variable", &env, "[]"));
    assert_too_much(&answer(
        "argument",
        "[]",
        &format!(r#"["--images={images}"]"#),
    ));
}

#[test]
fn references_without_an_end_are_read_within_limits() {
    let open = "$(".repeat(1_000_000);
    let env = format!(r#"[{{"name":"IMAGES","value":"{open}"}}]"#);
    assert_eq!(answer("open", &env, "[]").code, None);
    let keys = "=".repeat(2_000_000);
    let env = format!(r#"[{{"name":"IMAGES","value":"{keys}"}}]"#);
    assert_eq!(answer("keys", &env, "[]").code, None);
}

#[test]
fn many_references_among_many_variables_are_too_much() {
    let variables = vec![r#"{"name":"V","value":"a"}"#; 40_000].join(",");
    let references = "$(W)".repeat(200_000);
    let env = format!(r#"[{variables},{{"name":"IMAGES","value":"{references}"}}]"#);
    assert_too_much(&answer("references", &env, "[]"));
}

#[test]
fn many_listed_arguments_are_read_within_limits() {
    let arguments = vec![r#""--image=acme/a:1.2.3""#; 5_000].join(",");
    assert_eq!(answer("few", "[]", &format!("[{arguments}]")), ACCEPTED);
    let arguments = vec![r#""--i""#; 300_000].join(",");
    assert_too_much(&answer("many", "[]", &format!("[{arguments}]")));
}
