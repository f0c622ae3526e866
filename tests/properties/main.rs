//! Tests properties on pseudorandom inputs, the same every time; `make fuzz` tries many more.
//! For each property, another test checks that it fails for a faulty policy.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

mod held;
mod of_payloads;
mod of_references;
mod of_settings;

use held::draw::{Draw, bytes};
use held::{Held, Subject};

/// The first failure among `count` inputs. An edit takes about eight bytes, so that inputs
/// get between none and a dozen edits.
fn first_failure(count: u64, property: impl Fn(&mut Draw<'_>) -> Held) -> Option<String> {
    (0..count).find_map(|seed| {
        let length = usize::try_from(seed * 7 % 96).unwrap();
        let bytes = bytes(seed, length + 3);
        let wrong = property(&mut Draw::new(&bytes)).err()?;
        Some(format!("input {seed}: {wrong}"))
    })
}

fn assert_holds(count: u64, property: impl Fn(&Subject, &mut Draw<'_>) -> Held) {
    let failure = first_failure(count, |draw| property(&Subject::POLICY, draw));
    assert_eq!(failure, None);
}

fn assert_fails(count: u64, faulty: Subject, property: impl Fn(&Subject, &mut Draw<'_>) -> Held) {
    let failure = first_failure(count, |draw| property(&faulty, draw));
    assert!(
        failure.is_some(),
        "no input showed that the policy is faulty"
    );
}
