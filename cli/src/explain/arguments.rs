//! The arguments of the command `explain`.

use clap::{Args, ValueEnum};

use crate::policy::PolicyArguments;
use crate::report::ColourChoice;

const AFTER_HELP: &str = "\
Exit status:
  0  every image was explained
  2  a text is not an image reference, or the settings could not be used

Rule numbers are those of https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/tags.md

Examples:
  Explain two images:
    mutable-tags explain nginx:1.27.3 ghcr.io/acme/app:main

  Explain the images in a cluster, with the settings of its policy:
    kubectl get pods -A -o jsonpath=\"{.items[*].spec['initContainers','containers'][*].image}\" |
      tr ' ' '\\n' | sort -u | mutable-tags explain --policy policy.yaml

  List the images whose tags can move:
    mutable-tags explain --output json < images.txt | jq -r 'select(.class == \"mutable\").image'";

#[derive(Clone, Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ExplainArguments {
    /// Image references, such as nginx:1.27.3, or - for standard input
    ///
    /// Standard input has one image per line, and is also read if no image is named. Blank lines and
    /// comments (#) are skipped.
    #[arg(value_name = "IMAGE|-")]
    pub(super) images: Vec<String>,

    #[command(flatten)]
    pub(super) policy: PolicyArguments,

    /// The format of the explanations
    #[arg(long, short = 'o', value_enum, value_name = "FORMAT", default_value_t)]
    pub(super) output: Format,

    /// When to colour the text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColourChoice,
}

/// The format of explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: each image with its class and the reasons
    #[default]
    Text,
    /// One JSON object per line
    Json,
}
