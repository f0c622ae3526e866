//! The command line of `mutable-tags`.

use clap::{Parser, Subcommand};

use crate::check::CheckArguments;

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
}
