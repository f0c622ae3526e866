//! A line for each tag, as `make measure-tags` reads them.

use std::fmt::Write;

use super::{Results, day};

/// The columns, in the first line.
const COLUMNS: &str = "group\trepository\ttag\tfirst_seen\tdays_seen\tmoves\n";

pub(crate) fn tsv(results: &Results<'_>) -> String {
    let mut lines = COLUMNS.to_owned();
    for tag in results.tags {
        let tag = &tag.tag;
        let first_seen = day(tag.first_seen);
        let _ = writeln!(
            lines,
            "pins\t{}\t{}\t{first_seen}\t{}\t{}",
            tag.repository,
            tag.tag,
            tag.days(),
            tag.moves
        );
    }
    lines
}
