//! Asks both modules on all cores, and keeps what they say otherwise.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use e2e_tests::Engine;

use crate::differences::{Difference, Differences};
use crate::inputs::Input;
use crate::outcome::Outcome;

/// The differences that some payloads showed.
#[derive(Default)]
pub(crate) struct Comparison {
    compared: usize,
    unwritable: usize,
    allowed: usize,
    /// By the parts of the answer that differ: how many do, and the shortest of them.
    different: BTreeMap<Vec<&'static str>, (usize, Option<Difference>)>,
}

/// Compares the answers to so many inputs.
pub(crate) fn compare<I: Input>(
    before: &Engine,
    now: &Engine,
    allowed: &Differences,
    count: usize,
    input: impl Fn(usize) -> I + Sync,
) -> Comparison {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut comparison = Comparison::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return comparison;
            }
            comparison.add(before, now, allowed, &input(number));
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().unwrap().get();
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut sum = Comparison::default();
        for worker in workers {
            sum.merge(worker.join().unwrap());
        }
        sum
    })
}

impl Comparison {
    fn add(&mut self, before: &Engine, now: &Engine, allowed: &Differences, input: &impl Input) {
        let Some(payload) = input.written() else {
            self.unwritable += 1;
            return;
        };
        let ask = |engine: &Engine| {
            let engine = engine.clone().with_host(input.host());
            Outcome::of(engine.validate_payload(payload.as_bytes()))
        };
        let (before, now) = (ask(before), ask(now));
        self.compared += 1;
        let differing = before.differing(&now);
        if differing.is_empty() {
            return;
        }
        let difference = Difference {
            name: input.name(),
            payload,
            before,
            now,
        };
        if allowed.allow(&difference) {
            self.allowed += 1;
        } else {
            self.keep(differing, 1, Some(difference));
        }
    }

    fn keep(&mut self, parts: Vec<&'static str>, count: usize, difference: Option<Difference>) {
        let kept = self.different.entry(parts).or_default();
        kept.0 += count;
        let length = |difference: &Difference| (difference.payload.len(), difference.name.clone());
        kept.1 = kept
            .1
            .take()
            .into_iter()
            .chain(difference)
            .min_by_key(length);
    }

    fn merge(&mut self, other: Self) {
        self.compared += other.compared;
        self.unwritable += other.unwritable;
        self.allowed += other.allowed;
        for (parts, (count, difference)) in other.different {
            self.keep(parts, count, difference);
        }
    }

    pub(crate) fn is_equal(&self) -> bool {
        self.different.is_empty()
    }

    pub(crate) const fn unwritable(&self) -> usize {
        self.unwritable
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            compared,
            unwritable,
            allowed,
            ..
        } = self;
        write!(
            formatter,
            "{compared} compared, {unwritable} skipped, {allowed} differ as is allowed"
        )?;
        for (parts, (count, shortest)) in &self.different {
            write!(formatter, "\n{count} differ in {}", parts.join(", "))?;
            if let Some(shortest) = shortest {
                let Difference {
                    name,
                    payload,
                    before,
                    now,
                } = shortest;
                write!(
                    formatter,
                    "; the shortest is {name}:\n    {payload}\n    before: {before}\n    now:    {now}"
                )?;
            }
        }
        Ok(())
    }
}
