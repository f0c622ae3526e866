//! The payloads that are sent: the cases of the policy's tests, requests of every size, and
//! damaged copies of these.

use std::error::Error;
use std::fs;
use std::path::Path;

use e2e_tests::load::Load;
use e2e_tests::validate_payload;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The number of damaged payloads.
const DAMAGED: usize = 10_000;
/// The size up to which payloads are damaged, in bytes. Larger ones would only take more time.
const LARGEST: usize = 10_000;

/// Every payload. Few of them have a megabyte.
pub(crate) fn inputs() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut inputs = cases()?;
    let loads = Load::all()?.into_iter();
    inputs.extend(loads.map(|load| validate_payload(&load.request, &json!({}))));
    let intact: Vec<_> = inputs
        .iter()
        .filter(|input| input.len() <= LARGEST)
        .cloned()
        .collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    inputs.extend((0..DAMAGED).map(|_| damaged(&intact, &mut random)));
    Ok(inputs)
}

fn cases() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/requests");
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut payloads = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path)?;
        for document in yaml_serde::Deserializer::from_str(&text) {
            let case = Value::deserialize(document)?;
            let settings = case.get("settings").cloned().unwrap_or_else(|| json!({}));
            payloads.push(validate_payload(&request(&case), &settings));
        }
    }
    Ok(payloads)
}

/// The request that a case describes in its short form.
fn request(case: &Value) -> Value {
    let text = |field: &str| case.get(field).and_then(Value::as_str);
    let mut parts = text("kind").unwrap_or_default().rsplit('/');
    let (kind, version, group) = (parts.next(), parts.next(), parts.next());
    let mut request = Map::new();
    request.insert(
        "kind".to_owned(),
        json!({"group": group.unwrap_or_default(), "version": version, "kind": kind}),
    );
    request.insert(
        "operation".to_owned(),
        json!(text("operation").unwrap_or("CREATE")),
    );
    for field in [
        "namespace",
        "object",
        "oldObject",
        "subResource",
        "userInfo",
    ] {
        if let Some(value) = case.get(field) {
            request.insert(field.to_owned(), value.clone());
        }
    }
    Value::Object(request)
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

/// Pseudorandom numbers, the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 32).unwrap_or_default() % bound.max(1)
    }

    fn choose<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }
}
