//! The command line of `mutable-tags check`.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use crate::input::location::Location;
use crate::input::namespace::Namespace;
use crate::policy::PolicyArguments;
use crate::report::{ColourChoice, Format, Output};
use crate::request::Operation;

const LOOK_UPS: &str = "What the policy may look up";

const AFTER_HELP: &str = "\
A repository can have defaults in a file .mutable-tags.yaml. The file is read from the current
folder or, in a Git repository, from the nearest folder above:
    policy: policies/mutable-tags.yaml   # or settings: {mode: strict}
    exclude: [\"test/**\"]                 # globs for paths below the folder of this file
  With --policy, --settings-path, --settings-json or --no-config the file is ignored. So a pull
  request cannot replace them with a file of its own.

Exit status:
  0  every object was accepted, with or without warnings
  1  at least one object was rejected
  2  input, settings or module could not be used, or there was no object
  --warn-exit-code replaces 0 if there is a warning.

Examples:
  Check every manifest in this folder with the settings of the cluster's policy:
    mutable-tags check . --policy policy.yaml

  Check what a chart renders:
    helm template my-chart | mutable-tags check -

  Check an update, by what it changes:
    mutable-tags check new.yaml --old running.yaml

  Annotate the lines of a pull request on GitHub, and write a report for code scanning:
    mutable-tags check deploy/ --output github --output sarif=report.sarif

  Let the policy ask registries and look at running Pods, and record the answers:
    kubectl get pods --all-namespaces --output yaml > pods.yaml
    mutable-tags check deploy/ --registry --context pods.yaml --record session.yaml";

fn after_help() -> String {
    format!("Report formats:\n{}\n{AFTER_HELP}", Format::help())
}

#[derive(Clone, Debug, Args)]
#[command(
    after_help = after_help(),
    group(ArgGroup::new("sources").args(["context", "registry"]).multiple(true))
)]
pub(crate) struct CheckArguments {
    /// Files, folders, or - for standard input
    ///
    /// They hold Kubernetes objects, AdmissionRequests or AdmissionReviews, in YAML or JSON. From a
    /// folder, every YAML and JSON file below it is read, except in .git.
    #[arg(value_name = "FILE|FOLDER|-", default_value = ".")]
    pub(crate) paths: Vec<Location>,

    /// Leaves out files and folders, such as 'test/**' or '**/*.json'; can be repeated
    ///
    /// The glob is for paths below a folder that is read, or below the current folder. A file that is
    /// named is never left out, and neither is anything of --old or --context.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Treats a named file as if it were found in a folder, for hooks that name every changed file
    ///
    /// A file that --exclude matches is left out, and a file without an object is skipped. It is not an
    /// error if no object is left.
    #[arg(long)]
    pub(crate) hook: bool,

    /// The objects that run now, as `kubectl get -o yaml` prints them
    ///
    /// A manifest is merged into the object of the same group, kind, namespace and name, as kubectl
    /// apply does, and is judged as an UPDATE. If no such object runs, it is judged as a CREATE.
    ///
    /// A field that the manifest leaves out is removed if it was applied before. The object says so in
    /// last-applied-configuration or managedFields. Any other field stays.
    #[arg(long, value_name = "FILE|FOLDER|-", conflicts_with = "operation")]
    pub(crate) old: Option<Location>,

    /// The operation on the objects, unless --old decides it [default: CREATE]
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value_t,
        hide_default_value = true
    )]
    pub(crate) operation: Operation,

    /// The namespace of objects that name none [default: default]
    #[arg(long, short = 'n', value_name = "NAMESPACE")]
    pub(crate) namespace: Option<Namespace>,

    #[command(flatten)]
    pub(crate) policy: PolicyArguments,

    /// Judges with a compiled policy instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) module: Option<PathBuf>,

    /// Kubernetes objects that the policy may look up; can be repeated
    ///
    /// A file in YAML or JSON, as `kubectl get -o yaml` prints it, or a folder with everything below
    /// it.
    #[arg(long, value_name = "FILE|FOLDER", help_heading = LOOK_UPS)]
    pub(crate) context: Vec<Location>,

    /// Lets the policy ask the registries of images
    ///
    /// A registry on this machine is asked by plain HTTP, any other by HTTPS. Accounts come from
    /// config.json in DOCKER_CONFIG or ~/.docker, and from its credential helpers. A registry without
    /// an account is asked anonymously.
    #[arg(long, help_heading = LOOK_UPS)]
    pub(crate) registry: bool,

    /// Records the policy's lookups and their answers in a file
    ///
    /// `kwctl run --replay-host-capabilities-interactions` reads the file too.
    #[arg(long, value_name = "FILE", requires = "sources", help_heading = LOOK_UPS)]
    pub(crate) record: Option<PathBuf>,

    /// Answers the policy from a recorded file, in its order, and asks nobody
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["context", "registry", "record"],
        help_heading = LOOK_UPS
    )]
    pub(crate) replay: Option<PathBuf>,

    /// The format of the report (see below), and its file; can be repeated
    ///
    /// Without a file, or with -, the report goes to standard output.
    #[arg(
        long,
        short = 'o',
        value_name = "FORMAT[=FILE|-]",
        default_value = "text"
    )]
    pub(crate) output: Vec<Output>,

    /// When to colour the text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: ColourChoice,

    /// Leaves out accepted objects (in text and json), the progress, and notes on defaults
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,

    /// The exit status if there is a warning, and nothing is rejected or unusable
    ///
    /// 1 and 2 keep their other meanings.
    #[arg(long, value_name = "STATUS", default_value_t = 0)]
    pub(crate) warn_exit_code: u8,
}

impl CheckArguments {
    /// Whether a folder is read.
    pub(super) fn has_folder(&self) -> bool {
        let mut paths = self.paths.iter().filter_map(Location::as_path);
        paths.any(Path::is_dir)
    }
}
