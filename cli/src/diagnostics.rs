//! Lines on standard error for whoever runs the program.
//!
//! If writing one of them fails, there is no other way to report it.

use std::fmt::Display;
use std::io::Write;

pub(crate) fn error(errors: &mut dyn Write, message: impl Display) {
    let _ = writeln!(errors, "error: {message}");
}

pub(crate) fn warning(errors: &mut dyn Write, message: impl Display) {
    let _ = writeln!(errors, "warning: {message}");
}

pub(crate) fn note(errors: &mut dyn Write, message: impl Display) {
    let _ = writeln!(errors, "note: {message}");
}
