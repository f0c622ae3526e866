//! A soak test: requests of mixed kinds and sizes, some of them damaged, on fresh instances and
//! all cores. It fails if an answer is lost, if it differs from the first one to the same
//! input, or if the host's memory grows.
//!
//!     cargo bench -p e2e-tests --bench soak -- POLICY REQUESTS

mod inputs;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use e2e_tests::{Engine, EngineError, arguments, positive};

use inputs::inputs;

/// The number of progress reports. After the first one, memory should no longer grow.
const REPORTS: usize = 10;
/// The growth of resident memory that is allowed after the first report, in bytes.
const GROWTH: usize = 32 << 20;
/// The file for the payload of a request that fails.
const FAILED: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/soak-failed.json");
/// Inputs are chosen in steps of a prime, so that sizes and kinds mix.
const STEP: usize = 7919;

fn main() -> Result<(), Box<dyn Error>> {
    let [policy, requests] = arguments("soak POLICY REQUESTS (make soak)")?;
    let requests: usize = positive("REQUESTS", &requests)?;
    let engine = Engine::load(Path::new(&policy))?;
    let inputs = inputs()?;
    let first: Vec<_> = inputs
        .iter()
        .map(|input| engine.call("validate", input))
        .collect::<Result<_, EngineError>>()?;
    if let Some(answer) = first.iter().find(|answer| !has_reason(answer)) {
        return Err(format!("no reason: {}", String::from_utf8_lossy(answer)).into());
    }
    let threads = thread::available_parallelism()?.get();
    println!(
        "{requests} requests of {} inputs on {threads} threads",
        inputs.len()
    );

    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    let work = || -> Result<(), String> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= requests {
                return Ok(());
            }
            let at = number.wrapping_mul(STEP) % inputs.len();
            let (Some(input), Some(expected)) = (inputs.get(at), first.get(at)) else {
                return Err(format!("there is no input {at}"));
            };
            let failed = match engine.call("validate", input) {
                Ok(answer) if answer == *expected => None,
                Ok(answer) => {
                    let answer = String::from_utf8_lossy(&answer).into_owned();
                    Some(format!("another answer than before: {answer}"))
                }
                Err(error) => Some(error.to_string()),
            };
            if let Some(problem) = failed {
                let kept = match fs::write(FAILED, input) {
                    Ok(()) => format!("its payload is in {FAILED}"),
                    Err(error) => format!("its payload cannot be kept in {FAILED}: {error}"),
                };
                return Err(format!("request {number}: {problem} ({kept})"));
            }
            done.fetch_add(1, Ordering::Relaxed);
        }
    };
    let (warm, failures) = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let warm = watch(&done, requests, &workers);
        let failures: Vec<_> = workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|_| Err("a worker panicked".into()))
            })
            .filter_map(Result::err)
            .collect();
        (warm, failures)
    });
    if let Some(failure) = failures.first() {
        return Err(failure.clone().into());
    }
    let (done, seconds) = (done.into_inner(), start.elapsed().as_secs_f64());
    let memory = resident();
    println!(
        "{done} answers in {seconds:.0} s, {:.0} a second; resident memory {}, after a tenth {}",
        done as f64 / seconds,
        mebibytes(memory),
        mebibytes(warm),
    );
    if done != requests {
        return Err(format!("{} requests were lost", requests - done).into());
    }
    if memory > warm.map(|warm| warm + GROWTH) {
        return Err("the host's memory has grown".into());
    }
    Ok(())
}

/// Whether an answer has a reason if it rejects.
fn has_reason(answer: &[u8]) -> bool {
    let answer: Result<serde_json::Value, _> = serde_json::from_slice(answer);
    answer.is_ok_and(|answer| {
        let has_message = answer
            .get("message")
            .and_then(serde_json::Value::as_str)
            .is_some_and(|message| message.starts_with("mutable-tags"));
        answer
            .get("accepted")
            .is_some_and(|accepted| accepted == &serde_json::Value::Bool(true) || has_message)
    })
}

/// Reports the progress. Returns the resident memory at the first report.
fn watch<T>(
    done: &AtomicUsize,
    requests: usize,
    workers: &[thread::ScopedJoinHandle<'_, T>],
) -> Option<usize> {
    let mut reported = 0;
    let mut warm = None;
    while !workers.iter().all(thread::ScopedJoinHandle::is_finished) {
        thread::sleep(std::time::Duration::from_millis(200));
        let due = done.load(Ordering::Relaxed) * REPORTS / requests.max(1);
        if due > reported {
            reported = due;
            let memory = resident();
            warm = warm.or(memory);
            println!(
                "{reported} of {REPORTS}: resident memory {}",
                mebibytes(memory)
            );
        }
    }
    warm.or_else(resident)
}

/// The resident memory of this process in bytes; `None` if the system does not report it.
fn resident() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes << 10)
}

/// A size of memory for people.
fn mebibytes(memory: Option<usize>) -> String {
    match memory {
        Some(bytes) => format!("{} MiB", bytes >> 20),
        None => "not measured".to_owned(),
    }
}
