//! The payloads that are sent: the cases of the policy's tests, requests of every size, and
//! damaged copies of these.

use std::error::Error;

use e2e_tests::load::Load;
use e2e_tests::random::Random;
use e2e_tests::{cases, validate_payload};
use serde_json::json;

/// The number of damaged payloads.
const DAMAGED: usize = 10_000;
/// The size up to which payloads are damaged, in bytes. Larger ones would only take more time.
const LARGEST: usize = 10_000;

/// Every payload. Few of them have a megabyte.
pub(crate) fn inputs() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let cases = cases::payloads().into_iter();
    let mut inputs: Vec<Vec<u8>> = cases
        .map(|payload| payload.to_string().into_bytes())
        .collect();
    let loads = Load::all()?.into_iter();
    inputs.extend(loads.map(|load| validate_payload(&load.request, &json!({}))));
    let intact: Vec<_> = inputs
        .iter()
        .filter(|input| input.len() <= LARGEST)
        .cloned()
        .collect();
    let mut random = Random::new(0);
    inputs.extend((0..DAMAGED).map(|_| damaged(&intact, &mut random)));
    Ok(inputs)
}

/// A payload with some bytes changed, removed, repeated or copied from another.
fn damaged(intact: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut payload = random.choose(intact).cloned().unwrap_or_default();
    for _ in 0..=random.below(4) {
        let at = random.below(payload.len());
        let length = random.below(40).min(payload.len() - at);
        match random.below(5) {
            0 => payload.truncate(at),
            1 => {
                payload.drain(at..at + length);
            }
            2 => {
                let again: Vec<u8> = payload.iter().skip(at).take(length).copied().collect();
                payload.splice(at..at, again);
            }
            3 => {
                let other = random.choose(intact).cloned().unwrap_or_default();
                let from = random.below(other.len());
                payload.splice(at..at, other.into_iter().skip(from).take(length));
            }
            _ => {
                if let Some(byte) = payload.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    payload
}
