//! A writer for readers that may stop reading.

use std::io::{self, ErrorKind, Write};

/// Writes until the reader closes its end, as in `mutable-tags … | head`, and drops the rest.
///
/// A reader that leaves does not end a command, whose exit status must still be right.
pub(crate) struct UntilClosed<W>(Option<W>);

impl<W: Write> UntilClosed<W> {
    pub(crate) const fn new(output: W) -> Self {
        Self(Some(output))
    }

    /// Runs `write`, or returns the default once the reader has gone.
    fn unless_closed<T>(
        &mut self,
        default: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        let Some(output) = &mut self.0 else {
            return Ok(default);
        };
        match write(output) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(default)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |output| output.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn drops_what_a_closed_pipe_does_not_take() {
        let mut closed = UntilClosed::new(Failing(ErrorKind::BrokenPipe));
        closed.write_all(b"a").unwrap();
        closed.write_all(b"b").unwrap();
        closed.flush().unwrap();
    }

    #[test]
    fn passes_other_errors_on() {
        let mut full = UntilClosed::new(Failing(ErrorKind::StorageFull));
        let error = full.write_all(b"a").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
    }
}
