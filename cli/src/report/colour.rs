//! Words in colour.

use std::fmt;

use clap::ValueEnum;

use crate::outcome::Verdict;
use crate::streams::Style;

/// When text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColourChoice {
    /// The style of text, if `auto` stands for this one.
    pub(crate) const fn style(self, auto: Style) -> Style {
        match self {
            Self::Always => Style::Coloured,
            Self::Never => Style::Plain,
            Self::Auto => auto,
        }
    }
}

/// A colour of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Red,
    Green,
    Yellow,
    Magenta,
}

impl From<Verdict> for Colour {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accepted => Self::Green,
            Verdict::Warned => Self::Yellow,
            Verdict::Rejected => Self::Red,
            Verdict::Unusable => Self::Magenta,
        }
    }
}

impl Style {
    /// A word in this style, padded to a width.
    pub(crate) const fn paint(self, word: &str, width: usize, colour: Colour) -> Painted<'_> {
        Painted {
            word,
            width,
            colour: match self {
                Self::Plain => None,
                Self::Coloured => Some(colour),
            },
        }
    }
}

/// Displays a word, padded to a width, and bold where it has a colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Painted<'w> {
    word: &'w str,
    width: usize,
    colour: Option<Colour>,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            word,
            width,
            colour,
        } = self;
        let code = match colour {
            None => return write!(formatter, "{word:<width$}"),
            Some(Colour::Red) => 31,
            Some(Colour::Green) => 32,
            Some(Colour::Yellow) => 33,
            Some(Colour::Magenta) => 35,
        };
        write!(formatter, "\u{1b}[1;{code}m{word:<width$}\u{1b}[0m")
    }
}
