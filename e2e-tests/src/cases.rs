//! The payloads of the policy's own cases (`tests/cases/requests/`).

use serde_json::Value;

#[allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "the tests of the decision share the file"
)]
#[path = "../../tests/decision/case.rs"]
mod case;

/// The payload of every case, in the order of the files. The few cases whose objects are broken
/// JSON are left out.
#[must_use]
pub fn payloads() -> Vec<Value> {
    let cases = case::FILES
        .into_iter()
        .flat_map(|(_, text)| case::cases(text));
    let payloads = cases.map(|case| case::payload(&case));
    payloads
        .filter_map(|payload| serde_json::from_str(&payload).ok())
        .collect()
}
