//! Quotes text from requests and settings, so that it cannot disturb a message.

use std::fmt::{self, Write as _};

/// Displays a text in double quotes. It is escaped as in JSON, and so is everything that is
/// not printable ASCII: names and references are ASCII, so that a letter that looks like
/// another one is seen. A text that is longer than a limit is truncated at a character
/// boundary.
///
/// ```
/// use mutable_tags_policy::quoted::Quoted;
///
/// assert_eq!(Quoted::new("a\nb").to_string(), r#""a\nb""#);
/// assert_eq!(Quoted::truncated("abcdef", 3).to_string(), r#""abc…""#);
/// assert_eq!(Quoted::new("n\u{456}ginx").to_string(), r#""n\u0456ginx""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a> {
    text: &'a str,
    limit: usize,
}

impl<'a> Quoted<'a> {
    /// The default limit in characters, which is also the maximum length of a repository.
    pub const LIMIT: usize = 255;

    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self::truncated(text, Self::LIMIT)
    }

    /// Quotes a text with at most `limit` characters between the quotes, escapes included.
    #[must_use]
    pub const fn truncated(text: &'a str, limit: usize) -> Self {
        Self { text, limit }
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.text.floor_char_boundary(self.limit);
        let kept = self.text.get(..end).unwrap_or(self.text);
        let mut is_all = kept.len() == self.text.len();
        f.write_char('"')?;
        if kept.bytes().all(is_plain) {
            f.write_str(kept)?;
        } else {
            let mut left = self.limit;
            for character in kept.chars() {
                let Some(rest) = left.checked_sub(escaped_length(character)) else {
                    is_all = false;
                    break;
                };
                left = rest;
                escape(character, f)?;
            }
        }
        f.write_str(if is_all { "\"" } else { "…\"" })
    }
}

/// Whether a byte is visible ASCII that JSON does not escape.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// The number of characters in which [`escape`] writes this one.
const fn escaped_length(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        ' '..='~' => 1,
        _ => "\\u0000".len() * character.len_utf16(),
    }
}

/// Writes a character as JSON does; one that is not printable ASCII by its UTF-16 code units.
fn escape(character: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match character {
        '"' => f.write_str("\\\""),
        '\\' => f.write_str("\\\\"),
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        ' '..='~' => f.write_char(character),
        _ => character
            .encode_utf16(&mut [0; 2])
            .iter()
            .try_for_each(|unit| write!(f, "\\u{unit:04x}")),
    }
}

/// Displays a character in double quotes, escaped like a [`Quoted`] text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuotedChar(pub(crate) char);

impl fmt::Display for QuotedChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted::new(self.0.encode_utf8(&mut [0; 4])).fmt(f)
    }
}
