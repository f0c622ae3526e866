//! Searches for the costliest payload and settings: for the most instructions a byte, and then for
//! what these cost at the size that policy-server accepts. It fails where that exceeds the limits.
//! One seed and one number of workers make one search.
//!
//!     cargo bench -p e2e-tests --bench search -- POLICY FOLDER TRIES WORKERS SEED

mod candidate;
mod host;
mod mutate;
mod place;
mod worker;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::thread;

use e2e_tests::cases;
use e2e_tests::fuel::{MOST_INSTRUCTIONS, MOST_MEMORY, Meter};
use e2e_tests::{arguments, positive};

use host::SmallCluster;
use worker::{Found, Worker};

/// The number of payloads that are reported, and written into the folder.
const REPORTED: usize = 20;

/// The tries after which a worker tells its progress.
const TOLD_AFTER: u64 = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let [policy, folder, tries, workers, seed] =
        arguments("search POLICY FOLDER TRIES WORKERS SEED (make search)")?;
    let tries: u64 = positive("TRIES", &tries)?;
    let workers: u64 = positive("WORKERS", &workers)?;
    let seed: u64 = positive("SEED", &seed)?;
    // The engine stops a payload at three times the limit.
    let meter = Meter::load(Path::new(&policy))?
        .with_host(SmallCluster)
        .with_limit(3 * MOST_INSTRUCTIONS);
    let cases = cases::payloads();
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    println!(
        "{tries} tries from {} cases, seed {seed}, {workers} workers",
        cases.len()
    );
    let found: Result<Vec<_>, _> = thread::scope(|scope| {
        let searches: Vec<_> = (0..workers)
            .map(|number| {
                let newest = folder.join(format!("newest-{number}.json"));
                let mut worker = Worker::new(meter.clone(), &cases, seed * 1000 + number, newest);
                let tries = tries / workers + u64::from(number < tries % workers);
                scope.spawn(move || {
                    for number in 1..=tries {
                        worker.try_one();
                        if number % TOLD_AFTER == 0 {
                            println!("{number} tries of a worker, {}", worker.progress());
                        }
                    }
                    worker.into_found()
                })
            })
            .collect();
        searches.into_iter().map(|search| search.join()).collect()
    });
    let found = found.map_err(|_| "a worker panicked")?.into_iter();
    let mut found: Vec<Found> = found.flatten().collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.instructions));
    println!(
        "\n{:>14} {:>10} {:>9}  costliest",
        "instructions", "memory", "bytes"
    );
    for (position, found) in found.iter().take(REPORTED).enumerate() {
        println!("{}", found.line());
        let file = folder.join(format!("{position}.json"));
        fs::write(file, found.payload())?;
    }
    if let Some(largest) = found.iter().max_by_key(|found| found.memory) {
        println!("\nmost memory:\n{}", largest.line());
        fs::write(folder.join("memory.json"), largest.payload())?;
    }
    let excess = found
        .iter()
        .filter(|found| found.instructions > MOST_INSTRUCTIONS || found.memory > MOST_MEMORY);
    match excess.count() {
        0 => Ok(()),
        count => Err(format!(
            "{count} exceed {MOST_INSTRUCTIONS} instructions or {MOST_MEMORY} bytes"
        )
        .into()),
    }
}
