//! What holds of every input, tried on inputs that look random and are the same every
//! time; `make fuzz` tries many more. Each property has a twin that sees it fail, with a
//! policy that has the fault.

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

/// What is wrong with the first input, of so many, of which something is. An edit takes
/// some eight bytes: there are inputs without any, and with a dozen.
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
    assert!(failure.is_some(), "the fault was not found");
}
