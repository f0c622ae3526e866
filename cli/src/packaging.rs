//! The commands `completions` and `man`, whose output is shipped in packages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::{Generator, Shell};

use crate::failure::Failure;
use crate::input::error::{InputError, Problem};
use crate::place::Place;

#[derive(Clone, Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell that runs the script
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ManArguments {
    /// The folder for the pages, which is created if it does not exist
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// Writes the completions of a program.
pub(crate) fn write_completions(
    arguments: &CompletionsArguments,
    mut program: Command,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let name = program.get_name().to_owned();
    program.set_bin_name(&name);
    program.build();
    let mut script = Vec::new();
    arguments.shell.try_generate(&program, &mut script)?;
    // For bash, clap_complete writes the hyphen of a program's name in two ways, and so completes
    // no option of a command: https://github.com/clap-rs/clap/issues/6421.
    let wrong = name.replace('-', "__subcmd__");
    let script = String::from_utf8_lossy(&script).replace(&wrong, &name.replace('-', "__"));
    Ok(output.write_all(script.as_bytes())?)
}

/// Writes a page for a program, and one for each of its commands.
pub(crate) fn write_man_pages(arguments: &ManArguments, program: Command) -> Result<(), Failure> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(program, folder))
        .map_err(|error| {
            let place = Place::new(&folder.to_string_lossy());
            InputError::new(place, Problem::Unwritable(error)).into()
        })
}
