//! Quotes text from requests and settings, so that it cannot disturb a message.

use std::fmt::{self, Write as _};

/// Displays a text in double quotes. It is escaped as in JSON, and so is everything that is
/// not printable ASCII: names and references are ASCII, so a letter that looks like
/// another one is seen. A text that is longer than a limit is truncated at a character
/// boundary.
///
/// ```
/// use mutable_tags_policy::quoted::Quoted;
///
/// assert_eq!(Quoted::new("a\nb").to_string(), r#""a\nb""#);
/// assert_eq!(Quoted::truncated("abcdef", 3).to_string(), r#""abc…""#);
/// assert_eq!(Quoted::without_middle("abcdef", 3).to_string(), r#""a…ef""#);
/// assert_eq!(Quoted::new("n\u{456}ginx").to_string(), r#""n\u0456ginx""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a> {
    text: &'a str,
    limit: usize,
    /// The bytes at the end that are kept of a longer text.
    end: usize,
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
        let end = 0;
        Self { text, limit, end }
    }

    /// Like [`Self::truncated`], but keeps twice as much of the end as of the beginning, where an
    /// image has its tag.
    #[must_use]
    pub const fn without_middle(text: &'a str, limit: usize) -> Self {
        let end = limit / 3 * 2;
        Self { text, limit, end }
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        if self.text.len() <= self.limit {
            let is_whole = write_escaped(self.text, self.limit, f)?;
            return f.write_str(if is_whole { "\"" } else { "…\"" });
        }
        let head = self.text.floor_char_boundary(self.limit - self.end);
        let tail = self.text.ceil_char_boundary(self.text.len() - self.end);
        let [head, tail] = [self.text.get(..head), self.text.get(tail..)];
        write_escaped(head.unwrap_or_default(), self.limit - self.end, f)?;
        f.write_char('…')?;
        write_escaped(tail.unwrap_or_default(), self.end, f)?;
        f.write_char('"')
    }
}

/// Writes at most `limit` characters of a text, escapes included. Returns whether that is all.
fn write_escaped(text: &str, limit: usize, f: &mut fmt::Formatter<'_>) -> Result<bool, fmt::Error> {
    if text.len() <= limit && text.bytes().all(is_plain) {
        f.write_str(text)?;
        return Ok(true);
    }
    let mut left = limit;
    for character in text.chars() {
        let Some(rest) = left.checked_sub(escaped_length(character)) else {
            return Ok(false);
        };
        left = rest;
        escape(character, f)?;
    }
    Ok(true)
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
