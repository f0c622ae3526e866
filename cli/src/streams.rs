//! The standard streams of the process.

use std::io::{Read, Write};

/// The standard streams of the process.
pub struct Streams<'a> {
    pub input: &'a mut dyn Read,
    /// Gets the report.
    pub output: &'a mut dyn Write,
    /// Gets everything but the report.
    pub errors: &'a mut dyn Write,
    /// Whether `auto` colours the report.
    pub colour_is_welcome: bool,
    /// Whether a person reads what is written to `errors`.
    pub progress_is_welcome: bool,
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
