//! The standard streams of the process.

use std::io::{Read, Write};

pub struct Streams<'a> {
    pub input: &'a mut dyn Read,
    /// Whether a person types the input.
    pub input_is_typed: bool,
    /// Gets the report.
    pub output: &'a mut dyn Write,
    /// Gets everything but the report.
    pub errors: &'a mut dyn Write,
    /// The style of the report, unless `--color` decides it.
    pub style: Style,
    /// Whether a person reads what is written to `errors`.
    pub progress_is_welcome: bool,
}

/// The style of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Coloured,
}

impl Streams<'_> {
    /// The same streams, for a shorter time.
    pub(crate) fn reborrow(&mut self) -> Streams<'_> {
        Streams {
            input: &mut *self.input,
            output: &mut *self.output,
            errors: &mut *self.errors,
            ..*self
        }
    }
}
