//! What a package of the program holds beside it: completions and manual pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use clap::CommandFactory;
use mutable_tags_cli::Arguments;
use program::Folder;

/// The names of the program's commands.
fn commands() -> Vec<String> {
    let program = Arguments::command();
    let commands = program.get_subcommands();
    commands
        .map(|command| command.get_name().to_owned())
        .collect()
}

#[test]
fn every_shell_completes_every_command() {
    let folder = Folder::new("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{shell}");
        for command in commands() {
            assert!(run.output.contains(&command), "{shell}: {command}");
        }
        assert!(run.output.contains("warn-exit-code"), "{shell}");
    }
}

#[test]
fn refuses_a_shell_that_it_does_not_know() {
    let run = Folder::new("no-completions").run(&["completions", "cmd"]);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert!(run.errors.contains("invalid value 'cmd'"), "{run:?}");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new("man");
    let run = folder.run(&["man", "share/man1"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let page = folder.read("share/man1/mutable-tags.1");
    for command in commands() {
        let named = format!("mutable\\-tags\\-{}(1)", command.replace('-', "\\-"));
        assert!(page.contains(&named), "{named}");
        folder.read(&format!("share/man1/mutable-tags-{command}.1"));
    }
    let page = folder.read("share/man1/mutable-tags-check.1");
    assert!(page.contains("\\-\\-warn\\-exit\\-code"), "{page}");
}

#[test]
fn tells_where_no_manual_page_can_be_written() {
    let folder = Folder::new("no-man");
    folder.write("file", "");
    let run = folder.run(&["man", "file/man1"]);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert!(
        run.errors
            .starts_with("error: file/man1: cannot be written: "),
        "{run:?}"
    );
}
