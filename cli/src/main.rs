//! Finds image tags that can move and are pulled at every start.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;
use mutable_tags_cli::{Arguments, Streams, Style, run};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut output = io::stdout();
    let style = match output.is_terminal() && !no_color {
        true => Style::Coloured,
        false => Style::Plain,
    };
    run(
        &arguments,
        Streams {
            input: &mut io::stdin().lock(),
            input_is_typed: io::stdin().is_terminal(),
            output: &mut output,
            errors: &mut io::stderr(),
            style,
            progress_is_welcome: io::stderr().is_terminal(),
        },
    )
    .into()
}
