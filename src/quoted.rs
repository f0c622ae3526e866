//! How a text that somebody else wrote is quoted.

use std::fmt::{self, Write as _};

/// A text in double quotes, escaped as in JSON (what is not visible, too), and cut
/// on a character's boundary where it is longer than a limit.
///
/// ```
/// use mutable_tags_policy::quoted::Quoted;
///
/// assert_eq!(Quoted::new("a\nb").to_string(), r#""a\nb""#);
/// assert_eq!(Quoted::cut("abcdef", 3).to_string(), r#""abc…""#);
/// assert_eq!(Quoted::new("\u{e0041}").to_string(), r#""\udb40\udc41""#);
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
    pub const fn new(text: &'a str) -> Self {
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

/// Whether a terminal shows a character, and changes nothing else by it: JSON
/// escapes neither the later control characters nor those that turn the direction
/// of text.
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

/// Whether a byte is a character that stands for itself in every JSON text.
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

/// A character as the UTF-16 that JSON escapes it to.
fn escape_units(character: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for unit in character.encode_utf16(&mut [0; 2]) {
        write!(f, "\\u{unit:04x}")?;
    }
    Ok(())
}

/// One character in double quotes, escaped where it is not visible ASCII, so that
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
