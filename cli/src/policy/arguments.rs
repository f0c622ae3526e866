//! The arguments that say where settings come from.

use clap::Args;

use crate::input::location::Location;

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PolicyArguments {
    /// A ClusterAdmissionPolicy or AdmissionPolicy, for its settings and its permissions
    ///
    /// The permissions say what the policy may change and look up. Rules and selectors are ignored:
    /// every object is judged.
    #[arg(long, value_name = "FILE|-", group = "settings")]
    pub(crate) policy: Option<Location>,

    /// A file with the policy's settings, in YAML or JSON
    #[arg(long, value_name = "FILE|-", group = "settings")]
    pub(crate) settings_path: Option<Location>,

    /// The policy's settings, as JSON
    #[arg(long, value_name = "JSON", group = "settings")]
    pub(crate) settings_json: Option<String>,

    /// Ignores the file .mutable-tags.yaml, which has the defaults of a repository
    #[arg(long)]
    pub(crate) no_config: bool,
}

impl PolicyArguments {
    /// Whether standard input has the settings.
    pub(crate) fn uses_standard_input(&self) -> bool {
        [&self.policy, &self.settings_path].contains(&&Some(Location::StandardInput))
    }

    /// Whether the command line itself has settings.
    pub(super) fn has_settings(&self) -> bool {
        self.policy.is_some() || self.settings_path.is_some() || self.settings_json.is_some()
    }
}
