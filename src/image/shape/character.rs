//! Classes of characters in a tag, and runs of one class.

/// The characters that separate the parts of a tag.
pub(super) const SEPARATORS: [char; 2] = ['-', '_'];

pub(super) const fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

pub(super) const fn is_not_digit(character: char) -> bool {
    !is_digit(character)
}

pub(super) const fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
}

/// Whether the text is digits alone, and not empty.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text without a leading `v`, as versions often have one.
pub(super) fn without_v(text: &str) -> &str {
    match text.split_at_checked(1) {
        Some(("v" | "V", number)) => number,
        _ => text,
    }
}

/// Splits a text after its longest prefix of characters that meet `predicate`. A tag is ASCII, so
/// that a byte is a character.
pub(super) fn split_run(text: &str, predicate: fn(char) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !predicate(byte.into()));
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}
