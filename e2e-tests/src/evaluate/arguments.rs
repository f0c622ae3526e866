//! The command line of `evaluate`.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Parser, ValueEnum};

const LONG_ABOUT: &str = "\
Judges Kubernetes manifests or recorded admission requests with the built policy, \
in the engine that Kubewarden's policy-server uses. No cluster is needed, and \
what the policy asks of a cluster or of registries is refused, unless you let it look.";

const LOOK_UPS: &str = "What the policy may look up";

const AFTER_HELP: &str = "\
Exit status:
  0  every object was accepted, with or without warnings
  1  at least one object was rejected
  2  input, settings or module could not be used, or there was no object at all

Examples:
  Judge every manifest below a folder with the settings of the cluster's policy:
    evaluate --manifest deploy/ --policy policy.yaml

  Judge what a chart renders:
    helm template my-chart | evaluate --manifest - --settings-json '{\"mode\":\"lenient\"}'

  Judge an update by what it changes:
    evaluate --manifest new.yaml --old old.yaml

  Let the policy ask registries and look at what runs, and keep what it learnt:
    kubectl get pods --all-namespaces --output yaml > pods.yaml
    evaluate --manifest deploy/ --registry --context pods.yaml --record session.yaml

  Judge the same again without asking anybody:
    evaluate --manifest deploy/ --replay session.yaml

  Judge a recorded request and print the response as `kwctl run` does:
    evaluate --request-path request.json --output json";

/// The parsed arguments. clap shows the comments of the fields as help.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "evaluate",
    version,
    about = "Judges Kubernetes manifests or admission requests with the built policy",
    long_about = LONG_ABOUT,
    after_help = AFTER_HELP,
    group(ArgGroup::new("input").required(true).args(["request_path", "manifest"])),
    group(ArgGroup::new("settings").args(["settings_json", "settings_path", "policy"])),
    group(ArgGroup::new("sources").args(["context", "registry"]).multiple(true))
)]
pub struct Arguments {
    /// Kubernetes objects, YAML or JSON: a file, a folder (read with all below it)
    /// or - for standard input; can be repeated
    #[arg(long, short = 'f', value_name = "FILE|FOLDER|-")]
    pub(super) manifest: Vec<Location>,

    /// An AdmissionRequest or an AdmissionReview, YAML or JSON; - for standard input
    #[arg(
        long,
        short = 'r',
        value_name = "FILE|-",
        conflicts_with_all = ["operation", "namespace", "old"]
    )]
    pub(super) request_path: Option<Location>,

    /// The operation on the objects of --manifest
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value_t,
        hide_default_value = true
    )]
    pub(super) operation: Operation,

    /// The namespace of objects that name none [default: default]
    #[arg(long, short = 'n', value_name = "NAMESPACE")]
    pub(super) namespace: Option<Namespace>,

    /// The objects that run now: one of --manifest that is here too (same group, kind,
    /// namespace and name) is judged as an UPDATE
    #[arg(long, value_name = "FILE|FOLDER|-", conflicts_with = "operation")]
    pub(super) old: Option<Location>,

    /// The policy's settings, as JSON
    #[arg(long, value_name = "JSON")]
    pub(super) settings_json: Option<String>,

    /// A file with the policy's settings, YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub(super) settings_path: Option<PathBuf>,

    /// A ClusterAdmissionPolicy or AdmissionPolicy, for its settings, and for what it may change
    /// and look up; as with kwctl, every object is judged, whatever its rules and selectors say,
    /// and monitor mode is not looked at: a rejection is one
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,

    /// The policy's module
    #[arg(long, value_name = "FILE", default_value = "policy.wasm")]
    pub(super) module: PathBuf,

    /// Kubernetes objects that the policy may look up, YAML or JSON, as `kubectl get
    /// -o yaml` prints them: a file, or a folder with all below it; can be repeated
    #[arg(long, value_name = "FILE|FOLDER", help_heading = LOOK_UPS)]
    pub(super) context: Vec<Location>,

    /// Lets the policy ask the registries of images, without an account: by plain HTTP
    /// on this machine, by HTTPS elsewhere
    #[arg(long, help_heading = LOOK_UPS)]
    pub(super) registry: bool,

    /// Writes the calls of the policy and their answers, in the form that `kwctl run
    /// --replay-host-capabilities-interactions` reads
    #[arg(long, value_name = "FILE", requires = "sources", help_heading = LOOK_UPS)]
    pub(super) record: Option<PathBuf>,

    /// Answers the policy from such a file, in its order, and asks nobody
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["context", "registry", "record"],
        help_heading = LOOK_UPS
    )]
    pub(super) replay: Option<PathBuf>,

    /// The form of the report: text for people, or one admission response a line
    #[arg(long, short = 'o', value_enum, default_value_t)]
    pub(super) output: Output,

    /// Whether text is coloured; auto colours it on a terminal unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: Colour,
}

/// The source of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
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
pub(super) enum Operation {
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
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// A line for each object, its findings under it, a summary at the end
    #[default]
    Text,
    /// An admission response a line, as `kwctl run` prints it
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
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
/// # use e2e_tests::evaluate::Namespace;
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
