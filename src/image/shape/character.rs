//! What a character of a tag is, and how far a run of such characters goes. Tags are
//! ASCII: a byte is a character.

pub(super) const fn is_digit(character: u8) -> bool {
    character.is_ascii_digit()
}

pub(super) const fn is_no_digit(character: u8) -> bool {
    !is_digit(character)
}

pub(super) const fn is_letter(character: u8) -> bool {
    character.is_ascii_alphabetic()
}

pub(super) const fn is_dot(character: u8) -> bool {
    character == b'.'
}

/// Whether a character stands between the parts of a tag.
pub(super) const fn is_separator(character: u8) -> bool {
    matches!(character, b'-' | b'_')
}

/// A number without the `v` that can stand before it.
pub(super) fn without_v(text: &str) -> &str {
    match text.split_at_checked(1) {
        Some(("v" | "V", number)) => number,
        _ => text,
    }
}

/// The characters at the beginning of a text that are such, and what is left.
pub(super) fn leading(text: &str, is_such: fn(u8) -> bool) -> (&str, &str) {
    let other = text.bytes().position(|character| !is_such(character));
    text.split_at_checked(other.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}
