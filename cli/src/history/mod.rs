//! The command `history`: which tags moved, by the history of a repository that pins digests.

mod arguments;
mod follow;
mod git;
mod group;
mod judged;
mod patch;
mod pins;
mod report;
mod watch;

use std::fmt;
use std::io::{self, Write};

pub(crate) use arguments::HistoryArguments;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mutable_tags_policy::settings::Settings;

use self::arguments::Form;
use self::follow::Settled;
use self::git::{Depth, GitError, Repository};
use self::group::Group;
use self::judged::JudgedTag;
use self::patch::Commits;
use self::report::{Findings, Span};
use self::watch::{Watch, WatchedTag};
use crate::outcome::Status;
use crate::progress::Progress;
use crate::streams::Streams;

/// Runs the command.
pub(crate) fn history(
    arguments: &HistoryArguments,
    streams: Streams<'_>,
) -> Result<Status, HistoryError> {
    let repository = Repository::open(&arguments.repository)?;
    let span = span(&repository, arguments.until)?;
    if repository.depth() == Depth::Cut {
        let _ = writeln!(
            streams.errors,
            "note: the repository is a shallow clone, with {} of its commits: git fetch --unshallow brings all of them",
            span.commits
        );
    }
    let progress = Progress::new(streams.progress_is_welcome && !arguments.quiet);
    let tags = watch(&repository, arguments, span, progress, streams.errors)?;
    let settings = Settings::default();
    let tags = tags.into_iter();
    let tags: Vec<_> = tags
        .filter_map(|tag| JudgedTag::new(tag, &settings))
        .collect();
    let groups = Group::all(&tags);
    let days = i64::from(arguments.days);
    let findings = Findings {
        span,
        days,
        tags: &tags,
        settled: Settled::of(&groups, days),
        groups,
    };
    let report = match arguments.output {
        Form::Text => report::text(&findings),
        Form::Json => report::json(&findings).map_err(io::Error::from)?,
        Form::Tsv => report::tsv(&findings),
    };
    match streams.output.write_all(report.as_bytes()) {
        // A reader that stops reading has what it wants.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Status::Accepted),
    }
}

/// The commits of the main line until the end of a day.
fn span(repository: &Repository, until: Option<Date>) -> Result<Span, HistoryError> {
    let end = until.and_then(end_of);
    let mut dates = repository.dates()?;
    dates.retain(|date| end.is_none_or(|end| *date < end));
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
        return Err(HistoryError::NothingUntil);
    };
    Ok(Span {
        commits: dates.len(),
        first: *first,
        last: *last,
    })
}

fn watch(
    repository: &Repository,
    arguments: &HistoryArguments,
    span: Span,
    mut progress: Progress,
    errors: &mut dyn Write,
) -> Result<Vec<WatchedTag>, HistoryError> {
    let mut watch = Watch::new(arguments.since.and_then(start_of));
    let (log, output) = repository.log(&arguments.exclude)?;
    for commit in Commits::new(output) {
        let commit = match commit {
            Ok(commit) => commit,
            Err(error) => return Err(log.fail(error).into()),
        };
        if commit.date > span.last {
            progress.clear(errors);
            log.stop();
            return Ok(watch.finish(span.last));
        }
        let so_far = report::progress(commit.date, span);
        progress.step(format_args!("{so_far}"), errors);
        watch.add(commit);
    }
    progress.clear(errors);
    log.finish()?;
    Ok(watch.finish(span.last))
}

/// The first moment of a day, in UTC.
fn start_of(day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The first moment of the day after.
fn end_of(day: Date) -> Option<Timestamp> {
    start_of(day.checked_add(1.day()).ok()?)
}

/// A history could not be told.
#[derive(Debug)]
pub(crate) enum HistoryError {
    Git(GitError),
    NothingUntil,
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

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => write!(f, "{error}"),
            Self::NothingUntil => f.write_str("--until: there is no commit until then"),
            Self::Output(error) => write!(f, "cannot write the report: {error}"),
        }
    }
}
