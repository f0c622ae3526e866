//! Writes what a history tells, for people and for programs.

mod json;
mod text;
mod tsv;

pub(super) use json::json;
pub(super) use text::text;
pub(super) use tsv::tsv;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::follow::Settled;
use super::group::Group;
use super::judged::JudgedTag;

/// All that a history tells.
#[derive(Debug)]
pub(super) struct Findings<'t> {
    pub(super) span: Span,
    /// The fewest days for which an exact version must have been there to count.
    pub(super) days: i64,
    pub(super) tags: &'t [JudgedTag],
    pub(super) groups: Vec<Group<'t>>,
    pub(super) settled: Settled,
}

/// The commits of the main line that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) commits: usize,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

/// The day of a time, in UTC.
fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

/// How far a history is read.
pub(super) fn progress(date: Timestamp, span: Span) -> String {
    format!("read the history until {} of {}", day(date), day(span.last))
}
