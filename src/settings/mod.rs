//! What the policy is told: settings are read once, whole or not at all, and
//! everything that is wrong with them is told at once.

mod adjust;
mod contradiction;
mod controllers;
mod custom_resource;
mod environment;
mod exemption;
mod glob;
mod image_pattern;
mod label_selector;
mod mode;
mod problem;
mod reader;
mod registries;
mod tags;
mod wildcard;

pub use adjust::{Adjust, Drift};
pub use environment::{Applicable, ModeOrigin};
pub use label_selector::{LabelSelector, Labels};
pub use mode::{Enforcement, Mode};
pub use problem::InvalidSettings;
pub use tags::Tags;

use controllers::is_built_in_controller;
use environment::Environments;
use exemption::Exemption;
use glob::Glob;
use problem::Problems;
use reader::{Fields, Given};
use registries::Registries;

use crate::image::{ImageReference, PullPolicy, Registry};
use crate::workload::{CustomResource, Demands, Node, Scope};

/// Valid settings.
///
/// ```
/// use mutable_tags_policy::settings::{Mode, Settings};
///
/// let settings = Settings::parse(r#"{"mode": "lenient"}"#).unwrap();
/// let applicable = settings.applicable(None, |_| Err("no labels are needed"));
/// assert_eq!(applicable.unwrap().mode(), Mode::Lenient);
///
/// let error = Settings::parse(r#"{"mode": "loose", "pullPolicies": "Always"}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     r#"mode must be strict or lenient, not "loose"; pullPolicies must be a list"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings<'a> {
    environments: Environments<'a>,
    tags: Tags,
    pull_policies: Vec<PullPolicy>,
    always_pull_images: bool,
    unchanged: Enforcement,
    owned: Enforcement,
    controllers: Vec<Glob>,
    ephemeral_containers: Enforcement,
    exemptions: Vec<Exemption>,
    image_env_vars: Vec<Glob>,
    custom_resources: Vec<CustomResource<'a>>,
    adjust: Adjust,
    drift: Drift,
    registries: Option<Registries>,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            environments: Environments::default(),
            tags: Tags::default(),
            pull_policies: vec![PullPolicy::Always],
            always_pull_images: false,
            unchanged: Enforcement::Warn,
            owned: Enforcement::Warn,
            controllers: Vec::new(),
            ephemeral_containers: Enforcement::Warn,
            exemptions: Vec::new(),
            image_env_vars: Vec::new(),
            custom_resources: Vec::new(),
            adjust: Adjust::default(),
            drift: Drift::default(),
            registries: None,
        }
    }
}

impl<'a> Settings<'a> {
    /// Reads settings from JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong: text that is no JSON object, unknown and repeated
    /// fields, wrong types and values, and settings that contradict each other.
    pub fn parse(json: &'a str) -> Result<Self, InvalidSettings> {
        let node = Node::parse(json).ok_or_else(InvalidSettings::not_json)?;
        if node.is_empty() {
            return Ok(Self::default());
        }
        let problems = Problems::default();
        let settings = Given::root(node, &problems).fields().map(Self::read);
        problems.finish()?;
        Ok(settings.unwrap_or_default())
    }

    fn read(fields: Fields<'a, '_>) -> Self {
        let default = Self::default();
        let globs = |given: Given<'a, '_>| given.items(|item| item.parsed(Glob::of_names));
        let settings = Self {
            environments: Environments::take(&fields),
            tags: Tags::take(&fields),
            pull_policies: fields
                .take("pullPolicies")
                .map(|given| {
                    let names = PullPolicy::ALL.map(|policy| (policy.as_str(), policy));
                    given.items(|item| item.one_of(&names))
                })
                .unwrap_or(default.pull_policies),
            always_pull_images: fields
                .take("alwaysPullImages")
                .and_then(Given::boolean)
                .unwrap_or(default.always_pull_images),
            unchanged: fields
                .take("unchanged")
                .and_then(|given| given.one_of(Enforcement::WITHOUT_IGNORE))
                .unwrap_or(default.unchanged),
            owned: fields
                .take("owned")
                .and_then(|given| given.one_of(Enforcement::NAMES))
                .unwrap_or(default.owned),
            controllers: fields.take("controllers").map(globs).unwrap_or_default(),
            ephemeral_containers: fields
                .take("ephemeralContainers")
                .and_then(|given| given.one_of(Enforcement::NAMES))
                .unwrap_or(default.ephemeral_containers),
            exemptions: fields
                .take("exemptions")
                .map(|given| given.items(Exemption::read))
                .unwrap_or_default(),
            image_env_vars: fields.take("imageEnvVars").map(globs).unwrap_or_default(),
            custom_resources: fields
                .take("customResources")
                .map(|given| given.items(custom_resource::read))
                .unwrap_or_default(),
            adjust: fields
                .take("adjust")
                .and_then(|given| given.one_of(Adjust::NAMES))
                .unwrap_or_default(),
            drift: Drift::take(&fields),
            registries: fields.take("registries").map(Registries::read),
        };
        settings.report_contradictions(&fields);
        fields.finish();
        settings
    }

    /// The mode for an object in a namespace, or in none. `labels` gives those of the
    /// namespace; it is called at most once, and only where they matter.
    ///
    /// # Errors
    ///
    /// What `labels` says where they cannot be had.
    pub fn applicable<E>(
        &self,
        namespace: Option<&str>,
        labels: impl FnOnce(&str) -> Result<Labels, E>,
    ) -> Result<Applicable<'_>, E> {
        self.environments.applicable(namespace, labels)
    }

    /// What becomes of an object that has a finding.
    #[must_use]
    pub const fn adjust(&self) -> Adjust {
        self.adjust
    }

    /// Whether what a tag means is compared with what runs.
    #[must_use]
    pub const fn drift(&self) -> Drift {
        self.drift
    }

    /// Whether anything is asked of a registry.
    #[must_use]
    pub fn asks_registries(&self) -> bool {
        self.adjust == Adjust::Pin || self.drift != Drift::Unchecked
    }

    /// Whether this registry may be asked what a tag means.
    pub(crate) fn allows_to_ask(&self, registry: &Registry<'_>) -> bool {
        let registries = self.registries.as_ref();
        registries.is_some_and(|registries| registries.allow(registry))
    }

    /// Which tags can move.
    #[must_use]
    pub const fn tags(&self) -> &Tags {
        &self.tags
    }

    /// Whether a mutable tag with this effective pull policy is a finding.
    #[must_use]
    pub fn considers(&self, policy: PullPolicy) -> bool {
        self.pull_policies.contains(&policy)
    }

    /// Whether the cluster overrides what containers declare (the admission plugin
    /// `AlwaysPullImages`).
    #[must_use]
    pub const fn always_pull_images(&self) -> bool {
        self.always_pull_images
    }

    /// What becomes of findings that an update does not bring.
    #[must_use]
    pub const fn unchanged(&self) -> Enforcement {
        self.unchanged
    }

    /// What becomes of findings in objects that a controller makes for others.
    #[must_use]
    pub const fn owned(&self) -> Enforcement {
        self.owned
    }

    /// Whether a user of this name makes objects for others to own.
    #[must_use]
    pub fn is_controller(&self, username: &str) -> bool {
        is_built_in_controller(username)
            || self.controllers.iter().any(|glob| glob.matches(username))
    }

    /// What becomes of findings in ephemeral containers.
    #[must_use]
    pub const fn ephemeral_containers(&self) -> Enforcement {
        self.ephemeral_containers
    }

    /// Whether a finding is exempt. `image` is nothing where what is written is no
    /// reference, `container` where the image is no container's.
    #[must_use]
    pub fn exempts(
        &self,
        image: Option<&ImageReference<'_>>,
        namespace: Option<&str>,
        container: Option<&str>,
    ) -> bool {
        self.exemptions
            .iter()
            .any(|exemption| exemption.matches(image, namespace, container))
    }

    /// Whether an environment variable of this name names an image.
    #[must_use]
    pub fn is_image_env_var(&self, name: &str) -> bool {
        self.image_env_vars.iter().any(|glob| glob.matches(name))
    }

    /// What has to be read beyond what is read of every object.
    #[must_use]
    pub fn demands(&self) -> Demands<'_> {
        Demands {
            scope: if self.image_env_vars.is_empty() {
                Scope::Images
            } else {
                Scope::ImagesAndVariables
            },
            custom_resources: &self.custom_resources,
        }
    }
}
