//! The command line of `mutable-tags check`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use crate::input::location::Location;
use crate::input::namespace::Namespace;
use crate::policy::PolicyArguments;
use crate::report::{Colour, Output};
use crate::request::Operation;

const LOOK_UPS: &str = "What the policy may look up";

const AFTER_HELP: &str = "\
Exit status:
  0  every object was accepted, with or without warnings
  1  at least one object was rejected
  2  input, settings or module could not be used, or there was no object at all

Examples:
  Check every manifest below this folder with the settings of the cluster's policy:
    mutable-tags check . --policy policy.yaml

  Check what a chart renders:
    helm template my-chart | mutable-tags check -

  Check an update by what it changes:
    mutable-tags check new.yaml --old running.yaml

  Show a pull request's lines on GitHub, and keep a report for code scanning:
    mutable-tags check deploy/ --output github --output sarif=report.sarif

  Let the policy ask registries and look at what runs, and keep what it learnt:
    kubectl get pods --all-namespaces --output yaml > pods.yaml
    mutable-tags check deploy/ --registry --context pods.yaml --record session.yaml";

#[derive(Clone, Debug, Args)]
#[command(
    after_help = AFTER_HELP,
    group(ArgGroup::new("sources").args(["context", "registry"]).multiple(true))
)]
pub(crate) struct CheckArguments {
    /// Kubernetes objects, AdmissionRequests and AdmissionReviews, YAML or JSON: a file, a folder
    /// (read with all below it) or - for standard input
    #[arg(value_name = "FILE|FOLDER|-", default_value = ".")]
    pub(crate) paths: Vec<Location>,

    /// Leaves out files and folders below a folder, such as 'test/**'; can be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// The objects that run now, as `kubectl get -o yaml` prints them: a manifest is laid over the
    /// object of the same group, kind, namespace and name, as kubectl apply does, and judged as an
    /// UPDATE; fields that it leaves out are removed where kubectl applied them, and else stay
    #[arg(long, value_name = "FILE|FOLDER|-", conflicts_with = "operation")]
    pub(crate) old: Option<Location>,

    /// The operation on objects of which --old has none
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

    /// Judges with a compiled policy instead of the one that this program is built with
    #[arg(long, value_name = "FILE")]
    pub(crate) module: Option<PathBuf>,

    /// Kubernetes objects that the policy may look up, YAML or JSON, as `kubectl get
    /// -o yaml` prints them: a file, or a folder with all below it; can be repeated
    #[arg(long, value_name = "FILE|FOLDER", help_heading = LOOK_UPS)]
    pub(crate) context: Vec<Location>,

    /// Lets the policy ask the registries of images: by plain HTTP on this machine, by HTTPS
    /// elsewhere; with the accounts in config.json of DOCKER_CONFIG or ~/.docker and those of its
    /// credential helpers, and anonymously where there is none
    #[arg(long, help_heading = LOOK_UPS)]
    pub(crate) registry: bool,

    /// Writes the calls of the policy and their answers, in the form that `kwctl run
    /// --replay-host-capabilities-interactions` reads
    #[arg(long, value_name = "FILE", requires = "sources", help_heading = LOOK_UPS)]
    pub(crate) record: Option<PathBuf>,

    /// Answers the policy from such a file, in its order, and asks nobody
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["context", "registry", "record"],
        help_heading = LOOK_UPS
    )]
    pub(crate) replay: Option<PathBuf>,

    /// The form of the report, and the file that it is written to; can be repeated
    #[arg(long, short = 'o', value_name = "FORM[=FILE]", default_value = "text")]
    pub(crate) output: Vec<Output>,

    /// Whether text is coloured; auto colours it on a terminal unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: Colour,

    /// Reports neither accepted objects nor the progress
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,

    /// The exit status where nothing is rejected and something is warned of
    #[arg(long, value_name = "STATUS", default_value_t = 0)]
    pub(crate) warn_exit_code: u8,
}
