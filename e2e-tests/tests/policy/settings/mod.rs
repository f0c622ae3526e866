//! What `validate_settings` says of settings.

mod invalid;
mod lengths;
mod manifests;
mod patterns;
mod types;
mod valid;

use serde_json::Value;

use crate::ENGINE;
use crate::answer::quoted;

const VALID: &str = r#"{"valid":true,"message":null}"#;

fn refused(message: &str) -> String {
    format!(r#"{{"valid":false,"message":{}}}"#, quoted(message))
}

/// What the policy says of settings, given as bytes.
fn judged(settings: &[u8]) -> String {
    match ENGINE.call("validate_settings", settings) {
        Ok(answer) => String::from_utf8(answer).unwrap(),
        Err(error) => panic!("{}: {error}", String::from_utf8_lossy(settings)),
    }
}

/// Each settings with the whole of what is said of them.
fn check(cases: &[(Value, String)]) {
    for (settings, message) in cases {
        assert_eq!(
            judged(settings.to_string().as_bytes()),
            refused(message),
            "{settings}"
        );
    }
}

fn owned<const N: usize>(cases: [(Value, &str); N]) -> [(Value, String); N] {
    cases.map(|(settings, message)| (settings, message.to_owned()))
}
