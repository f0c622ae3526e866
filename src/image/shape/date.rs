//! Rule 3: a tag that names a day.

use super::character::{is_digit, is_no_digit, is_separator, leading};
use crate::image::{Tag, split};

/// How many digits a date has, in either form.
const DIGITS: usize = 8;

/// Whether a plausible day of this century stands in the tag, as `20YYMMDD` with
/// up to six digits of time, or as `20YY-MM-DD` (also with `_`), no digit around it.
pub(super) fn is_in(tag: Tag<'_>) -> bool {
    let text = tag.as_str();
    if text.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return false;
    }
    if split(text, is_no_digit).any(is_compact_date) {
        return true;
    }
    let mut window: [&str; 2] = ["", ""];
    split(text, is_separator).any(|field| {
        let [year, month] = window;
        window = [month, field];
        let year = split(year, is_no_digit).last().unwrap_or_default();
        let (day, _) = leading(field, is_digit);
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

/// Year, month and day, each of exactly its digits.
fn is_date(year: &str, month: &str, day: &str) -> bool {
    year.len() == 4
        && year.starts_with("20")
        && is_number_in(year, 2000, 2099)
        && month.len() == 2
        && is_number_in(month, 1, 12)
        && day.len() == 2
        && is_number_in(day, 1, 31)
}

/// Nothing, hours, hours and minutes, or those and seconds.
fn is_time(time: &str) -> bool {
    let mut rest = time;
    for limit in [23, 59, 60] {
        if rest.is_empty() {
            return true;
        }
        match rest.split_at_checked(2) {
            Some((field, behind)) if is_number_in(field, 0, limit) => rest = behind,
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
