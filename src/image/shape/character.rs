//! What a character of a tag is, as patterns for the standard library: each of its
//! functions is compiled once for each pattern.

pub(super) const fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

pub(super) const fn is_no_digit(character: char) -> bool {
    !is_digit(character)
}

pub(super) const fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
}
