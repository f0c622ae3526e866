//! Reads the settings of the policy, and answers for each request which of them apply.
//! Settings are valid as a whole or not at all, and all their errors are reported at once.

mod added_images;
mod adjust;
mod contradiction;
mod controllers;
mod custom_resource;
mod decided_by;
mod environment;
mod error;
mod exemption;
mod fields;
mod glob;
mod image_pattern;
mod label_selector;
mod lazy;
mod mirror;
mod mode;
mod pull_policies;
mod reader;
mod registries;
mod tags;
mod wildcard;

pub use adjust::{Adjust, DriftCheck};
pub use decided_by::DecidedBy;
pub use environment::{Applicable, ModeOrigin, PendingMode, Selection};
pub use error::{InvalidSettings, SettingsError, SettingsErrorKind};
pub use mode::{Enforcement, Mode};
pub use pull_policies::PullPolicies;
pub use tags::{KnownPublisher, Tags};

pub(crate) use label_selector::{LabelSelector, Labels, SelectorForm};
pub(crate) use lazy::LazySettings;

use added_images::AddedImages;
use environment::Environments;
use error::Problems;
use exemption::Exemption;
use fields::Fields;
use glob::Glob;
use image_pattern::PatternSubject;
use reader::Input;
use registries::Registries;

use crate::budget::Budget;
use crate::document::{Malformed, Value};
use crate::image::{ImageReference, PullPolicy, Registry};
use crate::workload::{Kind, OwnerKind};

const PULL_POLICIES: &[(&str, PullPolicy)] = &[
    (PullPolicy::Always.as_str(), PullPolicy::Always),
    (PullPolicy::IfNotPresent.as_str(), PullPolicy::IfNotPresent),
    (PullPolicy::Never.as_str(), PullPolicy::Never),
];

/// The longest settings, in bytes. A policy server sends them with every request.
const MAX_BYTES: usize = 100 << 10;

/// The settings of the policy, which are valid by construction.
///
/// ```
/// use mutable_tags_policy::settings::{Mode, Selection, Settings};
///
/// let settings = Settings::parse(r#"{"mode": "lenient"}"#).unwrap();
/// let Selection::Decided(applicable) = settings.select(None) else {
///     panic!("no labels are needed");
/// };
/// assert_eq!(applicable.mode(), Mode::Lenient);
///
/// let error = Settings::parse(r#"{"mode": "loose", "pullPolicies": "Always"}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     r#"mode must be strict or lenient, not "loose"; pullPolicies must be a list"#
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    environments: Environments,
    tags: Tags,
    pull_policies: PullPolicies,
    unchanged: Enforcement,
    owned: Enforcement,
    controllers: Vec<Glob>,
    ephemeral_containers: Enforcement,
    exemptions: Vec<Exemption>,
    /// The images of every kind, so that all are validated. A request reads only those of its own
    /// kind (`LazySettings`).
    added_images: AddedImages,
    adjust: Adjust,
    drift: DriftCheck,
    registries: Option<Registries>,
    hint: Option<String>,
}

impl Settings {
    /// # Errors
    ///
    /// Every problem of the settings: text that is too long or not a JSON object, unknown fields,
    /// wrong types and values, and settings that contradict each other.
    pub fn parse(json: &str) -> Result<Self, InvalidSettings> {
        if json.len() > MAX_BYTES {
            return Err(InvalidSettings::too_long(json.len(), MAX_BYTES));
        }
        let value = Value::parse(json).map_err(|Malformed| InvalidSettings::not_json())?;
        Self::from_value(&value)
    }

    pub(crate) fn from_value(value: &Value<'_>) -> Result<Self, InvalidSettings> {
        let problems = Problems::new();
        let input = Input::root(value, &problems);
        let fields = Fields::of_settings(&input);
        let settings = fields.map_or_else(Self::default, |fields| Self::read(fields));
        InvalidSettings::of(problems).map_or(Ok(settings), Err)
    }

    fn read(fields: Fields<'_, '_>) -> Self {
        let settings = Self {
            environments: Environments::of(&fields),
            tags: Tags::of(&fields),
            pull_policies: PullPolicies::of(&fields),
            unchanged: fields
                .one_of("unchanged", Enforcement::WITHOUT_IGNORE)
                .unwrap_or_default(),
            owned: fields
                .one_of("owned", Enforcement::NAMES)
                .unwrap_or_default(),
            controllers: fields.items("controllers", |item| item.parsed(Glob::of_names)),
            ephemeral_containers: fields
                .one_of("ephemeralContainers", Enforcement::NAMES)
                .unwrap_or_default(),
            exemptions: fields.items("exemptions", |item| Exemption::read(&item)),
            added_images: AddedImages::of(&fields, None),
            adjust: fields.one_of("adjust", Adjust::NAMES).unwrap_or_default(),
            drift: DriftCheck::of(&fields),
            registries: Registries::of(&fields),
            hint: read_hint(&fields),
        };
        settings.report_contradictions(&fields);
        fields.finalize();
        settings
    }

    /// Selects the mode for an object in `namespace`; `None` for a cluster-scoped object.
    #[must_use]
    pub fn select(&self, namespace: Option<&str>) -> Selection<'_> {
        self.environments.select(namespace)
    }

    /// The modes that requests can get: those of the environments in their order, and last the one
    /// where none of them matches. If `environment` names one, its mode is the only one.
    #[must_use]
    pub fn modes(&self) -> Vec<Applicable<'_>> {
        self.environments.modes()
    }

    #[must_use]
    pub const fn adjust(&self) -> Adjust {
        self.adjust
    }

    #[must_use]
    pub const fn drift(&self) -> DriftCheck {
        self.drift
    }

    /// Whether any setting makes the policy look up digests in registries.
    #[must_use]
    pub fn asks_registries(&self) -> bool {
        self.adjust == Adjust::Pin || self.drift != DriftCheck::Unchecked
    }

    /// Whether the setting `registries` lists this registry; `false` where the budget is spent.
    pub(crate) fn allows_to_ask(&self, registry: &Registry<'_>, budget: &Budget) -> bool {
        let registries = self.registries.as_ref();
        registries.is_some_and(|registries| registries.allow(registry, budget))
    }

    #[must_use]
    pub const fn tags(&self) -> &Tags {
        &self.tags
    }

    #[must_use]
    pub const fn pull_policies(&self) -> &PullPolicies {
        &self.pull_policies
    }

    /// The enforcement of findings that an update leaves as they were.
    #[must_use]
    pub const fn unchanged(&self) -> Enforcement {
        self.unchanged
    }

    /// The enforcement of findings in objects that a controller created for their owner.
    #[must_use]
    pub const fn owned(&self) -> Enforcement {
        self.owned
    }

    /// Whether the user is one of the setting `controllers`.
    pub(crate) fn is_controller(&self, username: &str) -> bool {
        self.controllers.iter().any(|glob| glob.matches(username))
    }

    /// Whether the user made an object of this kind for its owner, as a built-in controller does
    /// or one of the setting `controllers`.
    pub(crate) fn vouches(&self, username: &str, object: &Kind<'_>, owner: &OwnerKind) -> bool {
        controllers::makes(username, object, owner) || self.is_controller(username)
    }

    /// The enforcement of findings in ephemeral containers.
    #[must_use]
    pub const fn ephemeral_containers(&self) -> Enforcement {
        self.ephemeral_containers
    }

    /// The reason of the first exemption that matches a finding. `image` is `None` if it does not parse as a
    /// reference, `container` is `None` for an image outside containers. None matches where the
    /// budget is spent.
    pub(crate) fn exemption(
        &self,
        image: Option<&ImageReference<'_>>,
        namespace: Option<&str>,
        container: Option<&str>,
        budget: &Budget,
    ) -> Option<&str> {
        if self.exemptions.is_empty() {
            return None;
        }
        let image = image.and_then(PatternSubject::of);
        let mut exemptions = self.exemptions.iter();
        let found = exemptions
            .find(|exemption| exemption.matches(image.as_ref(), namespace, container, budget));
        found.map(Exemption::reason)
    }

    /// The indexes, in the setting `exemptions`, of those that can accept findings of an image. Some
    /// do so only in the namespaces or containers that they name.
    #[must_use]
    pub fn exemptions_of(&self, image: &ImageReference<'_>) -> Vec<usize> {
        let image = PatternSubject::of(image);
        let budget = Budget::unlimited();
        let exemptions = self.exemptions.iter();
        let matching =
            exemptions.filter(|exemption| exemption.matches_image(image.as_ref(), &budget));
        matching.map(Exemption::index).collect()
    }

    /// The text at the end of every message.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

/// The longest hint, in characters: a sentence with a link.
const MAX_HINT: usize = 200;

fn read_hint(fields: &Fields<'_, '_>) -> Option<String> {
    let hint = fields.optional("hint")?.verbatim_text(MAX_HINT)?;
    Some(hint.clone().into_owned())
}
