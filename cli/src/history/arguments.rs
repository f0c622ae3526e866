//! The command line of `mutable-tags history`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

const AFTER_HELP: &str = "\
A tag moved if a commit on the main line replaces its digest and keeps the tag. Files of any kind
are searched, for references (nginx:1.27.3@sha256:…) and for fields beside each other
(repository, tag and digest). These are not moves:
  - a digest that is replaced within a day after the tag was first seen: a corrected release
  - a digest that is added beside another one in the same file: another architecture
  - a digest that another file had before, or that comes back
If the digest of all architectures replaces the digest of one, it counts as a move: the text does
not tell them apart.

Exit status:
  0  the history was read
  2  there is no git, no repository, no commit, or no tag with a digest

Examples:
  Find the tags that moved in this repository, and settings for them:
    mutable-tags history

  Find the tags that moved since the beginning of 2026 in one folder of a bare clone:
    mutable-tags history ../home-ops.git clusters/main --since 2026-01-01

  Write a table of all tags, one per line:
    mutable-tags history --output tsv > observed.tsv

  List the publishers that moved an exact version:
    mutable-tags history --output json | jq '.publishers[] | select(.moved > 0) | .images'";

#[derive(Clone, Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct HistoryArguments {
    /// A Git repository, bare or not
    #[arg(value_name = "REPOSITORY", default_value = ".")]
    pub(crate) repository: PathBuf,

    /// The files and folders to read [default: all]
    ///
    /// A file that was renamed is read from then on.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Watches from this day on; tags that exist by then count as first seen that day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Date>,

    /// Ignores commits after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,

    /// Counts an exact version for its publisher only if it was seen for at least this many days
    #[arg(
        long,
        value_name = "DAYS",
        default_value_t = 14,
        value_parser = clap::value_parser!(i32).range(1..)
    )]
    pub(crate) days: i32,

    /// Leaves out files of the repository, such as 'test/**'; can be repeated
    #[arg(long, value_name = "GLOB", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) exclude: Vec<String>,

    /// The format of the report
    #[arg(long, short = 'o', value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: Format,

    /// Leaves out the progress
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the publishers, and suggested settings
    #[default]
    Text,
    /// One JSON object with publishers, settings and all tags
    Json,
    /// A table with one tag per line, and the names of its columns first
    Tsv,
}
