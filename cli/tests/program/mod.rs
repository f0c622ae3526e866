//! Runs the program in folders that are made for it.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// A Pod with an image that can move.
pub(crate) const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: web
      image: acme/web:main
      imagePullPolicy: Always
";

/// A folder that is empty at first. It counts as the root of a repository.
pub(crate) struct Folder(PathBuf);

/// The result of a run of the program.
#[derive(Debug, PartialEq, Eq)]
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
        let mut command = program(arguments);
        Run::of(command.current_dir(self.0.join(folder)))
    }

    /// Runs the program here, with a text on standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = program(arguments);
        command.current_dir(&self.0).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        // A program that does not read its input closes it.
        let _ = writer.join().unwrap();
        Run::from(output)
    }
}

/// Runs `check .` in a folder.
pub(crate) fn check(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(&[&["check", "."], arguments].concat())
}

/// The program, still to be run, without input and outside of GitHub.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mutable-tags"));
    command.args(arguments).stdin(Stdio::null());
    command
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("NO_COLOR");
    command
}

impl Run {
    pub(crate) fn new(status: i32, output: &str, errors: &str) -> Self {
        Self {
            status,
            output: output.to_owned(),
            errors: errors.to_owned(),
        }
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    /// The verdict on each object, without its place and its findings.
    pub(crate) fn verdicts(&self) -> Vec<&str> {
        const WORDS: [&str; 4] = ["accepted", "warned", "rejected", "unusable"];
        let lines = self.output.lines();
        let lines = lines.filter(|line| WORDS.iter().any(|word| line.starts_with(word)));
        lines.map(|line| line.split(" (").next().unwrap()).collect()
    }

    /// Asserts the exit status and standard error.
    pub(crate) fn ends_with(&self, status: i32, errors: &str) {
        assert_eq!((self.status, self.errors.as_str()), (status, errors));
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
