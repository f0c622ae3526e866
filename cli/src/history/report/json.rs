//! One JSON object with all results.

use serde::Serialize;

use super::{Results, day};
use crate::history::group::{Comparison, Counts, Group};
use crate::history::judged::{JudgedTag, practice_name};
use crate::history::suggest::Suggestion;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'f> {
    commits: usize,
    first_commit: String,
    last_commit: String,
    /// The fewest days for which an exact version counts.
    days: i64,
    publishers: Vec<Publisher<'f>>,
    settings: Settings<'f>,
    tags: Vec<Tag<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Publisher<'f> {
    images: &'f str,
    /// The practice that the policy knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    practice: Option<String>,
    /// The comparison with that practice: `confirms`, `contradicts` or `new`.
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<&'static str>,
    versions: usize,
    moved: usize,
    median_days: i64,
    tags: usize,
}

#[derive(Serialize)]
struct Settings<'f> {
    tags: Patterns<'f>,
}

#[derive(Serialize)]
struct Patterns<'f> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mutable: Vec<&'f str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    immutable: Vec<&'f str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tag<'f> {
    repository: &'f str,
    tag: &'f str,
    first_seen: String,
    last_seen: String,
    days: i64,
    moves: u32,
    corrections: u32,
    /// Whether the policy judges it to be mutable.
    mutable: bool,
    reason: &'static str,
}

pub(crate) fn json(results: &Results<'_>) -> serde_json::Result<String> {
    let groups = results.groups.iter();
    let object = Object {
        commits: results.span.commits,
        first_commit: day(results.span.first).to_string(),
        last_commit: day(results.span.last).to_string(),
        days: results.days,
        publishers: groups.map(|group| publisher(group, results.days)).collect(),
        settings: Settings {
            tags: Patterns {
                mutable: patterns(&results.suggested.mutable),
                immutable: patterns(&results.suggested.immutable),
            },
        },
        tags: results.tags.iter().map(tag).collect(),
    };
    let mut text = serde_json::to_string_pretty(&object)?;
    text.push('\n');
    Ok(text)
}

fn patterns(suggestions: &[Suggestion]) -> Vec<&str> {
    let suggestions = suggestions.iter();
    suggestions
        .map(|suggestion| suggestion.pattern.as_str())
        .collect()
}

fn publisher<'f>(group: &'f Group<'_>, days: i64) -> Publisher<'f> {
    let Counts { watched, moved } = Counts::of(group.exact(days));
    Publisher {
        images: &group.images,
        practice: group.publisher.map(|row| practice_name(row.practice())),
        finding: match group.comparison(days) {
            Comparison::Unclear => None,
            Comparison::Confirms => Some("confirms"),
            Comparison::Contradicts => Some("contradicts"),
            Comparison::New => Some("new"),
        },
        versions: watched,
        moved,
        median_days: group.median_days(days),
        tags: group.tags.len(),
    }
}

fn tag(judged: &JudgedTag) -> Tag<'_> {
    let tag = &judged.tag;
    Tag {
        repository: &tag.repository,
        tag: &tag.tag,
        first_seen: day(tag.first_seen).to_string(),
        last_seen: day(tag.last_seen).to_string(),
        days: tag.days(),
        moves: tag.moves,
        corrections: tag.corrections,
        mutable: !judged.is_accepted(),
        reason: judged.reason(),
    }
}
