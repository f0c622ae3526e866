//! How a text that somebody else wrote is quoted.

use std::fmt;

/// A text in double quotes, escaped as JSON escapes strings, and cut on a
/// character's boundary where it is longer than a limit.
///
/// ```
/// use mutable_tags_policy::image::Quoted;
///
/// assert_eq!(Quoted::whole("a\nb").to_string(), r#""a\nb""#);
/// assert_eq!(Quoted::cut("abcdef", 3).to_string(), r#""abc…""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a> {
    text: &'a str,
    limit: usize,
}

impl<'a> Quoted<'a> {
    /// The most bytes that are ever quoted: as long as a repository can be.
    pub const LIMIT: usize = 255;

    /// As much of a text as is ever quoted.
    #[must_use]
    pub const fn whole(text: &'a str) -> Self {
        Self::cut(text, Self::LIMIT)
    }

    /// At most `limit` bytes of a text.
    #[must_use]
    pub const fn cut(text: &'a str, limit: usize) -> Self {
        Self { text, limit }
    }

    /// What is left of the text, and whether that is all of it.
    #[must_use]
    pub fn kept(&self) -> (&'a str, bool) {
        let mut end = self.limit.min(self.text.len());
        loop {
            if let Some((kept, rest)) = self.text.split_at_checked(end) {
                return (kept, rest.is_empty());
            }
            end -= 1;
        }
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kept, is_all) = self.kept();
        let quoted = serde_json::to_string(kept).map_err(|_| fmt::Error)?;
        let ellipsis = if is_all { "" } else { "…" };
        let open = quoted.strip_suffix('"').unwrap_or(&quoted);
        write!(f, "{open}{ellipsis}\"")
    }
}

/// One character in double quotes, escaped where it is not visible ASCII, so that
/// it cannot be mistaken for one that looks alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuotedChar(pub(crate) char);

impl fmt::Display for QuotedChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            '"' | '\\' => write!(f, "\"\\{}\"", self.0),
            ' '..='~' => write!(f, "\"{}\"", self.0),
            _ => write!(f, "\"{}\"", self.0.escape_default()),
        }
    }
}
