//! The files that a package holds beside the program: completions and manual pages.

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

/// The script calls the function that completes as bash does, and prints what it offers.
#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    const CALL: &str = r#"
        source completions.bash
        function=$(complete -p mutable-tags | sed 's/.* -F \([^ ]*\) .*/\1/')
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        $function mutable-tags "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        echo "${COMPREPLY[*]}"
    "#;
    let folder = Folder::new("bash-completions");
    let script = folder.run(&["completions", "bash"]).output;
    folder.write("completions.bash", &script);
    for (line, offered) in [
        ("mutable-tags ch", "check"),
        ("mutable-tags check --warn", "--warn-exit-code"),
        ("mutable-tags check . --color a", "auto always"),
        ("mutable-tags completions f", "fish"),
    ] {
        let mut bash = std::process::Command::new("bash");
        let bash = bash.args(["-c", CALL, "bash"]).args(line.split(' '));
        let output = bash.current_dir(folder.path()).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(told.trim_end(), offered, "{line}");
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
