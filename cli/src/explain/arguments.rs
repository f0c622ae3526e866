//! The arguments of the command `explain`.

use clap::{Args, ValueEnum};

use crate::policy::PolicyArguments;
use crate::report::Colour;

const AFTER_HELP: &str = "\
Exit status:
  0  every image was explained
  2  something is no image reference, or the settings could not be used

Rules have the numbers of https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/tags.md

Examples:
  Say whether these tags can move, and what the policy makes of them:
    mutable-tags explain nginx:1.27.3 ghcr.io/acme/app:main

  Explain what runs in a cluster, by the settings of its policy:
    kubectl get pods -A -o jsonpath=\"{.items[*].spec['initContainers','containers'][*].image}\" |
      tr ' ' '\\n' | sort -u | mutable-tags explain --policy policy.yaml

  List the images whose tags can move:
    mutable-tags explain --output json < images.txt | jq -r 'select(.class == \"mutable\").image'";

#[derive(Clone, Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ExplainArguments {
    /// Image references, such as nginx:1.27.3; - reads one a line from standard input, and so does
    /// no image at all (blank lines, and comments behind #, are skipped)
    #[arg(value_name = "IMAGE|-")]
    pub(super) images: Vec<String>,

    #[command(flatten)]
    pub(super) policy: PolicyArguments,

    /// Ignores the file .mutable-tags.yaml, which names the settings of a repository
    #[arg(long)]
    pub(super) no_config: bool,

    /// The form of the explanations
    #[arg(long, short = 'o', value_enum, value_name = "FORM", default_value_t)]
    pub(super) output: Form,

    /// Whether text is coloured; auto colours it on a terminal unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: Colour,
}

/// The form of explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people: the class of each image, and the reasons under it
    #[default]
    Text,
    /// One JSON object a line
    Json,
}
