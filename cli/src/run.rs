//! Runs the command that the arguments name.

use std::fmt;

use clap::CommandFactory;

use crate::arguments::{Arguments, Command};
use crate::check::check;
use crate::diagnostics;
use crate::explain::explain;
use crate::history::history;
use crate::outcome::Status;
use crate::packaging::{write_completions, write_man_pages};
use crate::streams::Streams;
use crate::until_closed::UntilClosed;

/// Runs the command that the arguments name. An error that ends it is written to
/// `streams.errors`.
pub fn run(arguments: &Arguments, streams: Streams<'_>) -> Status {
    let mut output = UntilClosed::new(streams.output);
    let mut streams = Streams {
        input: streams.input,
        output: &mut output,
        errors: streams.errors,
        ..streams
    };
    let done = |()| Status::Accepted;
    let result = match &arguments.command {
        Command::Check(arguments) => check(arguments, streams.reborrow()).map_err(boxed),
        Command::Explain(arguments) => explain(arguments, streams.reborrow()).map_err(boxed),
        Command::History(arguments) => history(arguments, streams.reborrow()).map_err(boxed),
        Command::Completions(arguments) => {
            let written = write_completions(arguments, Arguments::command(), streams.output);
            written.map(done).map_err(boxed)
        }
        Command::Man(arguments) => {
            let written = write_man_pages(arguments, Arguments::command());
            written.map(done).map_err(boxed)
        }
    };
    result.unwrap_or_else(|error| {
        diagnostics::error(streams.errors, error);
        Status::Unusable
    })
}

/// Each command has errors of its own.
fn boxed(error: impl fmt::Display + 'static) -> Box<dyn fmt::Display> {
    Box::new(error)
}
