//! The command line of `mutable-tags`.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

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

#[derive(Clone, Debug, Args)]
#[command(
    after_help = AFTER_HELP,
    group(ArgGroup::new("settings").args(["settings_json", "settings_path", "policy"])),
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

    /// A ClusterAdmissionPolicy or AdmissionPolicy, for its settings, and for what it may change
    /// and look up; every object is judged, whatever its rules and selectors say
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// A file with the policy's settings, YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) settings_path: Option<PathBuf>,

    /// The policy's settings, as JSON
    #[arg(long, value_name = "JSON")]
    pub(crate) settings_json: Option<String>,

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

/// The source of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path(PathBuf),
    /// Standard input, written as `-`.
    StandardInput,
}

impl FromStr for Location {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "-" => Self::StandardInput,
            path => Self::Path(PathBuf::from(path)),
        })
    }
}

/// The operation on an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum Operation {
    /// The object is new (the default)
    #[default]
    Create,
    /// The object changes; judged without an old object, which --old would add
    Update,
    /// The object goes
    Delete,
}

impl Operation {
    /// The name in an AdmissionRequest.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        }
    }
}

/// A report, and the file that it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) form: Form,
    /// `None` for standard output.
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (form, file) = match text.split_once('=') {
            Some((form, file)) if !file.is_empty() => (form, Some(PathBuf::from(file))),
            Some((form, _)) => return Err(format!("write {form}=FILE, or {form} alone")),
            None => (text, None),
        };
        let form = Form::from_str(form, false).map_err(|_| {
            let forms = Form::value_variants().iter();
            let names = forms.filter_map(Form::to_possible_value);
            let names: Vec<_> = names.map(|form| form.get_name().to_owned()).collect();
            format!(
                "{form:?} is no form of a report: there are {}",
                names.join(", ")
            )
        })?;
        Ok(Self { form, file })
    }
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people: a line for each object, its findings under it, a summary at the end
    Text,
    /// One JSON object a line, with file, line, column, object and findings
    Json,
    /// One admission response a line, as `kwctl run` prints it
    Kwctl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for CI servers
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The name of a namespace, a DNS label (RFC 1123).
///
/// ```
/// # use mutable_tags_cli::Namespace;
/// assert_eq!("team-a".parse::<Namespace>()?.as_str(), "team-a");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace(String);

impl Namespace {
    const MAXIMUM: usize = 63;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Namespace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        if text.is_empty() || text.len() > Self::MAXIMUM {
            return Err(format!("a namespace has 1 to {} characters", Self::MAXIMUM));
        }
        if let Some(offender) = text.chars().find(|&character| !is_plain(character)) {
            return Err(format!(
                "{offender:?} cannot be in a namespace: lower-case letters, digits and '-' can"
            ));
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err("a namespace begins and ends with a letter or a digit".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}
