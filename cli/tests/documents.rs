//! Compares docs/cli.md with the program's help. `make docs/cli.md` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory};
use mutable_tags_cli::Arguments;

const INTRODUCTION: &str = "\
# The program

The help of each command of `mutable-tags`. [ci.md](ci.md) shows the program in pipelines.
";

/// The columns of a block that GitHub shows without a bar to scroll.
const WIDTH: usize = 100;

/// The help of a command, and of all commands below it.
fn sections(command: &mut Command) -> String {
    let name = command.get_bin_name().unwrap_or_default();
    let heading = format!("\n## {name}\n");
    let mut help = command.clone().term_width(WIDTH).disable_colored_help(true);
    let help = help.render_long_help().to_string();
    let lines: Vec<_> = help.trim_end().lines().map(str::trim_end).collect();
    let block = format!("\n```text\n{}\n```\n", lines.join("\n"));
    let commands = command.get_subcommands_mut();
    let commands =
        commands.filter(|command| command.get_name() != "help" && !command.is_hide_set());
    let below: String = commands.map(sections).collect();
    heading + &block + &below
}

fn document() -> String {
    let mut program = Arguments::command().bin_name("mutable-tags");
    program.build();
    INTRODUCTION.to_owned() + &sections(&mut program)
}

#[test]
fn the_document_says_what_the_help_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/cli.md");
    let document = document();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &document).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == document,
        "docs/cli.md is not what the help says: run `make docs/cli.md`"
    );
}

#[test]
fn the_document_has_every_command_and_option() {
    let document = document();
    for text in [
        "\n## mutable-tags check\n",
        "\n## mutable-tags man\n",
        "--warn-exit-code <STATUS>",
    ] {
        assert_eq!(document.matches(text).count(), 1, "{text:?}");
    }
}
