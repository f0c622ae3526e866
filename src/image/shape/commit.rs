//! Rule 2: a tag that names a commit.

use super::parts::Parts;
use super::words;
use crate::image::Tag;

/// The lengths to which tools cut a hash, and its whole length.
const WHOLE_TAG_LENGTHS: [usize; 3] = [7, 8, 40];

/// Whether a hash stands in the tag.
///
/// Seven digits could be anything, so a hash without a letter counts only where
/// something says that it is one; a word such as `defaced` counts as a whole tag.
pub(super) fn is_in(tag: Tag<'_>, parts: &Parts<'_>) -> bool {
    let whole = tag.as_str();
    if WHOLE_TAG_LENGTHS.contains(&whole.len()) && is_hash(whole) && !is_number(whole) {
        return true;
    }
    parts.any_behind(|previous, part| {
        let is_announced = words::holds(words::COMMITS, previous);
        (is_hash(part) && (is_announced || is_mixed(part)))
            || part.strip_prefix('g').is_some_and(is_hash)
    })
}

/// 7 to 64 lower-case hexadecimal characters.
fn is_hash(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_mixed(text: &str) -> bool {
    !is_number(text) && text.bytes().any(|b| b.is_ascii_digit())
}
