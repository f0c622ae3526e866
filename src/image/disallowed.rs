//! Looks for characters that a name or a pattern cannot have.

/// The first character that is not allowed, for an error that quotes it.
pub(crate) fn first_disallowed(text: &str, is_allowed: impl Fn(char) -> bool) -> Option<char> {
    text.chars().find(|character| !is_allowed(*character))
}
