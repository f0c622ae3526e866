//! Shortens names and paths, so that a message stays short.

use std::borrow::Cow;

/// A text of at most `limit` bytes: of a longer one, the first third and the last two thirds.
pub(super) fn without_middle(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let head = text.floor_char_boundary(limit / 3);
    let tail = text.ceil_char_boundary(text.len() - (limit - limit / 3));
    let parts = [text.get(..head), Some("…"), text.get(tail..)];
    parts.into_iter().flatten().collect()
}
