//! The command line of `mutable-tags`.

use clap::{Parser, Subcommand};

use crate::check::CheckArguments;
use crate::explain::ExplainArguments;
use crate::history::HistoryArguments;
use crate::packaging::{CompletionsArguments, ManArguments};

/// The parsed arguments. clap shows the comments of the fields as help.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "mutable-tags",
    version,
    about = "Finds image tags that can move and are pulled at every start"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    /// Checks manifests as the policy does in a cluster
    Check(Box<CheckArguments>),

    /// Explains whether the tags of images can move, and what the policy answers
    Explain(Box<ExplainArguments>),

    /// Finds tags that moved, in the Git history of a repository that pins digests
    History(HistoryArguments),

    /// Prints a completion script for a shell
    Completions(CompletionsArguments),

    /// Writes the manual pages
    Man(ManArguments),
}
