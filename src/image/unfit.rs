//! Search for what does not belong into a text.

/// The first character that is not `fit`.
pub(crate) fn first_unfit(text: &str, is_fit: fn(char) -> bool) -> Option<char> {
    text.chars().find(|character| !is_fit(*character))
}
