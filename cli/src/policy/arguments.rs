//! Where the command line finds the settings.

use clap::Args;

use crate::input::location::Location;

/// The settings: of a policy's manifest, of a file, or of the command line itself.
#[derive(Clone, Debug, Default, Args)]
#[group(id = "settings", multiple = false)]
pub(crate) struct PolicyArguments {
    /// A ClusterAdmissionPolicy or AdmissionPolicy, for its settings and its permissions
    ///
    /// The permissions say what the policy may change and look up. Rules and selectors are ignored:
    /// every object is judged.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) policy: Option<Location>,

    /// A file with the policy's settings, in YAML or JSON
    #[arg(long, value_name = "FILE|-")]
    pub(crate) settings_path: Option<Location>,

    /// The policy's settings, as JSON
    #[arg(long, value_name = "JSON")]
    pub(crate) settings_json: Option<String>,
}

impl PolicyArguments {
    /// Whether standard input has the settings.
    pub(crate) fn read_standard_input(&self) -> bool {
        [&self.policy, &self.settings_path].contains(&&Some(Location::StandardInput))
    }

    /// Whether none of them is given.
    pub(super) fn is_empty(&self) -> bool {
        self.policy.is_none() && self.settings_path.is_none() && self.settings_json.is_none()
    }
}
