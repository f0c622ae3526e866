//! Shortens names and paths, so that a message stays short.

use std::borrow::Cow;

/// A text of at most `limit` bytes: of a longer one, a third of the limit from its beginning and two
/// thirds from its end.
pub(super) fn without_middle(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let head = text.floor_char_boundary(limit / 3);
    let tail = text.ceil_char_boundary(text.len() - (limit - limit / 3));
    let parts = [text.get(..head), Some("…"), text.get(tail..)];
    parts.into_iter().flatten().collect()
}
