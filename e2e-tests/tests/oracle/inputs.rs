//! The payloads that both modules are asked, and the host that answers their look-ups.

use std::sync::Arc;

use e2e_tests::host::Host;
use serde_json::Value;

use crate::guest_host::{OfCase, OfProperties};
use crate::held::draw::{Draw, bytes};
use crate::held::payload;
use crate::payloads::payloads;

/// A payload, with the host that belongs to it.
pub(crate) trait Input {
    /// The name by which a failure reports the payload.
    fn name(&self) -> String;
    /// As its author wrote it.
    fn json(&self) -> String;
    /// A host that was asked for nothing yet.
    fn host(&self) -> Arc<dyn Host>;

    /// As policy-server hands it over: parsed, and written anew. Nothing where it cannot
    /// be parsed there.
    fn written(&self) -> Option<String> {
        let value: Value = serde_json::from_str(&self.json()).ok()?;
        Some(value.to_string())
    }
}

/// A case of the policy's tests.
pub(crate) struct Case {
    name: String,
    json: String,
    exchanges: Value,
}

impl Case {
    pub(crate) fn all() -> Vec<Self> {
        let cases = payloads().into_iter().map(|(file, case, json)| Self {
            name: format!("{file}, {}", case["note"]),
            json,
            exchanges: case["host"].clone(),
        });
        cases.collect()
    }
}

impl Input for &Case {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn json(&self) -> String {
        self.json.clone()
    }

    fn host(&self) -> Arc<dyn Host> {
        Arc::new(OfCase::new(&self.exchanges))
    }
}

/// The payload of a case, edited as a seed has it.
pub(crate) struct Drawn(pub(crate) usize);

impl Input for Drawn {
    fn name(&self) -> String {
        format!("seed {}", self.0)
    }

    fn json(&self) -> String {
        // An edit takes some eight bytes: there are payloads without any, and with a few. More
        // make most of them unreadable.
        let seed = u64::try_from(self.0).unwrap();
        let bytes = bytes(seed, self.0 * 7 % 32 + 2);
        payload::draw(&mut Draw::new(&bytes)).to_string()
    }

    fn host(&self) -> Arc<dyn Host> {
        Arc::new(OfProperties)
    }
}
