//! The tags of a publisher, and what their counts say about it.

use std::collections::BTreeMap;

use mutable_tags_policy::image::publisher::{Practice, Publisher};

use super::judged::JudgedTag;

/// The fewest watched versions that show the practice of a publisher.
const MIN_VERSIONS: usize = 5;
/// One in this many must have moved to show that the publisher moves versions.
const MOVED_ONE_IN: usize = 4;
/// The fewest versions that must have stood still to show that none moves: with a confidence of 95 %,
/// at most 14 % of them move.
pub(super) const MIN_STILL: usize = 20;

/// The tags of a publisher that the policy knows, or of a namespace.
#[derive(Debug)]
pub(super) struct Group<'t> {
    /// The pattern that matches its images, as settings have it.
    pub(super) images: String,
    pub(super) publisher: Option<&'static Publisher>,
    pub(super) tags: Vec<&'t JudgedTag>,
}

/// Counts of tags that were watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) watched: usize,
    pub(super) moved: usize,
}

/// The comparison of a publisher's counts with the policy's table of publishers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// Too few versions, or too few moves, to compare.
    Unclear,
    Confirms,
    Contradicts,
    /// The publisher moves exact versions, and is not in the table.
    New,
}

impl Counts {
    pub(super) fn of<'t>(tags: impl Iterator<Item = &'t JudgedTag>) -> Self {
        tags.fold(Self::default(), |counts, tag| Self {
            watched: counts.watched + 1,
            moved: counts.moved + usize::from(tag.tag.has_moved()),
        })
    }

    /// Whether enough moved to show that the publisher moves versions.
    pub(super) const fn show_that_versions_move(self) -> bool {
        self.watched >= MIN_VERSIONS && self.moved * MOVED_ONE_IN >= self.watched
    }

    /// Whether so many moved that the repository probably moves versions. A single move can be an
    /// accident.
    pub(super) const fn suggest_that_versions_move(self) -> bool {
        self.moved > 1 && self.moved * MOVED_ONE_IN >= self.watched
    }

    /// Whether enough stood still, and none moved, to show that the publisher moves none.
    pub(super) const fn show_that_none_moves(self) -> bool {
        self.watched >= MIN_STILL && self.moved == 0
    }

    /// Whether there was no move, though some would be expected by now.
    pub(super) const fn none_moved_yet(self) -> bool {
        self.watched >= MIN_VERSIONS && self.moved == 0
    }
}

impl<'t> Group<'t> {
    /// All groups, in the order of their images.
    pub(super) fn all(tags: &'t [JudgedTag]) -> Vec<Self> {
        let mut groups = BTreeMap::<String, Vec<&JudgedTag>>::new();
        for tag in tags {
            groups.entry(images(tag)).or_default().push(tag);
        }
        let groups = groups.into_iter();
        groups
            .map(|(images, tags)| Self {
                images,
                publisher: tags.first().and_then(|tag| tag.publisher),
                tags,
            })
            .collect()
    }

    /// The exact versions that were there for so many days.
    pub(super) fn exact(&self, days: i64) -> impl Iterator<Item = &'t JudgedTag> {
        let tags = self.tags.iter().copied();
        tags.filter(move |tag| tag.is_exact && tag.tag.days() >= days)
    }

    /// The median of the days for which they were there.
    pub(super) fn median_days(&self, days: i64) -> i64 {
        let mut watched: Vec<_> = self.exact(days).map(|tag| tag.tag.days()).collect();
        watched.sort_unstable();
        watched.get(watched.len() / 2).copied().unwrap_or(0)
    }

    pub(super) fn comparison(&self, days: i64) -> Comparison {
        let counts = Counts::of(self.exact(days));
        let practice = self.publisher.map(|publisher| publisher.practice());
        match practice {
            None if counts.show_that_versions_move() => Comparison::New,
            None => Comparison::Unclear,
            Some(Practice::NeverMoves) if counts.show_that_versions_move() => {
                Comparison::Contradicts
            }
            Some(Practice::NeverMoves) if counts.show_that_none_moves() => Comparison::Confirms,
            Some(Practice::NeverMoves) => Comparison::Unclear,
            Some(_) if counts.show_that_versions_move() => Comparison::Confirms,
            Some(_) if counts.show_that_none_moves() => Comparison::Contradicts,
            Some(_) => Comparison::Unclear,
        }
    }
}

/// The pattern for the images of a tag's publisher: the entry of its row that matches, or else the
/// namespace.
fn images(tag: &JudgedTag) -> String {
    let repository = &tag.tag.repository;
    let rows = tag.publisher.into_iter().flat_map(|row| row.images());
    for images in rows {
        if images.ends_with('/') && repository.starts_with(images) {
            return format!("{images}**");
        }
        if repository == images {
            return repository.clone();
        }
    }
    let mut parts = repository.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(registry), Some(namespace), Some(_)) => format!("{registry}/{namespace}/**"),
        _ => repository.clone(),
    }
}
