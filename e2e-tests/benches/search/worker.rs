//! A search of one thread: it changes the costliest payloads that it knows.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use e2e_tests::fuel::{MOST_INSTRUCTIONS, Meter};
use e2e_tests::random::Random;
use serde_json::Value;

use crate::candidate::{Candidate, Repeated, Size};
use crate::mutate::mutate;
use crate::place::repeatable;

/// The size at which candidates are compared, in bytes.
const SMALL: Size = Size {
    payload: 2_000,
    settings: 500,
};
/// The size at which a costly one is tried first: what grows faster than its payload shows here.
const MEDIUM: Size = Size {
    payload: FULL.payload / 64,
    settings: FULL.settings / 64,
};
/// The size that policy-server accepts, with the longest settings.
const FULL: Size = Size {
    payload: 2 << 20,
    settings: 100 << 10,
};
/// The instructions for a thousand bytes from which on a small candidate is tried at medium size.
const COSTLY: u64 = 250_000;
/// The expected instructions from which on it is tried at full size.
const NEAR_THE_LIMIT: u64 = MOST_INSTRUCTIONS;
/// The number of classes from which half of the candidates are made.
const BEST: usize = 64;
/// A payload without repetitions is not made longer than this, in bytes.
const LONGEST: usize = 1_200;

/// A candidate, and what it costs at full size.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) instructions: u64,
    pub(crate) memory: usize,
    bytes: usize,
    candidate: Candidate,
}

impl Found {
    pub(crate) fn line(&self) -> String {
        format!(
            "{:>14} {:>10} {:>9}  {}",
            self.instructions,
            self.memory,
            self.bytes,
            self.candidate.class()
        )
    }

    /// The payload, which is made anew: all that are found would take up gigabytes.
    pub(crate) fn payload(&self) -> Vec<u8> {
        self.candidate.grown(FULL).unwrap_or_default()
    }
}

/// The costliest candidate of a class so far, and its instructions per thousand bytes.
struct Class {
    cost: u64,
    /// The cost of the last one that was tried larger; 0 where none was.
    tried: u64,
    candidate: Candidate,
}

pub(crate) struct Worker<'c> {
    meter: Meter,
    cases: &'c [Value],
    random: Random,
    /// The classes as they were found: there are hundreds of thousands, and any is chosen at once.
    classes: Vec<Class>,
    /// The positions of the classes, by name.
    positions: BTreeMap<String, usize>,
    /// The positions of the costliest classes, the costliest first.
    best: Vec<usize>,
    found: BTreeMap<String, Found>,
    /// The most instructions so far.
    costliest: u64,
    /// The file for the payload that needs them.
    newest: PathBuf,
}

impl<'c> Worker<'c> {
    pub(crate) const fn new(meter: Meter, cases: &'c [Value], seed: u64, newest: PathBuf) -> Self {
        Self {
            meter,
            cases,
            random: Random::new(seed),
            classes: Vec::new(),
            positions: BTreeMap::new(),
            best: Vec::new(),
            found: BTreeMap::new(),
            costliest: 0,
            newest,
        }
    }

    /// The costliest of each class at full size.
    pub(crate) fn into_found(self) -> Vec<Found> {
        self.found.into_values().collect()
    }

    pub(crate) fn progress(&self) -> String {
        format!(
            "{} classes, {} of them costly, the costliest {} instructions",
            self.classes.len(),
            self.found.len(),
            self.costliest
        )
    }

    /// Makes a candidate and measures it. A costly one is also tried at medium size, and where it may
    /// come near the limit at full size. It is printed where it is the costliest so far.
    pub(crate) fn try_one(&mut self) {
        let Some(candidate) = self.candidate() else {
            return;
        };
        let Some(cost) = self.cost(&candidate, SMALL) else {
            return;
        };
        let name = candidate.class();
        let position = self.positions.get(&name).copied();
        let known = position.and_then(|position| self.classes.get(position));
        let (known, mut tried) = known.map_or((0, 0), |class| (class.cost, class.tried));
        if cost <= known.saturating_add(known / 32) {
            return;
        }
        // Trying at full size takes a thousand times as long.
        if cost > COSTLY && cost > tried.saturating_add(tried / 4) {
            if let Some(medium) = self.cost(&candidate, MEDIUM)
                && expected_at_full_size(cost, medium) > NEAR_THE_LIMIT
            {
                self.try_full(&name, &candidate);
            }
            tried = cost;
        }
        let class = Class {
            cost,
            tried,
            candidate,
        };
        let position = position.unwrap_or(self.classes.len());
        match self.classes.get_mut(position) {
            Some(known) => *known = class,
            None => {
                self.classes.push(class);
                self.positions.insert(name, position);
            }
        }
        self.rank(position);
    }

    /// The instructions for a thousand bytes of a candidate that has grown.
    fn cost(&self, candidate: &Candidate, size: Size) -> Option<u64> {
        let payload = candidate.grown(size)?;
        let bytes = u64::try_from(payload.len()).unwrap_or(u64::MAX).max(1);
        Some(match self.meter.measure("validate", &payload) {
            Ok(measured) => measured.instructions().saturating_mul(1000) / bytes,
            // Only what is interrupted has no answer.
            Err(_) => u64::MAX,
        })
    }

    fn candidate(&mut self) -> Option<Candidate> {
        let random = &mut self.random;
        let parent = match random.below(4) {
            0 | 1 => {
                let position = random.choose(&self.best);
                position.and_then(|position| self.classes.get(*position))
            }
            2 => random.choose(&self.classes),
            _ => None,
        };
        let mut candidate = match parent {
            Some(parent) => parent.candidate.clone(),
            None => Candidate {
                payload: random.choose(self.cases)?.clone(),
                repeated: Repeated::default(),
            },
        };
        for _ in 0..random.below(4) {
            mutate(&mut candidate.payload, self.cases, random);
        }
        if candidate.payload.to_string().len() > LONGEST {
            return None;
        }
        let Candidate { payload, repeated } = &mut candidate;
        if parent.is_none() || random.below(3) == 0 {
            repeated.in_object = repeatable(payload, "/request/object", random);
            repeated.is_numbered = random.below(2) == 0;
        }
        if parent.is_none() || random.below(3) == 0 {
            repeated.in_settings = match random.below(2) {
                0 => repeatable(payload, "/settings", random),
                _ => None,
            };
        }
        Some(candidate)
    }

    /// Keeps the class at a position among the costliest, if it is.
    fn rank(&mut self, position: usize) {
        if !self.best.contains(&position) {
            self.best.push(position);
        }
        let cost = |position: &usize| self.classes.get(*position).map_or(0, |class| class.cost);
        self.best.sort_by_key(|position| Reverse(cost(position)));
        self.best.truncate(BEST);
    }

    fn try_full(&mut self, name: &str, candidate: &Candidate) {
        let Some(payload) = candidate.grown(FULL) else {
            return;
        };
        let (instructions, memory) = match self.meter.measure("validate", &payload) {
            Ok(measured) => (measured.instructions(), measured.memory()),
            Err(_) => (3 * MOST_INSTRUCTIONS, 0),
        };
        let known = self.found.get(name).map_or(0, |known| known.instructions);
        if known < instructions {
            let found = Found {
                instructions,
                memory,
                bytes: payload.len(),
                candidate: candidate.clone(),
            };
            if instructions > self.costliest {
                self.costliest = instructions;
                println!("{}", found.line());
                // A candidate that exceeds the limits can be looked at while the search goes on.
                if fs::write(&self.newest, &payload).is_err() {
                    println!("cannot write {}", self.newest.display());
                }
            }
            self.found.insert(name.to_owned(), found);
        }
    }
}

/// The instructions of a candidate at full size, by what a thousand bytes of it cost at the other
/// sizes. From one size to the next that may grow by as much again.
fn expected_at_full_size(small: u64, medium: u64) -> u64 {
    let growth = (medium / small.max(1)).max(1);
    let thousands = u64::try_from((FULL.payload + FULL.settings) / 1000).unwrap_or(u64::MAX);
    medium.saturating_mul(growth).saturating_mul(thousands)
}
