//! Quotes text from requests and settings, so that it cannot disturb a message.

use std::fmt::{self, Write as _};

/// Displays a text in double quotes. It is escaped as in JSON, invisible characters too,
/// and truncated at a character boundary if it is longer than a limit.
///
/// ```
/// use mutable_tags_policy::quoted::Quoted;
///
/// assert_eq!(Quoted::new("a\nb").to_string(), r#""a\nb""#);
/// assert_eq!(Quoted::truncated("abcdef", 3).to_string(), r#""abc…""#);
/// assert_eq!(Quoted::new("\u{e0041}").to_string(), r#""\udb40\udc41""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a> {
    text: &'a str,
    limit: usize,
}

impl<'a> Quoted<'a> {
    /// The default limit in bytes, which is also the maximum length of a repository.
    pub const LIMIT: usize = 255;

    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self::truncated(text, Self::LIMIT)
    }

    /// Quotes at most `limit` bytes of a text.
    #[must_use]
    pub const fn truncated(text: &'a str, limit: usize) -> Self {
        Self { text, limit }
    }

    /// The text up to the limit, and whether that is all of it.
    #[must_use]
    pub fn kept(&self) -> (&'a str, bool) {
        let end = self.text.floor_char_boundary(self.limit);
        let kept = self.text.get(..end).unwrap_or(self.text);
        (kept, kept.len() == self.text.len())
    }
}

/// Whether a terminal shows a character, without any other effect. JSON escapes neither
/// the C1 control characters nor those that change the direction of text.
fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kept, is_all) = self.kept();
        f.write_char('"')?;
        if kept.bytes().all(is_plain) {
            f.write_str(kept)?;
        } else {
            escape(kept, f)?;
        }
        f.write_str(if is_all { "\"" } else { "…\"" })
    }
}

/// Whether a byte is visible ASCII that JSON does not escape.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quoted = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    let open = quoted.strip_prefix('"').unwrap_or(&quoted);
    let inner = open.strip_suffix('"').unwrap_or(open);
    for character in inner.chars() {
        match character {
            _ if is_visible(character) => f.write_char(character)?,
            _ => escape_units(character, f)?,
        }
    }
    Ok(())
}

/// Escapes a character as JSON does, by its UTF-16 code units.
fn escape_units(character: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for unit in character.encode_utf16(&mut [0; 2]) {
        write!(f, "\\u{unit:04x}")?;
    }
    Ok(())
}

/// Displays a character in double quotes. It is escaped unless it is visible ASCII, so that
/// it cannot be mistaken for one that looks alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuotedChar(pub(crate) char);

impl fmt::Display for QuotedChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_ascii() {
            return Quoted::new(self.0.encode_utf8(&mut [0; 4])).fmt(f);
        }
        f.write_char('"')?;
        escape_units(self.0, f)?;
        f.write_char('"')
    }
}
