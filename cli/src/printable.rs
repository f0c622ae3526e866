//! Escapes text that could control a terminal.

use std::fmt;

/// Displays text with escapes for control characters, for characters that reorder the text, and for
/// noncharacters, which XML cannot hold.
///
/// Names and messages come from manifests that somebody else wrote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if is_unprintable(character) {
                write!(formatter, "\\u{:04x}", u32::from(character))?;
            } else {
                write!(formatter, "{character}")?;
            }
        }
        Ok(())
    }
}

/// Unicode's control characters, line and paragraph separators, the marks that set a direction,
/// and noncharacters, which include the last two code points of each plane.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{feff}'
        )
        || u32::from(character) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_steers_a_terminal_and_nothing_else() {
        let cases = [
            ("plain ünïcode ☃", "plain ünïcode ☃"),
            ("\u{1b}[31mred", "\\u001b[31mred"),
            ("two\nlines\r\ttab", "two\\u000alines\\u000d\\u0009tab"),
            ("\u{9b}31m", "\\u009b31m"),
            ("a\u{202e}b", "a\\u202eb"),
            ("\u{7f}", "\\u007f"),
            ("\u{fffd}\u{fffe}\u{ffff}", "\u{fffd}\\ufffe\\uffff"),
            (
                "\u{fdcf}\u{fdd0}\u{fdef}\u{fdf0}",
                "\u{fdcf}\\ufdd0\\ufdef\u{fdf0}",
            ),
            ("\u{1fffd}\u{1fffe}\u{10ffff}", "\u{1fffd}\\u1fffe\\u10ffff"),
        ];
        for (text, expected) in cases {
            assert_eq!(Printable(text).to_string(), expected, "{text:?}");
        }
    }
}
