//! Searches objects of unknown kinds for values that look like containers. A value that only
//! might be one is left out, since a false finding would reject a harmless object.

use std::borrow::Cow;

use super::image_location::NAME;
use super::joined::{Parts, has_no_tag_or_digest};
use super::listed::ListedReader;
use super::operators::ContainerFields;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::document::{Cursor, Errors, FieldPath, Fields, Step, Value};
use crate::image::{ImageReference, PullPolicy};

/// Searches an object; `known` are the fields in which its kind has containers.
pub(super) fn search<'t>(
    object: &'t Value<'t>,
    known: Option<&ContainerFields>,
    listed: &mut ListedReader<'_>,
) -> Vec<ImageSite<'t>> {
    let mut search = Search {
        known,
        listed,
        steps: Vec::new(),
        sites: Vec::new(),
        bytes: 0,
    };
    if let Value::Object(fields) = object {
        search.object_within(fields, Role::Other);
        search.add_images(fields, Role::Other);
    }
    search.sites
}

/// The state of a search at one value of the object.
struct Search<'t, 'l, 's> {
    known: Option<&'l ContainerFields>,
    listed: &'l mut ListedReader<'s>,
    /// The path of the current value.
    steps: Vec<Step<'t>>,
    sites: Vec<ImageSite<'t>>,
    /// The size of the sites so far.
    bytes: usize,
}

/// The role of a value, which its field or its list determines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Container(ContainerType),
    /// A container in a field that only the kind of the object has.
    KnownContainer,
    Volume,
    /// Any other value.
    Other,
}

impl Role {
    /// The role of the items in a list of this name. Operators call such lists `extraContainers`,
    /// `sidecarContainers` or `additionalInitContainers`.
    fn of_items(list: &str) -> Self {
        match list {
            "containers" => Self::Container(ContainerType::Container),
            "ephemeralContainers" => Self::Container(ContainerType::EphemeralContainer),
            "initContainers" => Self::Container(ContainerType::InitContainer),
            "volumes" => Self::Volume,
            _ if list.ends_with("InitContainers") => Self::Container(ContainerType::InitContainer),
            _ if list.ends_with("Containers") => Self::Container(ContainerType::Container),
            _ => Self::Other,
        }
    }
}

impl<'t> Search<'t, '_, '_> {
    fn field(&mut self, name: &'t str, value: &'t Value<'t>, holder: Role) {
        match value {
            // The object's own metadata and status run no image.
            _ if self.steps.is_empty() && matches!(name, "metadata" | "status") => {}
            // The image of a Ceph volume is a block device.
            _ if holder == Role::Volume && name == "rbd" => {}
            Value::Array(_) => {
                let role = match Role::of_items(name) {
                    Role::Other => self.known_role(name),
                    role => role,
                };
                self.steps.push(Step::field(name));
                self.items(value.items(), role);
                self.steps.pop();
            }
            Value::Object(fields) => {
                let role = self.known_role(name);
                self.steps.push(Step::field(name));
                self.object_within(fields, role);
                self.add_container(value, fields, role);
                self.steps.pop();
            }
            _ => {}
        }
    }

    /// The role that the kind of the object gives to the values in a field.
    fn known_role(&self, field: &str) -> Role {
        match self.known.is_some_and(|known| known.has(field)) {
            true => Role::KnownContainer,
            false => Role::Other,
        }
    }

    fn items(&mut self, items: &'t [Value<'t>], role: Role) {
        for (index, item) in items.iter().enumerate() {
            self.steps.push(Step::Item(index));
            match item {
                Value::Object(fields) => {
                    let first = self.sites.len();
                    self.object_within(fields, role);
                    if self.sites.len() > first
                        && let Some(name) = fields.get(NAME).and_then(Value::as_str)
                    {
                        for site in self.sites.iter_mut().skip(first) {
                            site.items.push(Cow::Borrowed(name));
                        }
                    }
                    self.add_container(item, fields, role);
                }
                Value::Array(items) => self.items(items, Role::Other),
                _ => {}
            }
            self.steps.pop();
        }
    }

    fn object_within(&mut self, fields: &'t Fields<'t>, role: Role) {
        for (name, value) in fields.iter() {
            self.field(name, value, role);
        }
    }

    /// Adds the images of an object and, if it is a container, of its variables and arguments.
    fn add_container(&mut self, value: &'t Value<'t>, fields: &'t Fields<'t>, role: Role) {
        match role {
            Role::Container(container_type) => self.add_listed(value, container_type),
            Role::KnownContainer => self.add_listed(value, ContainerType::Container),
            Role::Volume | Role::Other => {}
        }
        self.add_images(fields, role);
    }

    /// The pull policy of a container, for which the operator may have a default.
    fn with_operator_default(
        &self,
        declared: DeclaredPullPolicy,
        role: Role,
        image: &str,
    ) -> DeclaredPullPolicy {
        let has_default = matches!(
            role,
            Role::Container(ContainerType::Container) | Role::KnownContainer
        );
        match (declared, self.known) {
            (DeclaredPullPolicy::Absent, Some(known)) if has_default => {
                known.default_pull_policy().for_image(image)
            }
            _ => declared,
        }
    }

    /// Adds the images in the listed variables and arguments of a container.
    fn add_listed(&mut self, container: &'t Value<'t>, container_type: ContainerType) {
        // The schema of the object is unknown, so no type can be wrong.
        let errors = Errors::new();
        let cursor = Cursor::at(container, &self.steps, &errors);
        let name = container.str_at(NAME);
        let sites = self.listed.read(&cursor, container_type, name);
        self.sites.extend(sites);
    }

    /// Adds the images of an object that looks like a container or an image volume.
    fn add_images(&mut self, fields: &'t Fields<'t>, role: Role) {
        let text = |name| fields.get(name).and_then(Value::as_str);
        if role == Role::Volume
            && let Some(Value::Object(source)) = fields.get("image")
            && let Some(image) = source.get("reference").and_then(Value::as_str)
        {
            self.add_site(
                &["image", "reference"],
                image.into(),
                Holder::Volume(text(NAME)),
                LikelyPullPolicy::of(source.get("pullPolicy")).declared(),
                "pullPolicy",
            );
        }
        let name = text(NAME);
        if let Role::Container(container_type) = role {
            let Some(image) = text("image") else {
                return;
            };
            let declared = LikelyPullPolicy::of(fields.get("imagePullPolicy")).declared();
            let declared = self.with_operator_default(declared, role, image);
            let holder = Holder::Container {
                container_type,
                name,
            };
            self.add_site(
                &["image"],
                image.into(),
                holder,
                declared,
                "imagePullPolicy",
            );
            return;
        }
        let Some((image_field, image)) = image_of(fields, role) else {
            return;
        };
        let image_pull_policy = LikelyPullPolicy::of(fields.get("imagePullPolicy"));
        let pull_policy = LikelyPullPolicy::of(fields.get("pullPolicy"));
        let (policy, field) = match (image_pull_policy, pull_policy) {
            // The values of charts have `repository`, `tag` and `pullPolicy` beside each other.
            (LikelyPullPolicy::Absent, LikelyPullPolicy::Absent) if image_field == "repository" => {
                (LikelyPullPolicy::Absent, "pullPolicy")
            }
            (policy, LikelyPullPolicy::Absent) | (policy @ LikelyPullPolicy::Declared(_), _) => {
                (policy, "imagePullPolicy")
            }
            (_, policy) => (policy, "pullPolicy"),
        };
        let owner = name.map(|name| (NAME, Cow::Borrowed(name)));
        let holder = Holder::Field { owner };
        let declared = self.with_operator_default(policy.declared(), role, &image);
        self.add_site(&[image_field], image, holder, declared, field);
    }

    /// Adds the image at `fields`, a path relative to the current value.
    fn add_site(
        &mut self,
        fields: &[&'static str],
        image: Cow<'t, str>,
        holder: Holder<'t>,
        declared: DeclaredPullPolicy,
        pull_policy_field: &'static str,
    ) {
        // The caller refuses the object beyond this limit, so further sites do not matter.
        if image.is_empty() || self.bytes > MAX_SITE_BYTES {
            return;
        }
        // A controller surely reads the pull policy of a container. Elsewhere only a field that is
        // set shows that somebody reads it.
        let is_read = !matches!(holder, Holder::Field { .. })
            || matches!(declared, DeclaredPullPolicy::Declared(_));
        let mut steps = Vec::with_capacity(self.steps.len() + fields.len());
        steps.extend_from_slice(&self.steps);
        steps.extend(fields.iter().map(|field| Step::field(field)));
        let site = ImageSite {
            path: FieldPath::from(steps),
            items: Vec::new(),
            holder,
            image,
            declared,
            pull_policy_field: pull_policy_field.into(),
            pull_policy_place: match is_read {
                true => PullPolicyPlace::Beside,
                false => PullPolicyPlace::Unknown,
            },
            provenance: Provenance::Searched,
        };
        self.bytes += site.weight();
        self.sites.push(site);
    }
}

/// Whether an object has a field of a virtual machine, whose image is a disk image.
fn is_machine(fields: &Fields<'_>) -> bool {
    let mut names = ["flavor", "instanceType", "machineType"].into_iter();
    names.any(|name| fields.get(name).is_some_and(|value| !value.is_null()))
}

/// Whether an object has a field that usually belongs to a container.
fn looks_like_a_container(fields: &Fields<'_>) -> bool {
    let is_given = |name| fields.get(name).is_some_and(|value| !value.is_null());
    let is_nested = |name| fields.get(name).is_some_and(Value::is_nested);
    let has_container_port = || {
        let ports = fields.get("ports").map_or(&[][..], Value::items);
        ports.iter().any(|port| port.get("containerPort").is_some())
    };
    NESTED_OF_CONTAINERS.into_iter().any(is_nested)
        || GIVEN_OF_CONTAINERS.into_iter().any(is_given)
        || has_container_port()
}

/// Lists and objects that stand beside the image of a container.
const NESTED_OF_CONTAINERS: [&str; 8] = [
    "args",
    "command",
    "env",
    "livenessProbe",
    "readinessProbe",
    "securityContext",
    "startupProbe",
    "volumeMounts",
];
/// Values that stand beside the image of a container.
const GIVEN_OF_CONTAINERS: [&str; 4] = ["imagePullPolicy", "pullPolicy", "script", "workingDir"];

/// A number as a chart writes it, to three decimal places. Code that formats any float would be
/// larger in the module than the whole search.
fn decimal(number: f64) -> String {
    let thousandths = (number * 1000.0).round() as u64;
    let written = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    written
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// The image of an object that is in no list of containers, and the field that names it. What
/// stands beside an image is joined to it, and never hides it. A tag that the author did not quote
/// is a number.
fn image_of<'t>(fields: &'t Fields<'t>, role: Role) -> Option<(&'static str, Cow<'t, str>)> {
    let text = |name| {
        let text = fields.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
    };
    let image = text("image");
    let tag = match fields.get("tag") {
        Some(Value::Natural(number)) => Some(Cow::Owned(number.to_string())),
        Some(Value::Float(number)) => Some(Cow::Owned(decimal(*number))),
        _ => text("tag").map(Cow::Borrowed),
    };
    if image.is_none() {
        // A version beside a repository is often that of a chart.
        text("repository")?;
        tag.as_ref()?;
    }
    if is_machine(fields) {
        return None;
    }
    let parts = || Parts {
        registry: text("registry").or(text("hub")).unwrap_or_default(),
        repository: text("repository").unwrap_or_default(),
        image: image.unwrap_or_default(),
        tag: tag.as_deref().or(text("version")).unwrap_or_default(),
        digest: text("digest").unwrap_or_default(),
    };
    let Some(image) = image else {
        return joined_reference(&parts()).map(|joined| ("repository", joined));
    };
    let is_container = role == Role::KnownContainer || looks_like_a_container(fields);
    if has_no_tag_or_digest(image) {
        let parts = parts();
        let has_tag = !parts.tag.is_empty() || !parts.digest.is_empty();
        if (has_tag || is_container)
            && let Some(joined) = joined_reference(&parts)
        {
            return Some(("image", joined));
        }
    }
    is_container.then_some(("image", image.into()))
}

/// The reference that the parts make together; `None` where they make none.
fn joined_reference<'t>(parts: &Parts<'_>) -> Option<Cow<'t, str>> {
    let joined = parts.join();
    ImageReference::try_from(joined.as_str()).ok()?;
    Some(joined.into())
}

/// The value of a field that looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LikelyPullPolicy {
    Absent,
    Empty,
    Declared(PullPolicy),
    /// A value that is not a pull policy of Kubernetes.
    Unknown,
}

impl LikelyPullPolicy {
    fn of(value: Option<&Value<'_>>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Absent,
            Some(Value::String(text)) if text.is_empty() => Self::Empty,
            Some(Value::String(text)) => text.parse().map_or(Self::Unknown, Self::Declared),
            Some(_) => Self::Unknown,
        }
    }

    /// The declared policy. A placeholder, and what Kubernetes does not know, may become `Always`.
    const fn declared(self) -> DeclaredPullPolicy {
        match self {
            Self::Absent | Self::Empty => DeclaredPullPolicy::Absent,
            Self::Declared(policy) => DeclaredPullPolicy::Declared(policy),
            Self::Unknown => DeclaredPullPolicy::Declared(PullPolicy::Always),
        }
    }
}
