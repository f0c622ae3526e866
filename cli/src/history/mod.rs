//! The command `history`: which tags moved, by the history of a repository that pins digests.

mod arguments;
mod git;
mod group;
mod judged;
mod patch;
mod pins;
mod report;
mod span;
mod suggest;
mod watch;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};

pub(crate) use arguments::HistoryArguments;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mutable_tags_policy::settings::Settings;

use self::arguments::Format;
use self::git::{Depth, GitError, MainCommit, Repository, Selection};
use self::group::Group;
use self::judged::JudgedTag;
use self::patch::Commits;
use self::report::Results;
use self::span::Span;
use self::suggest::SuggestedSettings;
use self::watch::Watch;
use crate::diagnostics;
use crate::outcome::Status;
use crate::printable::Printable;
use crate::progress::Progress;
use crate::streams::Streams;

/// Runs the command.
pub(crate) fn history(
    arguments: &HistoryArguments,
    streams: Streams<'_>,
) -> Result<Status, HistoryError> {
    let repository = Repository::open(&arguments.repository)?;
    let commits = commits(&repository, arguments.until)?;
    let Some(span) = Span::of(&commits) else {
        return Err(HistoryError::NoCommitUntil);
    };
    let begins = arguments.since.and_then(start_of);
    if begins.is_some_and(|begins| begins > span.last) {
        return Err(HistoryError::NoCommitSince);
    }
    match repository.depth() {
        Depth::Whole => {}
        Depth::Shallow => diagnostics::note(
            streams.errors,
            format_args!(
                "the clone is shallow and has only {} of its commits: git fetch --unshallow gets all",
                span.commits
            ),
        ),
        Depth::Partial => diagnostics::note(
            streams.errors,
            "the clone is partial, so git fetches files commit by commit, which can take long: a clone without --filter has all",
        ),
    }
    let progress = Progress::new(streams.progress_is_welcome && !arguments.quiet);
    let watch = watch(&repository, &commits, arguments, progress, streams.errors)?;
    let settings = Settings::default();
    let tags = watch.finish(span.last).into_iter();
    let tags: Vec<_> = tags
        .filter_map(|tag| JudgedTag::new(tag, &settings))
        .collect();
    if tags.is_empty() {
        return Err(HistoryError::NoPin {
            commits: span.commits,
            paths: arguments.paths.clone(),
        });
    }
    let groups = Group::all(&tags);
    let days = i64::from(arguments.days);
    let results = Results {
        span,
        days,
        tags: &tags,
        suggested: SuggestedSettings::of(&groups, days),
        groups,
    };
    let report = match arguments.output {
        Format::Text => report::text(&results),
        Format::Json => report::json(&results).map_err(io::Error::from)?,
        Format::Tsv => report::tsv(&results),
    };
    streams.output.write_all(report.as_bytes())?;
    Ok(Status::Accepted)
}

/// The commits of the main line until the end of a day, the oldest first.
fn commits(repository: &Repository, until: Option<Date>) -> Result<Vec<MainCommit>, HistoryError> {
    let mut commits = repository.main_line()?;
    if let Some(end) = until.and_then(end_of) {
        // Dates can go back and forth along the line.
        let is_until = |commit: &MainCommit| commit.date < end;
        let last = commits.iter().rposition(is_until);
        commits.truncate(last.map_or(0, |last| last + 1));
    }
    Ok(commits)
}

fn watch(
    repository: &Repository,
    commits: &[MainCommit],
    arguments: &HistoryArguments,
    mut progress: Progress,
    errors: &mut dyn Write,
) -> Result<Watch, HistoryError> {
    let mut watch = Watch::new(arguments.since.and_then(start_of));
    let selection = Selection {
        paths: &arguments.paths,
        exclude: &arguments.exclude,
    };
    let (changes, output) = repository.changes(commits, selection)?;
    for (done, commit) in Commits::new(output).enumerate() {
        let commit = match commit {
            Ok(commit) => commit,
            Err(error) => {
                progress.clear(errors);
                return Err(changes.fail(error).into());
            }
        };
        let total = commits.len();
        progress.step(format_args!("read {done} of {total} commits"), errors);
        watch.add(commit);
    }
    progress.clear(errors);
    changes.finish()?;
    Ok(watch)
}

/// The first moment of a day, in UTC.
fn start_of(day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The first moment of the day after.
fn end_of(day: Date) -> Option<Timestamp> {
    start_of(day.checked_add(1.day()).ok()?)
}

/// A history could not be read or reported.
#[derive(Debug)]
pub(crate) enum HistoryError {
    Git(GitError),
    NoCommitUntil,
    NoCommitSince,
    NoPin { commits: usize, paths: Vec<String> },
    Output(io::Error),
}

impl From<GitError> for HistoryError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl From<io::Error> for HistoryError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Error for HistoryError {}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => write!(f, "{error}"),
            Self::NoCommitUntil => {
                f.write_str("--until: the first commit is later: name a later day")
            }
            Self::NoCommitSince => {
                f.write_str("--since: the last commit is earlier: name an earlier day")
            }
            Self::NoPin { commits, paths } => {
                f.write_str("no tag with a digest was found")?;
                if !paths.is_empty() {
                    write!(f, " below {}", Printable(&paths.join(", ")))?;
                }
                write!(
                    f,
                    " in {commits} commits: the history must pin images, such as nginx:1.27.3@sha256:…"
                )
            }
            Self::Output(error) => write!(f, "cannot write the report: {error}"),
        }
    }
}
