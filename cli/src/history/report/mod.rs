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
use super::span::Span;

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

/// The day of a time, in UTC.
fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}
