//! Measures the cost of acting on a finding: of changing the object, and of asking the host.

use std::error::Error;

use e2e_tests::fuel::Meter;
use e2e_tests::host::{Host, HostError, Request};
use e2e_tests::load::Load;
use e2e_tests::validate_payload;

use serde_json::{Value, json};

/// Settings that act on a finding, each with the instructions that it adds.
pub(crate) fn costs(meter: &Meter) -> Result<Vec<(Value, u64)>, Box<dyn Error>> {
    let loads = Load::all()?;
    let load = loads.iter().find(|load| load.has_finding);
    let load = load.ok_or("there is no load with a finding")?;
    let meter = meter.clone().with_host(Registry);
    let cost = |settings: &Value| -> Result<u64, Box<dyn Error>> {
        let payload = validate_payload(&load.request, settings);
        Ok(meter.measure("validate", &payload)?.instructions())
    };
    let mut costs = Vec::new();
    for settings in [
        json!({"adjust": "if-not-present"}),
        json!({"adjust": "pin", "registries": ["registry.example.com"]}),
        json!({"drift": {"check": true}, "registries": ["registry.example.com"]}),
    ] {
        // These settings are as long, and have no effect.
        let without = json!({"controllers": [settings.to_string()]});
        let more = cost(&settings)?.saturating_sub(cost(&without)?);
        costs.push((settings, more));
    }
    Ok(costs)
}

/// Registries that serve one digest for every image, and a cluster without Pods.
struct Registry;

impl Host for Registry {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let digest = format!("sha256:{}", "0".repeat(64));
        let answer = match request.is_for_registry() {
            true => json!({"digest": digest}),
            false => json!({"items": []}),
        };
        Ok(answer.to_string().into_bytes())
    }
}
