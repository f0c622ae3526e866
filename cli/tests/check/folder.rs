//! Folders with a module that judges.

use std::fs;
use std::process::{Command, Stdio};

use crate::guests;
use crate::program::{self, Run, program};

/// A folder of its own for a test, with a module in it.
pub struct Folder(program::Folder);

impl Folder {
    pub fn new(name: &str) -> Self {
        Self::with_module(name, &guests::rejecting_carets())
    }

    pub fn with_module(name: &str, module: &str) -> Self {
        let folder = program::Folder::new(name);
        let module = wat::parse_str(module).unwrap();
        fs::write(folder.path().join("policy.wasm"), module).unwrap();
        Self(folder)
    }

    pub fn with(self, file: &str, text: &str) -> Self {
        self.0.write(file, text);
        self
    }

    pub fn read(&self, file: &str) -> String {
        self.0.read(file)
    }

    /// The command `check` with the folder's module, still to be run.
    pub fn check(&self, arguments: &[&str]) -> Command {
        let mut command = program(&with_check(arguments));
        command.current_dir(self.0.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs `check` with the folder's module.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.0.run(&with_check(arguments))
    }

    /// Runs `check` with the folder's module, and a text on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        self.0.run_with_input(&with_check(arguments), input)
    }

    /// Runs the program without the module.
    pub fn run_program(&self, arguments: &[&str]) -> Run {
        self.0.run(arguments)
    }
}

fn with_check<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["check", "--module", "policy.wasm"], arguments].concat()
}
