//! What an answer may cost. Instructions are counted rather than seconds, which
//! depend on what else a machine does.

use std::sync::LazyLock;

use e2e_tests::built_module;
use e2e_tests::fuel::Meter;

use crate::answer::Answer;

/// What fits into policy-server's two seconds on a slow machine.
const MOST_INSTRUCTIONS: u64 = 8_000_000_000;

/// Bytes of memory that an instance may come to have.
const MOST_MEMORY: usize = 64 * 1024 * 1024;

static METER: LazyLock<Meter> = LazyLock::new(|| Meter::load(&built_module()).unwrap());

/// What the policy answers, once it has proved to take not too long.
pub(crate) fn answer_to(case: &str, payload: &[u8]) -> Answer {
    match METER.measure("validate", payload) {
        Ok(measured) => {
            let instructions = measured.instructions();
            assert!(
                instructions <= MOST_INSTRUCTIONS,
                "{case}: {instructions} instructions"
            );
            let memory = measured.memory();
            assert!(memory <= MOST_MEMORY, "{case}: {memory} bytes of memory");
            Answer::parse(str::from_utf8(measured.response()).unwrap())
        }
        Err(error) => panic!("{case}: {error}"),
    }
}
