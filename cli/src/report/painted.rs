//! Words in colour.

use std::fmt;

use crate::outcome::Verdict;

/// A colour of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Red,
    Green,
    Yellow,
    Magenta,
}

impl From<Verdict> for Ink {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accepted => Self::Green,
            Verdict::Warned => Self::Yellow,
            Verdict::Rejected => Self::Red,
            Verdict::Unusable => Self::Magenta,
        }
    }
}

/// Displays a word, padded to a width, and bold where it has a colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Painted<'w> {
    word: &'w str,
    width: usize,
    ink: Option<Ink>,
}

impl<'w> Painted<'w> {
    pub(crate) const fn new(word: &'w str, width: usize, ink: Option<Ink>) -> Self {
        Self { word, width, ink }
    }
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, width, ink } = self;
        let colour = match ink {
            None => return write!(formatter, "{word:<width$}"),
            Some(Ink::Red) => 31,
            Some(Ink::Green) => 32,
            Some(Ink::Yellow) => 33,
            Some(Ink::Magenta) => 35,
        };
        write!(formatter, "\u{1b}[1;{colour}m{word:<width$}\u{1b}[0m")
    }
}
