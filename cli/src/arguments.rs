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
    about = "Finds image tags that can move where they are pulled at every start"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    /// Checks manifests as the policy in a cluster would
    Check(Box<CheckArguments>),

    /// Says whether the tags of images can move, why, and what the policy answers
    Explain(Box<ExplainArguments>),

    /// Tells which tags moved, by the Git history of a repository that pins digests
    History(HistoryArguments),

    /// Prints what completes the program's commands and options in a shell
    Completions(CompletionsArguments),

    /// Writes the program's manual pages
    Man(ManArguments),
}
