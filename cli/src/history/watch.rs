//! Watches tags along a history: when each was there, and how often it moved.
//!
//! A tag moves if a commit replaces its digest with one that was first seen later. These are not
//! moves:
//!
//! - a digest that is added and replaces none: it may be that of another architecture. In the same
//!   file it is taken for that, and is never counted;
//! - more new digests than are replaced, which are those of several architectures;
//! - a digest that came by a move before: another file only follows;
//! - a digest that was seen before the one that it replaces, as after a revert;
//! - a digest that replaces another within a day after the tag was first seen: a release that was
//!   corrected, which is counted apart.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::patch::{ChangedFile, Commit};
use super::pins::Pin;

/// The time after the first sight of a tag in which its release can be corrected.
const CORRECTION: SignedDuration = SignedDuration::from_hours(24);

/// A tag that was pinned by a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WatchedTag {
    /// The normalised name: `docker.io/library/nginx`.
    pub(super) repository: String,
    pub(super) tag: String,
    pub(super) first_seen: Timestamp,
    /// The commit that removed it for the last time, or the last commit of all.
    pub(super) last_seen: Timestamp,
    pub(super) moves: u32,
    /// The number of times that its digest was replaced within a day after the first sight.
    pub(super) corrections: u32,
}

impl WatchedTag {
    /// The days from the first to the last sight.
    pub(super) fn days(&self) -> i64 {
        self.last_seen.duration_since(self.first_seen).as_hours() / 24
    }

    pub(super) const fn has_moved(&self) -> bool {
        self.moves > 0
    }
}

/// The state of a repository at a commit, and what became of its tags until then.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// When the watch begins, if not with the first commit.
    begins: Option<Timestamp>,
    files: HashMap<String, Vec<Pin>>,
    tags: BTreeMap<Name, History>,
    /// The number of commits so far.
    commits: usize,
}

/// A repository and a tag.
type Name = (String, String);

/// The history of a tag.
#[derive(Debug)]
struct History {
    /// When the tag was first seen, even if that was before the watch began.
    born: Timestamp,
    first_seen: Timestamp,
    last_seen: Timestamp,
    moves: u32,
    corrections: u32,
    /// The number of files that have it.
    files: usize,
    /// The digests that the last files had, while no file has the tag.
    last_digests: Vec<String>,
    digests: HashMap<String, SeenDigest>,
}

/// A digest of a tag.
#[derive(Clone, Copy, Debug)]
struct SeenDigest {
    /// The number of the commit in which it was first seen.
    commit: usize,
    state: DigestState,
}

/// Whether a digest can still count as a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DigestState {
    /// The digest has replaced no other so far. If it does so later, the tag moved.
    Open,
    /// The digest was counted, or never will be.
    Settled,
}

/// The changes of a commit to a tag.
#[derive(Debug, Default)]
struct Change {
    /// The change in the number of files that have each digest.
    files: BTreeMap<String, i64>,
    /// Digests that are new in a file which has another digest of the tag too.
    beside_others: Vec<String>,
}

impl Change {
    /// The digests that more files have than before.
    fn added(&self) -> impl Iterator<Item = &String> {
        let files = self.files.iter();
        files
            .filter(|(_, files)| **files > 0)
            .map(|(digest, _)| digest)
    }

    /// The digests that fewer files have than before.
    fn removed(&self) -> impl Iterator<Item = &String> {
        let files = self.files.iter();
        files
            .filter(|(_, files)| **files < 0)
            .map(|(digest, _)| digest)
    }
}

impl Watch {
    /// Watches from `begins` on. Tags that are there by then count as first seen then.
    pub(super) fn new(begins: Option<Timestamp>) -> Self {
        Self {
            begins,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, commit: Commit) {
        let date = commit.date;
        self.begin_if_due(date);
        self.commits += 1;
        let mut changes = BTreeMap::<Name, Change>::new();
        for file in commit.files {
            self.replace_file(file, &mut changes);
        }
        for (name, change) in changes {
            let number = self.commits;
            let history = self.tags.entry(name);
            let history = history.or_insert_with(|| History::new(date));
            history.add(&change, number, date);
        }
    }

    /// The tags that were watched, in the order of their names. `end` is the date of the last
    /// commit.
    pub(super) fn finish(mut self, end: Timestamp) -> Vec<WatchedTag> {
        self.begin_if_due(end);
        if self.begins.is_some() {
            return Vec::new();
        }
        let tags = self.tags.into_iter();
        tags.map(|((repository, tag), history)| WatchedTag {
            repository,
            tag,
            first_seen: history.first_seen,
            last_seen: match history.files {
                0 => history.last_seen,
                _ => end.max(history.last_seen),
            },
            moves: history.moves,
            corrections: history.corrections,
        })
        .collect()
    }

    /// Forgets the tags that were removed before the watch begins, and all earlier moves.
    fn begin_if_due(&mut self, date: Timestamp) {
        if let Some(begins) = self.begins.take_if(|begins| *begins <= date) {
            self.tags.retain(|_, history| history.files > 0);
            for history in self.tags.values_mut() {
                history.first_seen = begins;
                history.last_seen = begins;
                history.moves = 0;
                history.corrections = 0;
            }
        }
    }

    fn replace_file(&mut self, file: ChangedFile, changes: &mut BTreeMap<Name, Change>) {
        let old = self.files.remove(&file.path).unwrap_or_default();
        for (pins, difference) in [(&old, -1), (&file.pins, 1)] {
            for pin in pins {
                let name = (pin.repository().to_owned(), pin.tag().to_owned());
                let change = changes.entry(name).or_default();
                let files = change.files.entry(pin.digest().to_owned());
                *files.or_default() += difference;
                if difference > 0 && !old.contains(pin) && has_other_digest(&file.pins, pin) {
                    change.beside_others.push(pin.digest().to_owned());
                }
            }
        }
        if !file.pins.is_empty() {
            self.files.insert(file.path, file.pins);
        }
    }
}

fn has_other_digest(pins: &[Pin], pin: &Pin) -> bool {
    let is_same_tag = |other: &&Pin| {
        other.repository() == pin.repository() && other.tag() == pin.tag() && *other != pin
    };
    pins.iter().any(|other| is_same_tag(&other))
}

impl History {
    fn new(date: Timestamp) -> Self {
        Self {
            born: date,
            first_seen: date,
            last_seen: date,
            moves: 0,
            corrections: 0,
            files: 0,
            last_digests: Vec::new(),
            digests: HashMap::new(),
        }
    }

    fn add(&mut self, change: &Change, commit: usize, date: Timestamp) {
        let is_first = self.digests.is_empty();
        let come: Vec<_> = change.added().collect();
        for digest in &come {
            let seen = SeenDigest {
                commit,
                state: DigestState::Open,
            };
            self.digests.entry((*digest).clone()).or_insert(seen);
        }
        let mut gone: Vec<_> = change.removed().cloned().collect();
        // A tag that comes back is compared with what it was.
        gone.append(&mut self.last_digests);

        let moved_to = self.moved_to(&come, &gone);
        let is_replacement = !gone.is_empty() && !moved_to.is_empty();
        if is_replacement && gone.len() >= moved_to.len() {
            // A date long before the first one comes from a wrong clock.
            match date.duration_since(self.born).abs() < CORRECTION {
                true => self.corrections += 1,
                false => self.moves += 1,
            }
        }
        for digest in moved_to {
            let is_architecture = change.beside_others.contains(&digest);
            let is_settled = is_first || is_replacement || is_architecture;
            if let Some(seen) = self.digests.get_mut(&digest).filter(|_| is_settled) {
                seen.state = DigestState::Settled;
            }
        }
        self.count_files(change);
        if self.files == 0 {
            self.last_digests = gone;
        }
        self.last_seen = self.last_seen.max(date);
    }

    /// The added digests that can count as a move: they are still open, and were first seen after
    /// the removed ones.
    fn moved_to(&self, come: &[&String], gone: &[String]) -> Vec<String> {
        let gone = gone.iter().filter_map(|digest| self.digests.get(digest));
        let newest_gone = gone.map(|seen| seen.commit).max();
        let is_news = |digest: &&&String| {
            let seen = self.digests.get(**digest);
            seen.is_some_and(|seen| {
                seen.state == DigestState::Open && Some(seen.commit) > newest_gone
            })
        };
        come.iter().filter(is_news).copied().cloned().collect()
    }

    fn count_files(&mut self, change: &Change) {
        let before = i64::try_from(self.files).unwrap_or(i64::MAX);
        let difference: i64 = change.files.values().sum();
        self.files = usize::try_from(before.saturating_add(difference)).unwrap_or(0);
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
