//! Runs the program in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder of its own for a test, with a module in it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        Self::with_module(name, &super::guests::rejecting_carets())
    }

    pub fn with_module(name: &str, module: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("policy.wasm"), wat::parse_str(module).unwrap()).unwrap();
        Self(path)
    }

    pub fn with(self, file: &str, text: &str) -> Self {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// The command `check` with the folder's module.
    pub fn check(&self, arguments: &[&str]) -> Command {
        let module = ["check", "--module", "policy.wasm"];
        self.program(&[&module, arguments].concat())
    }

    pub fn run_program(&self, arguments: &[&str]) -> Run {
        Run::from(self.program(arguments).output().unwrap())
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mutable-tags"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_remove("NO_COLOR")
            .env_remove("GITHUB_WORKSPACE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self.check(arguments).spawn().unwrap();
        // A program that does not read its input may be gone by now.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::from(child.wait_with_output().unwrap())
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub status: i32,
    pub output: String,
    pub errors: String,
}

impl Run {
    pub fn new(status: i32, output: &str, errors: &str) -> Self {
        Self {
            status,
            output: output.to_owned(),
            errors: errors.to_owned(),
        }
    }

    /// The verdict on each object, without its place and its findings.
    pub fn verdicts(&self) -> Vec<&str> {
        const WORDS: [&str; 4] = ["accepted", "warned", "rejected", "unusable"];
        let lines = self.output.lines();
        let lines = lines.filter(|line| WORDS.iter().any(|word| line.starts_with(word)));
        lines.map(|line| line.split(" (").next().unwrap()).collect()
    }

    /// Asserts the exit status and standard error.
    pub fn ends_with(&self, status: i32, errors: &str) {
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
