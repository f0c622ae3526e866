//! Runs the command that the arguments name.

use crate::arguments::{Arguments, Command};
use crate::check::check;
use crate::failure::write_error;
use crate::outcome::Status;
use crate::streams::Streams;

/// Runs the command that the arguments name. An error that ends it is written to
/// `streams.errors`.
pub fn run(arguments: &Arguments, mut streams: Streams<'_>) -> Status {
    let result = match &arguments.command {
        Command::Check(arguments) => check(arguments, streams.reborrow()),
    };
    result.unwrap_or_else(|failure| {
        write_error(streams.errors, &failure);
        Status::Unusable
    })
}
