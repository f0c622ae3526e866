//! What an answer may cost. Instructions are counted rather than seconds, which
//! depend on what else a machine does.

use std::sync::LazyLock;

use e2e_tests::fuel::{Measurement, Meter};
use e2e_tests::host::Host;
use e2e_tests::{SettingsResponse, built_module};

use crate::answer::Answer;

/// The most instructions for a payload that policy-server accepts: some two seconds on a slow
/// machine, after which it gives up.
const MOST_INSTRUCTIONS: u64 = 3_000_000_000;

/// Cases that still cost more, with the figure of each, which they may exceed by a tenth as
/// compilers differ. Each is to be mended, and then struck out.
const COSTLY: [(&str, u64); 4] = [
    ("long images", 7_180_000_000),
    ("patterns", 4_330_000_000),
    ("long variables", 3_060_000_000),
    ("places", 3_360_000_000),
];

/// Bytes of memory that an instance may come to have.
const MOST_MEMORY: usize = 64 * 1024 * 1024;

static METER: LazyLock<Meter> = LazyLock::new(|| Meter::load(&built_module()).unwrap());

/// What the policy answers, once it has proved to take not too long.
pub(crate) fn answer_to(case: &str, payload: &[u8]) -> Answer {
    affordable(&METER, case, payload)
}

/// The same where a host answers what the policy asks, which costs it nothing.
pub(crate) fn answer_with(host: impl Host + 'static, case: &str, payload: &[u8]) -> Answer {
    affordable(&METER.clone().with_host(host), case, payload)
}

/// What the policy says of settings that it validates, once it has proved to take not too
/// long. Memory is not limited: this happens once for a policy, and not for each request.
pub(crate) fn judged(case: &str, settings: &[u8]) -> SettingsResponse {
    let measured = timely(&METER, case, "validate_settings", settings);
    serde_json::from_slice(measured.response()).unwrap()
}

fn affordable(meter: &Meter, case: &str, payload: &[u8]) -> Answer {
    let measured = timely(meter, case, "validate", payload);
    let memory = measured.memory();
    assert!(memory <= MOST_MEMORY, "{case}: {memory} bytes of memory");
    Answer::parse(str::from_utf8(measured.response()).unwrap())
}

fn timely(meter: &Meter, case: &str, operation: &str, payload: &[u8]) -> Measurement {
    match meter.measure(operation, payload) {
        Ok(measured) => {
            assert_instructions(case, measured.instructions());
            measured
        }
        Err(error) => panic!("{case}: {error}"),
    }
}

fn assert_instructions(case: &str, instructions: u64) {
    let figure = COSTLY.iter().find(|(costly, _)| *costly == case);
    let most = figure.map_or(MOST_INSTRUCTIONS, |(_, figure)| figure + figure / 10);
    assert!(instructions <= most, "{case}: {instructions} instructions");
    assert!(
        figure.is_none() || instructions > MOST_INSTRUCTIONS,
        "{case}: {instructions} instructions are not too many any more: strike it out"
    );
}
