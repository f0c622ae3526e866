//! Times requests. The modules take turns, so that other load on the machine affects all of
//! them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use e2e_tests::{Engine, EngineError, Sample};

/// The time after which no further round begins.
const TIME_FOR_ROUNDS: Duration = Duration::from_secs(1);
const FEWEST_ROUNDS: usize = 11;
const MOST_ROUNDS: usize = 1001;

/// The median times of a payload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// The time in a fresh instance, as in policy-server.
    pub(crate) fresh: Duration,
    /// The time in an instance that has answered before.
    pub(crate) warm: Duration,
}

/// The times of each engine, in the order of `engines`.
pub(crate) fn times(engines: &[&Engine], payload: &[u8]) -> Result<Vec<Times>, EngineError> {
    let warm: Vec<_> = engines
        .iter()
        .map(|engine| engine.instance())
        .collect::<Result<_, _>>()?;
    let mut rounds = vec![(Vec::new(), Vec::new()); engines.len()];
    let start = Instant::now();
    for round in 0..MOST_ROUNDS {
        if round >= FEWEST_ROUNDS && start.elapsed() > TIME_FOR_ROUNDS {
            break;
        }
        for ((engine, instance), (fresh, again)) in engines.iter().zip(&warm).zip(&mut rounds) {
            let begun = Instant::now();
            black_box(engine.call("validate", black_box(payload))?);
            fresh.push(begun.elapsed());
            let begun = Instant::now();
            black_box(instance.call("validate", black_box(payload))?);
            again.push(begun.elapsed());
        }
    }
    Ok(rounds
        .into_iter()
        .map(|(fresh, warm)| Times {
            fresh: Sample::new(fresh).median(),
            warm: Sample::new(warm).median(),
        })
        .collect())
}
