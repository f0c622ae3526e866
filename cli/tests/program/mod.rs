//! Runs the program in folders that are made for it.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that is empty at first. It counts as the root of a repository.
pub(crate) struct Folder(PathBuf);

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Folder {
    /// `name` tells the folders of tests apart.
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, file: &str, content: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Runs the program here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(".", arguments)
    }

    /// Runs the program in a folder below.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        Run::of(self.program_in(folder).args(arguments))
    }

    /// The program, to run in a folder below, without input, and outside of GitHub.
    pub(crate) fn program_in(&self, folder: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mutable-tags"));
        program
            .current_dir(self.0.join(folder))
            .env_remove("GITHUB_WORKSPACE")
            .stdin(Stdio::null());
        program
    }
}

impl Run {
    pub(crate) fn of(program: &mut Command) -> Self {
        let output = program.output().unwrap();
        Self {
            status: output.status.code().unwrap(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
