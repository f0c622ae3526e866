//! Limits the cost of answers. Instructions are counted instead of seconds, which depend on the
//! load of the machine.

use std::sync::LazyLock;

use e2e_tests::fuel::{MOST_INSTRUCTIONS, MOST_MEMORY, Measurement, Meter};
use e2e_tests::host::Host;
use e2e_tests::{SettingsResponse, built_module};

use crate::answer::Answer;

static METER: LazyLock<Meter> = LazyLock::new(|| Meter::load(&built_module()).unwrap());

/// The answer of the policy, which must be within the limits.
pub(crate) fn answer_to(case: &str, payload: &[u8]) -> Answer {
    within_limits(&METER, case, payload)
}

/// Like [`answer_to`], with a host. The work of the host is not counted.
pub(crate) fn answer_with(host: impl Host + 'static, case: &str, payload: &[u8]) -> Answer {
    within_limits(&METER.clone().with_host(host), case, payload)
}

/// The answer to settings, which must be within the limit of instructions. Memory is not
/// limited, since settings are validated once for a policy, and not for each request.
pub(crate) fn validated(case: &str, settings: &[u8]) -> SettingsResponse {
    let measured = within_instructions(&METER, case, "validate_settings", settings);
    serde_json::from_slice(measured.response()).unwrap()
}

fn within_limits(meter: &Meter, case: &str, payload: &[u8]) -> Answer {
    let measured = within_instructions(meter, case, "validate", payload);
    let memory = measured.memory();
    assert!(memory <= MOST_MEMORY, "{case}: {memory} bytes of memory");
    Answer::parse(str::from_utf8(measured.response()).unwrap())
}

fn within_instructions(meter: &Meter, case: &str, operation: &str, payload: &[u8]) -> Measurement {
    match meter.measure(operation, payload) {
        Ok(measured) => {
            let instructions = measured.instructions();
            assert!(
                instructions <= MOST_INSTRUCTIONS,
                "{case}: {instructions} instructions"
            );
            measured
        }
        Err(error) => panic!("{case}: {error}"),
    }
}
