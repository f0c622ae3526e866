//! Shows the progress of a long command.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// The time between two lines, so that a terminal is not kept busy.
const INTERVAL: Duration = Duration::from_millis(200);

/// A line on a terminal that is written anew.
pub(crate) struct Progress {
    /// `None` if the progress is not shown.
    last: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new(is_welcome: bool) -> Self {
        Self {
            last: is_welcome.then(Instant::now),
            is_shown: false,
        }
    }

    /// Writes how much is done, if it is time to.
    pub(crate) fn step(&mut self, done: fmt::Arguments<'_>, errors: &mut dyn Write) {
        let is_due = |last: &Instant| last.elapsed() >= INTERVAL;
        if self.last.as_ref().is_some_and(is_due) {
            self.last = Some(Instant::now());
            self.is_shown = true;
            // If this fails, nobody reads it.
            let _ = write!(errors, "\r{done}");
            let _ = errors.flush();
        }
    }

    /// Clears the line.
    pub(crate) fn clear(&mut self, errors: &mut dyn Write) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(errors, "\r\u{1b}[K");
            let _ = errors.flush();
        }
    }
}
