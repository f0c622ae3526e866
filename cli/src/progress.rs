//! Shows the progress of a long command.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// The time between two lines, so that a terminal is not kept busy.
const INTERVAL: Duration = Duration::from_millis(200);

/// A line on a terminal that is rewritten.
pub(crate) struct Progress {
    /// When the line was last written; `None` if no progress is wanted.
    last: Option<Instant>,
    /// Whether a line is on the terminal and must be cleared.
    has_line: bool,
}

impl Progress {
    pub(crate) fn new(is_welcome: bool) -> Self {
        Self {
            last: is_welcome.then(Instant::now),
            has_line: false,
        }
    }

    /// Writes how much is done, if it is time to.
    pub(crate) fn step(&mut self, done: fmt::Arguments<'_>, errors: &mut dyn Write) {
        let is_due = |last: &Instant| last.elapsed() >= INTERVAL;
        if self.last.as_ref().is_some_and(is_due) {
            self.last = Some(Instant::now());
            self.has_line = true;
            // If this fails, nobody reads it.
            let _ = write!(errors, "\r{done}");
            let _ = errors.flush();
        }
    }

    pub(crate) fn clear(&mut self, errors: &mut dyn Write) {
        if std::mem::take(&mut self.has_line) {
            let _ = write!(errors, "\r\u{1b}[K");
            let _ = errors.flush();
        }
    }
}
