//! Cutting of texts at an ASCII character, compiled once: the standard library's
//! functions are compiled anew wherever they are called.

use memchr::{memchr, memrchr};

/// What stands before and behind the first `separator`.
pub(crate) fn cut_at_first(text: &str, separator: u8) -> Option<(&str, &str)> {
    cut(text, memchr(separator, text.as_bytes())?)
}

/// What stands before and behind the last `separator`.
pub(crate) fn cut_at_last(text: &str, separator: u8) -> Option<(&str, &str)> {
    cut(text, memrchr(separator, text.as_bytes())?)
}

fn cut(text: &str, position: usize) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(position)?;
    Some((head, tail.get(1..)?))
}

/// What stands before, between and behind all separators.
pub(crate) const fn split(text: &str, is_separator: fn(u8) -> bool) -> Split<'_> {
    Split {
        rest: Some(text),
        is_separator,
    }
}

/// The pieces of a text that is split.
pub(crate) struct Split<'t> {
    rest: Option<&'t str>,
    is_separator: fn(u8) -> bool,
}

impl<'t> Iterator for Split<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest?;
        let position = rest.bytes().position(self.is_separator);
        let Some((piece, behind)) = position.and_then(|position| cut(rest, position)) else {
            return self.rest.take();
        };
        self.rest = Some(behind);
        Some(piece)
    }
}
