//! Asks the program `git` for the history of a repository.
//!
//! Three processes are run, however long the history is: what kind of repository it is, which
//! commits there are, and what they changed.

use std::fmt;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;

use crate::printable::Printable;

/// A changed line with a digest behind an at sign, or in a field of its own. Hashes of packages
/// in lock files are neither.
const DIGEST: &str = r#"(@|([Dd]igest|sha)"?:[[:space:]]*["']?)sha(256|384|512):[0-9a-f]{64}"#;

/// Variables by which a hook, say, would send git elsewhere.
const MISLEADING: [&str; 5] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_DIFF_OPTS",
    "GIT_PREFIX",
];

/// A repository that has a commit.
#[derive(Debug)]
pub(super) struct Repository {
    path: PathBuf,
    depth: Depth,
}

/// How much of its history a repository has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Whole,
    /// A shallow clone.
    Cut,
}

impl Repository {
    pub(super) fn open(path: &Path) -> Result<Self, GitError> {
        let mut repository = Self {
            path: path.to_owned(),
            depth: Depth::Whole,
        };
        let answer = repository.ask(&["rev-parse", "--is-shallow-repository"])?;
        if answer.trim() == "true" {
            repository.depth = Depth::Cut;
        }
        match repository.ask(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]) {
            Ok(_) => Ok(repository),
            Err(error) if matches!(error.problem, Problem::Failed(_)) => {
                Err(repository.error(Problem::NoCommit))
            }
            Err(error) => Err(error),
        }
    }

    pub(super) const fn depth(&self) -> Depth {
        self.depth
    }

    /// The commit dates of the main line, the newest commit first.
    pub(super) fn dates(&self) -> Result<Vec<Timestamp>, GitError> {
        let arguments = ["rev-list", "--first-parent", "--format=%ct", "HEAD"];
        let lines = self.ask(&arguments)?;
        let dates = lines.lines().filter(|line| !line.starts_with("commit "));
        Ok(dates.filter_map(parse_date).collect())
    }

    /// What the commits of the main line changed in files with digests, the oldest commit first.
    /// A merge changes what it brings to the main line.
    pub(super) fn log(
        &self,
        exclude: &[String],
    ) -> Result<(Log<'_>, BufReader<ChildStdout>), GitError> {
        let mut command = self.command();
        command
            .args(["-c", "diff.suppressBlankEmpty=false"])
            .args(["-c", "log.showSignature=false"])
            .args(["log", "--first-parent", "-m", "--reverse"])
            .args(["--format=commit %ct", "--no-notes", "--no-color"])
            // Whole files, since the parts of a reference can stand far apart.
            .args(["--patch", "--unified=1000000", "--no-renames"])
            .args(["--no-ext-diff", "--no-textconv", "--ignore-submodules"])
            .args(["--src-prefix=a/", "--dst-prefix=b/"])
            .arg(format!("-G{DIGEST}"))
            .args(["HEAD", "--"]);
        if !exclude.is_empty() {
            command.arg(":(top)");
            let excluded = exclude.iter();
            command.args(excluded.map(|glob| format!(":(top,exclude,glob){glob}")));
        }
        Log::start(self, command)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        for variable in MISLEADING {
            command.env_remove(variable);
        }
        command
            .env("LC_ALL", "C")
            .arg("--no-pager")
            .arg("-C")
            .arg(&self.path)
            .stdin(Stdio::null());
        command
    }

    /// The output of a call that says little.
    fn ask(&self, arguments: &[&str]) -> Result<String, GitError> {
        let output = self.command().args(arguments).output();
        let output = output.map_err(|error| self.no_start(error))?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => Err(self.failed(&String::from_utf8_lossy(&output.stderr))),
        }
    }

    fn no_start(&self, error: io::Error) -> GitError {
        self.error(match error.kind() {
            io::ErrorKind::NotFound => Problem::NoGit,
            _ => Problem::Io(error),
        })
    }

    fn failed(&self, message: &str) -> GitError {
        if message.contains("not a git repository") {
            return self.error(Problem::NoRepository);
        }
        let lines = message.lines().map(|line| line.trim());
        let mut lines = lines.filter(|line| !line.is_empty());
        let message = lines.next().unwrap_or("failed without a word");
        let message = message.strip_prefix("fatal: ").unwrap_or(message);
        self.error(Problem::Failed(message.to_owned()))
    }

    fn error(&self, problem: Problem) -> GitError {
        GitError {
            path: self.path.clone(),
            problem,
        }
    }
}

/// Parses a date as git prints it by `%ct`.
pub(super) fn parse_date(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.trim().parse().ok()?).ok()
}

/// A `git log` that is running.
#[derive(Debug)]
pub(super) struct Log<'r> {
    repository: &'r Repository,
    git: Child,
    /// Reads what git complains of, so that git never waits for that.
    complaints: JoinHandle<String>,
}

impl<'r> Log<'r> {
    /// The process, and what it prints.
    fn start(
        repository: &'r Repository,
        mut command: Command,
    ) -> Result<(Self, BufReader<ChildStdout>), GitError> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = command
            .spawn()
            .map_err(|error| repository.no_start(error))?;
        let Some(output) = git.stdout.take() else {
            let error = io::Error::other("its output cannot be read");
            return Err(repository.error(Problem::Io(error)));
        };
        let errors = git.stderr.take();
        let complaints = thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(mut errors) = errors {
                // What was read before a failure is all that there is to say.
                let _ = errors.read_to_end(&mut bytes);
            }
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let log = Self {
            repository,
            git,
            complaints,
        };
        Ok((log, BufReader::new(output)))
    }

    /// Waits for the end, after everything was read.
    pub(super) fn finish(mut self) -> Result<(), GitError> {
        let status = self.git.wait();
        let complaints = self.complaints.join().unwrap_or_default();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(self.repository.failed(&complaints)),
            Err(error) => Err(self.repository.error(Problem::Io(error))),
        }
    }

    /// Ends git before its end.
    pub(super) fn stop(mut self) {
        // It may have ended by itself.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }

    /// Ends git, whose output could not be read.
    pub(super) fn fail(self, error: io::Error) -> GitError {
        let error = self.repository.error(Problem::Io(error));
        self.stop();
        error
    }
}

/// Git could not be asked.
#[derive(Debug)]
pub(super) struct GitError {
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NoGit,
    NoRepository,
    NoCommit,
    /// Git's own words.
    Failed(String),
    Io(io::Error),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        let path = Printable(&path);
        match &self.problem {
            Problem::NoGit => f.write_str("the program git was not found: install it"),
            Problem::NoRepository => write!(
                f,
                "{path}: is no Git repository: name a folder of one, or a bare one"
            ),
            Problem::NoCommit => write!(f, "{path}: has no commit that HEAD names"),
            Problem::Failed(message) if message.starts_with("unable to read ") => write!(
                f,
                "{path}: git: {}: an object is missing: fetch it, or leave out its file by --exclude",
                Printable(message)
            ),
            Problem::Failed(message) => write!(f, "{path}: git: {}", Printable(message)),
            Problem::Io(error) => write!(f, "{path}: git cannot be run: {error}"),
        }
    }
}
