//! Reports the results, for people and for programs.

mod json;
mod text;
mod tsv;

pub(super) use json::json;
pub(super) use text::text;
pub(super) use tsv::tsv;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::group::Group;
use super::judged::JudgedTag;
use super::span::Span;
use super::suggest::SuggestedSettings;

/// The results of a history.
#[derive(Debug)]
pub(super) struct Results<'t> {
    pub(super) span: Span,
    /// The fewest days for which an exact version must have been there to count.
    pub(super) days: i64,
    pub(super) tags: &'t [JudgedTag],
    pub(super) groups: Vec<Group<'t>>,
    pub(super) suggested: SuggestedSettings,
}

/// The day of a time, in UTC.
fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}
