//! The command line of `mutable-tags history`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

const AFTER_HELP: &str = "\
A tag moved where a commit of the main line replaces the digest behind it and keeps the tag.
Read are references (nginx:1.27.3@sha256:…) and fields beside each other (repository, tag and
digest) in files of any kind. These are no moves:
  - a digest that is replaced within a day after the tag was first seen: a corrected release
  - a digest that comes beside another one in a file: that of another architecture
  - a file that follows another one, and a digest that comes back
Where the digest of all architectures replaces that of one, it counts as a move: a text does not
tell the two apart.

Exit status:
  0  the history was read
  2  there is no git, no repository, no commit, or no tag with a digest

Examples:
  Tell what moved in this repository, and which settings follow:
    mutable-tags history

  Tell what moved since the beginning of 2026 in one folder of a bare clone:
    mutable-tags history ../home-ops.git clusters/main --since 2026-01-01

  Write a table of all tags, a line each:
    mutable-tags history --output tsv > observed.tsv

  List the publishers that moved an exact version:
    mutable-tags history --output json | jq '.publishers[] | select(.moved > 0) | .images'";

#[derive(Clone, Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct HistoryArguments {
    /// A Git repository, which may be a bare one
    #[arg(value_name = "REPOSITORY", default_value = ".")]
    pub(crate) repository: PathBuf,

    /// Reads these files and folders of it alone; of one that was renamed, what came after
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Watches from this day on: a tag that is there already counts as first seen then
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Date>,

    /// Reads no commit after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,

    /// The fewest days for which an exact version must have been there to count for its publisher
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

    /// The form of the report
    #[arg(long, short = 'o', value_enum, value_name = "FORM", default_value_t)]
    pub(crate) output: Form,

    /// Reports no progress
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people: the publishers, and the settings that follow
    #[default]
    Text,
    /// One JSON object with the publishers, the settings and all tags
    Json,
    /// A line for each tag, with its columns named in the first
    Tsv,
}
