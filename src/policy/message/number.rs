//! The grammatical number of the images that a clause is about.

/// One image, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Many,
}

impl Number {
    pub(super) const fn it(self) -> &'static str {
        match self {
            Self::One => "it",
            Self::Many => "them",
        }
    }

    pub(super) const fn it_was(self) -> &'static str {
        match self {
            Self::One => "it was",
            Self::Many => "they were",
        }
    }
}
