//! What the policy is told: settings are read once, whole or not at all, and
//! everything that is wrong with them is told at once.

mod adjust;
mod contradiction;
mod controllers;
mod custom_resource;
mod environment;
mod error;
mod exemption;
mod fields;
mod glob;
mod image_pattern;
mod label_selector;
mod mode;
mod reader;
mod registries;
mod tags;
mod wildcard;

pub use adjust::{Adjust, DriftCheck};
pub use environment::{Applicable, ModeOrigin};
pub use error::{InvalidSettings, SettingsError, SettingsErrorKind};
pub use label_selector::{LabelSelector, Labels};
pub use mode::{Enforcement, Mode};
pub use tags::Tags;

use controllers::is_built_in_controller;
use environment::Environments;
use error::Problems;
use exemption::Exemption;
use fields::Fields;
use glob::Glob;
use reader::Given;
use registries::Registries;

use crate::image::{ImageReference, PullPolicy, Registry};
use crate::workload::{CustomResource, Demands, Node, Scope};

const PULL_POLICIES: &[(&str, PullPolicy)] = &[
    (PullPolicy::Always.as_str(), PullPolicy::Always),
    (PullPolicy::IfNotPresent.as_str(), PullPolicy::IfNotPresent),
    (PullPolicy::Never.as_str(), PullPolicy::Never),
];

/// Valid settings.
///
/// ```
/// use mutable_tags_policy::settings::{Mode, Settings};
///
/// let settings = Settings::parse(r#"{"mode": "lenient"}"#).unwrap();
/// let applicable = settings.applicable(None, |_, _| Err("no labels are needed"));
/// assert_eq!(applicable.unwrap().mode(), Mode::Lenient);
///
/// let error = Settings::parse(r#"{"mode": "loose", "pullPolicies": "Always"}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     r#"mode must be strict or lenient, not "loose"; pullPolicies must be a list"#
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings<'a> {
    environments: Environments<'a>,
    tags: Tags,
    /// `Always` alone, where none are given.
    pull_policies: Option<Vec<PullPolicy>>,
    always_pull_images: bool,
    unchanged: Enforcement,
    owned: Enforcement,
    controllers: Vec<Glob>,
    ephemeral_containers: Enforcement,
    exemptions: Vec<Exemption>,
    image_env_vars: Vec<Glob>,
    custom_resources: Vec<CustomResource<'a>>,
    adjust: Adjust,
    drift: DriftCheck,
    registries: Option<Registries>,
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
        Self::from_node(node)
    }

    /// Reads settings from what stands in a document.
    pub(crate) fn from_node(mut node: Node<'a>) -> Result<Self, InvalidSettings> {
        Self::of(&node).or_else(|_| {
            // What is wrong is told in one order, in whatever order it is written.
            node.sort();
            Self::of(&node)
        })
    }

    fn of(node: &Node<'a>) -> Result<Self, InvalidSettings> {
        let problems = Problems::default();
        let fields = match node {
            node if node.is_empty() => None,
            node => Given::root(node, &problems).fields(),
        };
        let settings = fields.map_or_else(Self::default, Self::read);
        problems.finish()?;
        Ok(settings)
    }

    fn read(fields: Fields<'a, '_>) -> Self {
        let globs = |name| fields.items(name, |item| item.parsed(Glob::of_names));
        let settings = Self {
            environments: Environments::take(&fields),
            tags: Tags::take(&fields),
            pull_policies: fields.given_items("pullPolicies", |item| item.one_of(PULL_POLICIES)),
            always_pull_images: fields.boolean("alwaysPullImages"),
            unchanged: fields
                .one_of("unchanged", Enforcement::WITHOUT_IGNORE)
                .unwrap_or_default(),
            owned: fields
                .one_of("owned", Enforcement::NAMES)
                .unwrap_or_default(),
            controllers: globs("controllers"),
            ephemeral_containers: fields
                .one_of("ephemeralContainers", Enforcement::NAMES)
                .unwrap_or_default(),
            exemptions: fields.items("exemptions", Exemption::read),
            image_env_vars: globs("imageEnvVars"),
            custom_resources: fields.items("customResources", custom_resource::read),
            adjust: fields.one_of("adjust", Adjust::NAMES).unwrap_or_default(),
            drift: DriftCheck::take(&fields),
            registries: Registries::take(&fields),
        };
        settings.report_contradictions(&fields);
        fields.finish();
        settings
    }

    /// The mode for an object in a namespace, or in none. `labels` passes those of the
    /// namespace on; it is called at most once, and only where they matter.
    ///
    /// # Errors
    ///
    /// What `labels` says where they cannot be had.
    pub fn applicable<E>(
        &self,
        namespace: Option<&str>,
        labels: impl FnOnce(&str, &mut dyn FnMut(&Labels<'_>)) -> Result<(), E>,
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
    pub const fn drift(&self) -> DriftCheck {
        self.drift
    }

    /// Whether anything is asked of a registry.
    #[must_use]
    pub fn asks_registries(&self) -> bool {
        self.adjust == Adjust::Pin || self.drift != DriftCheck::Unchecked
    }

    /// Whether this registry, in a form of its own, may be asked what a tag means.
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
        match &self.pull_policies {
            Some(policies) => policies.contains(&policy),
            None => policy == PullPolicy::Always,
        }
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
