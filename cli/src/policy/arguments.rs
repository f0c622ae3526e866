//! Where the command line finds the settings.

use std::path::PathBuf;

use clap::Args;

/// The settings: of a policy's manifest, of a file, or of the command line itself.
#[derive(Clone, Debug, Default, Args)]
#[group(id = "settings", multiple = false)]
pub(crate) struct PolicyArguments {
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
}

impl PolicyArguments {
    /// Whether none of them is given.
    pub(super) fn is_empty(&self) -> bool {
        self.policy.is_none() && self.settings_path.is_none() && self.settings_json.is_none()
    }
}
