//! Runs the command that the arguments name.

use std::fmt;

use crate::arguments::{Arguments, Command};
use crate::check::check;
use crate::failure::write_error;
use crate::history::history;
use crate::outcome::Status;
use crate::streams::Streams;

/// Runs the command that the arguments name. An error that ends it is written to
/// `streams.errors`.
pub fn run(arguments: &Arguments, mut streams: Streams<'_>) -> Status {
    let result = match &arguments.command {
        Command::Check(arguments) => check(arguments, streams.reborrow()).map_err(boxed),
        Command::History(arguments) => history(arguments, streams.reborrow()).map_err(boxed),
    };
    result.unwrap_or_else(|error| {
        write_error(streams.errors, &error);
        Status::Unusable
    })
}

/// Each command has errors of its own.
fn boxed(error: impl fmt::Display + 'static) -> Box<dyn fmt::Display> {
    Box::new(error)
}
