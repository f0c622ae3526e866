//! The report for people: the publishers, and the settings that follow.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Findings, day};
use crate::history::follow::{Declared, Settled};
use crate::history::group::{Counts, Finding, Group};
use crate::history::judged::practice_name;

pub(crate) fn text(findings: &Findings<'_>) -> String {
    let mut text = summary(findings);
    if findings.tags.is_empty() {
        return text;
    }
    text.push_str(&table(findings));
    text.push_str(&settings(&findings.settled));
    text
}

fn summary(findings: &Findings<'_>) -> String {
    let span = findings.span;
    let tags = findings.tags.iter();
    let repositories: BTreeSet<_> = tags.clone().map(|tag| &tag.tag.repository).collect();
    let moved = tags.clone().filter(|tag| tag.tag.has_moved()).count();
    let corrected = tags.filter(|tag| tag.tag.corrections > 0).count();
    let groups = findings.groups.iter();
    let exact = Counts::of(groups.flat_map(|group| group.exact(findings.days)));
    let mut text = format!(
        "Commits of the main line: {}, {} to {}.\n",
        span.commits,
        day(span.first),
        day(span.last)
    );
    if findings.tags.is_empty() {
        text.push_str("No tag is pinned by a digest, as in nginx:1.27.3@sha256:…\n");
        return text;
    }
    let _ = writeln!(
        text,
        "Tags pinned by a digest: {} of {} repositories, of which {moved} moved.",
        findings.tags.len(),
        repositories.len()
    );
    if corrected > 0 {
        let _ = writeln!(
            text,
            "Corrected within a day after the first sight, which is no move: {corrected}."
        );
    }
    let _ = writeln!(
        text,
        "Exact versions and builds that were there for {} days or more: {}, of which {} moved.",
        findings.days, exact.watched, exact.moved
    );
    text
}

/// A line for each publisher with an exact version that was watched, the most moves first.
fn table(findings: &Findings<'_>) -> String {
    let days = findings.days;
    let counts = |group: &Group<'_>| Counts::of(group.exact(days));
    let groups = findings.groups.iter();
    let mut groups: Vec<_> = groups
        .map(|group| (counts(group), group))
        .filter(|(counts, _)| counts.watched > 0)
        .collect();
    groups.sort_by_key(|(counts, _)| {
        use std::cmp::Reverse;
        (Reverse(counts.moved), Reverse(counts.watched))
    });
    let is_told = |(counts, group): &(Counts, &Group<'_>)| {
        counts.moved > 0 || counts.watched >= 5 || group.publisher.is_some()
    };
    let (told, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_told);
    if told.is_empty() {
        return String::new();
    }
    let rows: Vec<_> = told
        .iter()
        .map(|(counts, group)| row(*counts, group, days))
        .collect();
    let heads = [
        "publisher",
        "versions",
        "moved",
        "share",
        "days",
        "the policy",
    ];
    let rows = std::iter::once(heads.map(str::to_owned)).chain(rows);
    let mut text = format!("\n{}", aligned(&rows.collect::<Vec<_>>()));
    if !others.is_empty() {
        let _ = writeln!(
            text,
            "and {} with less than five versions, none of which moved",
            others.len()
        );
    }
    text.push_str("days: the median of how long each version was there\n");
    text
}

fn row(counts: Counts, group: &Group<'_>, days: i64) -> [String; 6] {
    let practice = group.publisher.map(|row| practice_name(row.practice()));
    let known = practice.map(|practice| format!("knows that it {}", verb(&practice)));
    let view = match (group.finding(days), known) {
        (Finding::Contradicts, Some(known)) => format!("{known}: contradicted"),
        (Finding::Confirms, Some(known)) => format!("{known}: confirmed"),
        (_, Some(known)) => known,
        (Finding::New, None) => "does not know it: see below".to_owned(),
        (_, None) => String::new(),
    };
    [
        group.images.clone(),
        counts.watched.to_string(),
        counts.moved.to_string(),
        format!("{} %", counts.percent()),
        group.median_days(days).to_string(),
        view,
    ]
}

fn verb(practice: &str) -> &str {
    practice
}

/// Rows with columns below each other: the first and the last to the left, numbers to the right.
fn aligned(rows: &[[String; 6]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    let [images, versions, moved, share, days, _] = widths;
    let mut text = String::new();
    for [a, b, c, d, e, f] in rows {
        let line =
            format!("{a:images$}  {b:>versions$}  {c:>moved$}  {d:>share$}  {e:>days$}  {f}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The settings as YAML, to be pasted.
fn settings(settled: &Settled) -> String {
    if settled.is_empty() {
        return "\nNo settings follow: the policy knows what moved, or too little was watched.\n"
            .to_owned();
    }
    let mut text = "\nSettings that follow:\n\ntags:\n".to_owned();
    for (name, declared) in [
        ("mutable", &settled.mutable),
        ("immutable", &settled.immutable),
    ] {
        if !declared.is_empty() {
            let _ = writeln!(text, "  {name}:");
        }
        for Declared {
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
                "    # {moved} of {} versions moved, each there for {days} days or more",
                counts.watched
            );
            let _ = writeln!(text, "    - \"{pattern}\"");
        }
    }
    text
}
