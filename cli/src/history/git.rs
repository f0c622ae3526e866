//! Asks the program `git` for the history of a repository.
//!
//! Five processes are run, however long the history is: three that ask what kind of repository it
//! is, one for its commits, and one for what they changed. A sixth names a file that is missing.

use std::fmt;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;

use crate::printable::Printable;

/// A changed line that can change a pin: one with a digest after an at sign or in a field of its
/// own, or with a field that can be beside one. Hashes of packages in lock files are neither.
const PIN: &str = concat!(
    "@sha(256|384|512):[0-9a-f]{64}",
    r#"|([Dd]igest|sha)["']?[[:space:]]*[:=][[:space:]]*(&[^[:space:]]+[[:space:]]+)?["']?(sha(256|384|512):)?[0-9a-f]{64}"#,
    r#"|^[^A-Za-z]*(registry|repository|hub|image|tag|newTag|newName)["']?[[:space:]]*[:=]"#,
);

/// Variables that would make git read another repository, as in a hook.
const MISLEADING: [&str; 9] = [
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_DIFF_OPTS",
    "GIT_GLOB_PATHSPECS",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// A repository that has a commit.
#[derive(Debug)]
pub(super) struct Repository {
    path: PathBuf,
    depth: Depth,
}

/// The part of its history that a repository has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Whole,
    Shallow,
    /// A clone with a filter, which git asks its origin for what it lacks.
    Partial,
}

/// A commit of the main line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MainCommit {
    /// Its hash, and that of its first parent, if it has one, as `git diff-tree` reads them.
    hashes: String,
    /// The date of the committer: a change that was rebased or squashed counts from then on.
    pub(super) date: Timestamp,
}

/// The files of a repository that are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selection<'a> {
    /// Files and folders below the one that is asked; all where there are none.
    pub(super) paths: &'a [String],
    /// Globs of files that are left out, from the top of the repository.
    pub(super) exclude: &'a [String],
}

impl Repository {
    pub(super) fn open(path: &Path) -> Result<Self, GitError> {
        let mut repository = Self {
            path: path.to_owned(),
            depth: Depth::Whole,
        };
        let answer = repository.ask(&["rev-parse", "--is-shallow-repository"])?;
        let promisors = ["config", "--get-regexp", r"^remote\..*\.promisor$"];
        if answer.trim() == "true" {
            repository.depth = Depth::Shallow;
        } else if repository.ask(&promisors).is_ok() {
            repository.depth = Depth::Partial;
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

    /// The commits of the main line, the oldest first.
    pub(super) fn main_line(&self) -> Result<Vec<MainCommit>, GitError> {
        let arguments = ["--first-parent", "--reverse", "--parents", "--timestamp"];
        let lines = self.ask(&[&["rev-list"], &arguments[..], &["HEAD", "--"]].concat())?;
        Ok(lines.lines().filter_map(MainCommit::parse).collect())
    }

    /// The changes of the commits to files with digests. The changes of a merge are those that it
    /// brings to the main line.
    pub(super) fn changes(
        &self,
        commits: &[MainCommit],
        selection: Selection<'_>,
    ) -> Result<(Changes<'_>, BufReader<ChildStdout>), GitError> {
        let mut command = self.command();
        command
            .args(["-c", "diff.suppressBlankEmpty=false"])
            .args(["diff-tree", "--stdin", "--root", "-r"])
            // A line for each commit, even if it changed nothing.
            .args(["--always", "--format=commit %ct"])
            // Whole files, since the parts of a reference can stand far apart.
            .args(["--patch", "--unified=100000000", "--no-renames"])
            // Manifests are text, whatever .gitattributes says of them.
            .args(["--no-color", "--no-ext-diff", "--no-textconv", "--text"])
            .args(["--no-relative", "--ignore-submodules"])
            .args(["--src-prefix=a/", "--dst-prefix=b/"])
            .arg(format!("-G{PIN}"))
            .arg("--");
        match selection.paths {
            [] => drop(command.arg(":(top)")),
            paths => drop(command.args(paths.iter().map(|path| format!(":(literal){path}")))),
        }
        let exclude = selection.exclude.iter();
        command.args(exclude.map(|glob| format!(":(top,exclude,glob){glob}")));
        Changes::start(self, command, commits)
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

    /// The output of a call, which must be small.
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
        let missing = message.strip_prefix("unable to read ");
        match missing.and_then(|object| self.file_of(object)) {
            Some(file) => self.error(Problem::NoContent(file)),
            None => self.error(Problem::Failed(message.to_owned())),
        }
    }

    /// A file that had this content once.
    fn file_of(&self, object: &str) -> Option<String> {
        let arguments = ["log", "--first-parent", "-m", "--format="];
        let changes = ["--raw", "--no-abbrev", "--no-renames"];
        let changes = self.ask(&[arguments.as_slice(), &changes].concat()).ok()?;
        let line = changes.lines().find(|line| line.contains(object))?;
        line.split_once('\t').map(|(_, file)| file.to_owned())
    }

    fn error(&self, problem: Problem) -> GitError {
        GitError {
            path: self.path.clone(),
            problem,
        }
    }
}

impl MainCommit {
    /// Parses a line of `git rev-list --parents --timestamp`.
    fn parse(line: &str) -> Option<Self> {
        let (date, hashes) = line.split_once(' ')?;
        // Of a merge, the first parent is that of the main line.
        let hashes: Vec<_> = hashes.split(' ').take(2).collect();
        Some(Self {
            hashes: hashes.join(" "),
            date: parse_date(date)?,
        })
    }
}

/// Parses a date as git prints it by `%ct`.
pub(super) fn parse_date(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.trim().parse().ok()?).ok()
}

/// A `git diff-tree` that is running.
#[derive(Debug)]
pub(super) struct Changes<'r> {
    repository: &'r Repository,
    git: Child,
    /// Reads standard error, so that git never waits for a reader of it.
    complaints: JoinHandle<String>,
}

impl<'r> Changes<'r> {
    /// Starts git, and returns its output to be read.
    fn start(
        repository: &'r Repository,
        mut command: Command,
        commits: &[MainCommit],
    ) -> Result<(Self, BufReader<ChildStdout>), GitError> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut git = command
            .spawn()
            .map_err(|error| repository.no_start(error))?;
        let (Some(input), Some(output), Some(errors)) =
            (git.stdin.take(), git.stdout.take(), git.stderr.take())
        else {
            let error = io::Error::other("it has no standard streams");
            return Err(repository.error(Problem::Io(error)));
        };
        let hashes = commits.iter().map(|commit| format!("{}\n", commit.hashes));
        write_aside(input, hashes.collect());
        let changes = Self {
            repository,
            git,
            complaints: read_aside(errors),
        };
        Ok((changes, BufReader::new(output)))
    }

    /// Waits for git to end, after its output was read.
    pub(super) fn finish(mut self) -> Result<(), GitError> {
        let status = self.git.wait();
        let complaints = self.complaints.join().unwrap_or_default();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(self.repository.failed(&complaints)),
            Err(error) => Err(self.repository.error(Problem::Io(error))),
        }
    }

    /// Ends git, whose output could not be read.
    pub(super) fn fail(mut self, error: io::Error) -> GitError {
        // Git may have ended by itself.
        let _ = self.git.kill();
        let _ = self.git.wait();
        self.repository.error(Problem::Io(error))
    }
}

/// Writes to git's standard input, while its output is read elsewhere.
fn write_aside(mut input: ChildStdin, text: String) {
    thread::spawn(move || {
        // If git ends early, its status says so.
        let _ = input.write_all(text.as_bytes());
    });
}

fn read_aside(mut errors: ChildStderr) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // The text before a failure is all that can be reported.
        let _ = errors.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Git could not be asked.
#[derive(Debug)]
pub(crate) struct GitError {
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NoGit,
    NoRepository,
    NoCommit,
    /// The file whose content a clone lacks, as one with a filter can.
    NoContent(String),
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
                "{path}: is not a Git repository: name a clone or a bare repository"
            ),
            Problem::NoCommit => write!(f, "{path}: has no commit at HEAD"),
            Problem::NoContent(file) => write!(
                f,
                "{path}: the clone lacks the content of {}: fetch it, or leave it out with --exclude",
                Printable(file)
            ),
            Problem::Failed(message) => {
                write!(f, "{path}: git: {}", Printable(message))?;
                match message.starts_with("detected dubious ownership ") {
                    true => f.write_str(": trust it with git config --global --add safe.directory"),
                    false => Ok(()),
                }
            }
            Problem::Io(error) => write!(f, "{path}: git cannot be run: {error}"),
        }
    }
}
