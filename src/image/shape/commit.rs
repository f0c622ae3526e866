//! Rule 2: a tag that names a commit.

use super::parts::Parts;
use super::words;
use crate::image::Tag;

/// The lengths to which tools abbreviate a SHA-1 hash, and its full length.
const WHOLE_TAG_LENGTHS: [usize; 3] = [7, 8, 40];

/// Whether the tag has a commit hash.
///
/// A part of letters and digits counts anywhere. Digits alone could be anything, so they
/// count only after a word such as `sha`, or after the `g` of `git describe`. Letters
/// alone, such as `defaced`, count there or as the whole tag.
pub(super) fn has_commit(tag: Tag<'_>, parts: &Parts<'_>) -> bool {
    let whole = tag.as_str();
    if WHOLE_TAG_LENGTHS.contains(&whole.len()) && is_hash(whole) && !is_number(whole) {
        return true;
    }
    parts.any_with_previous(|previous, part| {
        let follows_commit_word = words::holds(words::COMMITS, previous);
        (is_hash(part) && (follows_commit_word || has_letters_and_digits(part)))
            || part.strip_prefix('g').is_some_and(is_hash)
    })
}

/// Whether the text is 7 to 64 lower-case hexadecimal characters, abbreviated SHA-1 to
/// full SHA-256.
fn is_hash(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn has_letters_and_digits(hash: &str) -> bool {
    !is_number(hash) && hash.bytes().any(|b| b.is_ascii_digit())
}
