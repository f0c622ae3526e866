//! Runs the command that the arguments name.

use clap::CommandFactory;

use crate::arguments::{Arguments, Command};
use crate::check::check;
use crate::explain::explain;
use crate::failure::write_error;
use crate::outcome::Status;
use crate::packaging::{write_completions, write_man_pages};
use crate::streams::Streams;

/// Runs the command that the arguments name. An error that ends it is written to
/// `streams.errors`.
pub fn run(arguments: &Arguments, mut streams: Streams<'_>) -> Status {
    let done = |()| Status::Accepted;
    let result = match &arguments.command {
        Command::Check(arguments) => check(arguments, streams.reborrow()),
        Command::Explain(arguments) => explain(arguments, streams.reborrow()),
        Command::Completions(arguments) => {
            write_completions(arguments, Arguments::command(), streams.output).map(done)
        }
        Command::Man(arguments) => write_man_pages(arguments, Arguments::command()).map(done),
    };
    result.unwrap_or_else(|failure| {
        write_error(streams.errors, &failure);
        Status::Unusable
    })
}
