//! Tests of what counts as a move.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

/// A pin of one tag, by the letter that its digest consists of.
fn pin(digest: char) -> Pin {
    let digest = digest.to_string().repeat(64);
    Pin::parse(&format!("acme/app:1.2.3@sha256:{digest}")).unwrap()
}

fn time(day: f64) -> Timestamp {
    #[allow(clippy::cast_possible_truncation, reason = "a test has few days")]
    Timestamp::from_second((day * 86_400.0) as i64).unwrap()
}

/// A commit on a day, with the digests in each file after it.
fn commit(day: f64, files: &[(&str, &str)]) -> Commit {
    let files = files.iter().map(|(path, digests)| ChangedFile {
        path: (*path).to_owned(),
        pins: digests.chars().map(pin).collect(),
    });
    Commit {
        date: time(day),
        files: files.collect(),
    }
}

type History<'a> = &'a [(f64, &'a [(&'a str, &'a str)])];

fn watched_from(begins: Option<f64>, history: History<'_>) -> Option<WatchedTag> {
    let mut watch = Watch::new(begins.map(time));
    for (day, files) in history {
        watch.add(commit(*day, files));
    }
    watch.finish(time(100.0)).pop()
}

fn watched(history: History<'_>) -> WatchedTag {
    watched_from(None, history).unwrap()
}

fn assert_counts(history: History<'_>, moves: u32, corrections: u32) {
    let tag = watched(history);
    assert_eq!(
        (tag.moves, tag.corrections),
        (moves, corrections),
        "{history:?}"
    );
}

#[test]
fn a_replaced_digest_is_a_move() {
    assert_counts(&[(0.0, &[("f", "a")]), (9.0, &[("f", "b")])], 1, 0);
    assert_counts(&[(0.0, &[("f", "a")]), (9.0, &[("f", "a")])], 0, 0);
}

#[test]
fn every_new_digest_is_another_move() {
    let history: History<'_> = &[
        (0.0, &[("f", "a")]),
        (9.0, &[("f", "b")]),
        (9.1, &[("f", "c")]),
    ];
    assert_counts(history, 2, 0);
}

#[test]
fn a_correction_within_a_day_is_not_a_move() {
    assert_counts(&[(0.0, &[("f", "a")]), (0.9, &[("f", "b")])], 0, 1);
    assert_counts(&[(0.0, &[("f", "a")]), (1.0, &[("f", "b")])], 1, 0);
}

#[test]
fn a_digest_beside_another_is_not_a_move() {
    let late: History<'_> = &[
        (0.0, &[("f", "a")]),
        (9.0, &[("f", "ab")]),
        (19.0, &[("f", "b")]),
    ];
    assert_counts(late, 0, 0);
    let at_once: History<'_> = &[(0.0, &[("f", "ab")]), (9.0, &[("f", "b")])];
    assert_counts(at_once, 0, 0);
}

#[test]
fn a_digest_per_architecture_is_not_a_move() {
    assert_counts(&[(0.0, &[("f", "a")]), (9.0, &[("f", "bc")])], 0, 0);
}

#[test]
fn architectures_that_move_together_are_one_move() {
    assert_counts(&[(0.0, &[("f", "ab")]), (9.0, &[("f", "cd")])], 1, 0);
}

#[test]
fn a_file_that_follows_is_not_a_second_move() {
    let history: History<'_> = &[
        (0.0, &[("f", "a"), ("g", "a")]),
        (9.0, &[("f", "b")]),
        (19.0, &[("g", "b")]),
    ];
    assert_counts(history, 1, 0);
}

#[test]
fn a_newer_digest_counts_when_it_replaces_the_old_one() {
    let history: History<'_> = &[(0.0, &[("f", "a")]), (9.0, &[("g", "b")])];
    assert_counts(history, 0, 0);
    let replaced: History<'_> = &[
        (0.0, &[("f", "a")]),
        (9.0, &[("g", "b")]),
        (19.0, &[("f", "b")]),
    ];
    assert_counts(replaced, 1, 0);
}

#[test]
fn files_of_different_digests_that_meet_are_one_move() {
    let history: History<'_> = &[
        (0.0, &[("f", "a")]),
        (1.0, &[("g", "b")]),
        (9.0, &[("f", "c"), ("g", "c")]),
    ];
    assert_counts(history, 1, 0);
}

#[test]
fn a_revert_is_not_a_move() {
    let history: History<'_> = &[
        (0.0, &[("f", "a")]),
        (9.0, &[("f", "b")]),
        (10.0, &[("f", "a")]),
        (11.0, &[("f", "b")]),
    ];
    assert_counts(history, 1, 0);
}

#[test]
fn a_tag_that_comes_back_with_another_digest_moved() {
    let gone: (f64, &[_]) = (9.0, &[("f", "")]);
    let first: (f64, &[_]) = (0.0, &[("f", "a")]);
    assert_counts(&[first, gone, (19.0, &[("f", "b")])], 1, 0);
    assert_counts(&[first, gone, (19.0, &[("g", "b")])], 1, 0);
    assert_counts(&[first, gone, (19.0, &[("f", "a")])], 0, 0);
    assert_counts(&[first, gone, (19.0, &[("f", "bc")])], 0, 0);
}

#[test]
fn a_renamed_file_keeps_its_pins() {
    let renamed: History<'_> = &[(0.0, &[("f", "a")]), (9.0, &[("f", ""), ("g", "a")])];
    assert_counts(renamed, 0, 0);
    assert_eq!(watched(renamed).days(), 100);
    let changed: History<'_> = &[(0.0, &[("f", "a")]), (9.0, &[("f", ""), ("g", "b")])];
    assert_counts(changed, 1, 0);
}

#[test]
fn a_tag_is_watched_until_it_is_gone() {
    assert_eq!(watched(&[(5.0, &[("f", "a")])]).days(), 95);
    assert_eq!(
        watched(&[(5.0, &[("f", "a")]), (17.5, &[("f", "")])]).days(),
        12
    );
}

#[test]
fn a_watch_can_begin_later() {
    let history: History<'_> = &[
        (0.0, &[("f", "a")]),
        (9.0, &[("f", "b")]),
        (30.0, &[("f", "c")]),
    ];
    let tag = watched_from(Some(20.0), history).unwrap();
    assert_eq!((tag.first_seen, tag.moves), (time(20.0), 1));
    let tag = watched_from(Some(40.0), history).unwrap();
    assert_eq!((tag.first_seen, tag.moves), (time(40.0), 0));
    let gone: History<'_> = &[(0.0, &[("f", "a")]), (9.0, &[("f", "")])];
    assert_eq!(watched_from(Some(20.0), gone), None);
}
