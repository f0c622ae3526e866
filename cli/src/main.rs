//! Finds image tags that can move and are pulled at every start.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;
use mutable_tags_cli::{Arguments, Streams, run};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut output = io::stdout();
    let colour_is_welcome = !no_color && output.is_terminal();
    run(
        &arguments,
        Streams {
            input: &mut io::stdin().lock(),
            input_is_typed: io::stdin().is_terminal(),
            output: &mut output,
            errors: &mut io::stderr(),
            colour_is_welcome,
            progress_is_welcome: io::stderr().is_terminal(),
        },
    )
    .into()
}
