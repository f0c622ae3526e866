//! The report for people: the publishers, the tags to know, and the settings that follow.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Results, day};
use crate::history::group::{Comparison, Counts, Group, MIN_STILL};
use crate::history::judged::{JudgedTag, practice_name};
use crate::history::suggest::{SuggestedSettings, Suggestion};

/// The longest line of a table, unless a name alone is longer.
const MAX_WIDTH: usize = 100;
/// The most tags that are listed.
const MAX_TAGS: usize = 20;

pub(crate) fn text(results: &Results<'_>) -> String {
    let parts = [
        summary(results),
        publishers(results),
        surprises(results),
        settings(&results.suggested),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn summary(results: &Results<'_>) -> String {
    let span = results.span;
    let tags = results.tags.iter();
    let repositories: BTreeSet<_> = tags.clone().map(|tag| &tag.tag.repository).collect();
    let moved = tags.clone().filter(|tag| tag.tag.has_moved()).count();
    let corrected = tags.filter(|tag| tag.tag.corrections > 0).count();
    let groups = results.groups.iter();
    let exact = Counts::of(groups.flat_map(|group| group.exact(results.days)));
    let mut text = format!(
        "Commits on the main line: {} ({} to {})\n",
        span.commits,
        day(span.first),
        day(span.last)
    );
    let _ = writeln!(
        text,
        "Tags pinned by digest: {} in {}, {moved} moved",
        results.tags.len(),
        match repositories.len() {
            1 => "1 image repository".to_owned(),
            count => format!("{count} image repositories"),
        }
    );
    if corrected > 0 {
        let _ = writeln!(
            text,
            "Tags corrected within a day, which is not a move: {corrected}"
        );
    }
    let _ = writeln!(
        text,
        "Exact versions and builds seen for {} days or more: {}, {} moved",
        results.days, exact.watched, exact.moved
    );
    text
}

/// A line for each publisher whose versions moved, or of which enough versions stood still. The most
/// moves come first.
fn publishers(results: &Results<'_>) -> String {
    let days = results.days;
    let groups = results.groups.iter();
    let groups = groups.map(|group| (Counts::of(group.exact(days)), group));
    let watched = groups.filter(|(counts, _)| counts.watched > 0);
    let tells = |(counts, _): &(Counts, _)| counts.moved > 0 || counts.show_that_none_moves();
    let (mut told, others): (Vec<_>, Vec<_>) = watched.partition(tells);
    told.sort_by_key(|(counts, _)| (Reverse(counts.moved), Reverse(counts.watched)));
    let mut text = String::new();
    if !told.is_empty() {
        let rows = told.iter().map(|(counts, group)| row(*counts, group, days));
        let heads = ["publisher", "moved", "days", "known as"];
        let rows: Vec<_> = std::iter::once(heads.map(str::to_owned))
            .chain(rows)
            .collect();
        text.push_str(&aligned(&rows));
        let _ = writeln!(
            text,
            "moved: of the exact versions and builds that were seen for {days} days or more"
        );
        text.push_str("days: the median number of days that they were seen\n");
        text.push_str("known as: what the policy knows of the publisher, and whether this history confirms it\n");
    }
    if !others.is_empty() {
        let _ = writeln!(
            text,
            "Publishers left out, with fewer than {MIN_STILL} of them and no move: {}",
            others.len()
        );
    }
    text
}

fn row(counts: Counts, group: &Group<'_>, days: i64) -> [String; 4] {
    let practice = group.publisher.map(|row| practice_name(row.practice()));
    let known = match (practice, group.comparison(days)) {
        (Some(practice), Comparison::Contradicts) => format!("{practice}: contradicted"),
        (Some(practice), Comparison::Confirms) => format!("{practice}: confirmed"),
        (Some(practice), _) => practice,
        (None, Comparison::New) => "unknown: moves versions".to_owned(),
        (None, _) => "unknown".to_owned(),
    };
    [
        group.images.clone(),
        format!("{} of {}", counts.moved, counts.watched),
        group.median_days(days).to_string(),
        known,
    ]
}

/// A table: numbers are aligned to the right, words to the left. A name that is too long has a line of
/// its own.
fn aligned(rows: &[[String; 4]]) -> String {
    let widths = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(column));
        cells.map(|cell| cell.chars().count())
    };
    let [_, moved, days, known] = std::array::from_fn(|column| widths(column).max().unwrap_or(0));
    let room = MAX_WIDTH.saturating_sub(moved + days + known + 6);
    let images = widths(0).filter(|width| *width <= room).max().unwrap_or(0);
    let mut text = String::new();
    for [name, b, c, d] in rows {
        let mut name = name.as_str();
        if name.chars().count() > images {
            text.push_str(name);
            text.push('\n');
            name = "";
        }
        let line = format!("{name:images$}  {b:>moved$}  {c:>days$}  {d}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The tags that moved though the policy accepts them, the most moves first.
fn surprises(results: &Results<'_>) -> String {
    let tags = results.tags.iter();
    let mut tags: Vec<_> = tags
        .filter(|tag| tag.is_accepted() && tag.tag.has_moved())
        .collect();
    if tags.is_empty() {
        return String::new();
    }
    tags.sort_by_key(|tag| Reverse(tag.tag.moves));
    let mut text =
        "Tags that moved although the policy accepts them:\nmoves   days  tag\n".to_owned();
    for JudgedTag { tag, .. } in tags.iter().take(MAX_TAGS) {
        let _ = writeln!(
            text,
            "{:5}  {:5}  {}:{}",
            tag.moves,
            tag.days(),
            tag.repository,
            tag.tag
        );
    }
    if let Some(more @ 1..) = tags.len().checked_sub(MAX_TAGS) {
        let _ = writeln!(text, "and {more} more: --output tsv lists all");
    }
    text
}

/// The settings as YAML, to be pasted.
fn settings(suggested: &SuggestedSettings) -> String {
    if suggested.is_empty() {
        return "No settings to suggest: the policy knows what moved, or too few tags were seen.\n"
            .to_owned();
    }
    let mut text = "Suggested settings:\n\nsettings:\n  tags:\n".to_owned();
    for (name, declared) in [
        ("mutable", &suggested.mutable),
        ("immutable", &suggested.immutable),
    ] {
        if !declared.is_empty() {
            let _ = writeln!(text, "    {name}:");
        }
        for Suggestion {
            pattern,
            counts,
            days,
        } in declared
        {
            let moved = match counts.moved {
                0 => "none".to_owned(),
                moved => moved.to_string(),
            };
            let _ = writeln!(
                text,
                "      # {moved} of {} versions moved, each seen for {days} days or more",
                counts.watched
            );
            let _ = writeln!(text, "      - \"{pattern}\"");
        }
    }
    text
}
