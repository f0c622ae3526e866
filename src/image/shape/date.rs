//! Rule 3: a tag that names a day.

use super::character::{SEPARATORS, is_digit, is_not_digit, split_run};
use crate::image::Tag;

/// The digits of a date, in either form.
const DIGITS: usize = 8;

/// Whether the tag has a day of this century, as `20YYMMDD` with up to six digits of time, as
/// `MMDD20YY`, or as `20YY-MM-DD` (or with `_`), without another digit next to it.
pub(super) fn has_date(tag: Tag<'_>) -> bool {
    let text = tag.as_str();
    if text.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return false;
    }
    let mut runs = text.split(is_not_digit);
    if runs.any(|run| is_compact_date(run) || is_month_first_date(run)) {
        return true;
    }
    let mut previous_two: [&str; 2] = ["", ""];
    text.split(SEPARATORS).any(|part| {
        let [year, month] = previous_two;
        previous_two = [month, part];
        let year = year.rsplit(is_not_digit).next().unwrap_or_default();
        let (day, _) = split_run(part, is_digit);
        is_date(year, month, day)
    })
}

fn is_compact_date(run: &str) -> bool {
    let Some((year, rest)) = run.split_at_checked(4) else {
        return false;
    };
    let Some((month, rest)) = rest.split_at_checked(2) else {
        return false;
    };
    let Some((day, time)) = rest.split_at_checked(2) else {
        return false;
    };
    is_date(year, month, day) && is_time(time)
}

/// Whether the digits are `MMDD20YY`, as American builds have them (`ciprod05262020`).
fn is_month_first_date(run: &str) -> bool {
    let Some((month, rest)) = run.split_at_checked(2) else {
        return false;
    };
    let Some((day, year)) = rest.split_at_checked(2) else {
        return false;
    };
    is_date(year, month, day)
}

fn is_date(year: &str, month: &str, day: &str) -> bool {
    year.len() == 4
        && year.starts_with("20")
        && is_number_in(year, 2000, 2099)
        && month.len() == 2
        && is_number_in(month, 1, 12)
        && day.len() == 2
        && is_number_in(day, 1, 31)
}

/// Whether the text is empty, `HH`, `HHMM` or `HHMMSS`. A leap second counts.
fn is_time(time: &str) -> bool {
    let mut rest = time;
    for limit in [23, 59, 60] {
        if rest.is_empty() {
            return true;
        }
        match rest.split_at_checked(2) {
            Some((field, next)) if is_number_in(field, 0, limit) => rest = next,
            _ => return false,
        }
    }
    rest.is_empty()
}

fn is_number_in(digits: &str, low: u16, high: u16) -> bool {
    digits
        .parse()
        .is_ok_and(|number: u16| (low..=high).contains(&number))
}
