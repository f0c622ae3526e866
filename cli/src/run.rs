//! Runs the command that the arguments name.

use std::error::Error;

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
    dispatch(&arguments.command, streams.reborrow()).unwrap_or_else(|error| {
        diagnostics::error(streams.errors, error);
        Status::Unusable
    })
}

fn dispatch(command: &Command, streams: Streams<'_>) -> Result<Status, Box<dyn Error>> {
    match command {
        Command::Check(own) => return Ok(check(own, streams)?),
        Command::Explain(own) => return Ok(explain(own, streams)?),
        Command::History(own) => return Ok(history(own, streams)?),
        Command::Completions(own) => write_completions(own, Arguments::command(), streams.output)?,
        Command::Man(own) => write_man_pages(own, Arguments::command())?,
    }
    Ok(Status::Accepted)
}
