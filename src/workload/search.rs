//! Search for images in objects of which no location is known: by what looks like a
//! container. What merely looks a little like one is not judged.

use std::borrow::Cow;

use super::image_location::NAME;
use super::pod_spec::variable;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::document::{Cursor, Errors, FieldPath, Fields, Step, Value};
use crate::image::{ImageReference, PullPolicy};

/// The images of an object that is searched.
pub(super) fn search<'t>(object: &'t Value<'t>, reads_variables: bool) -> Vec<ImageSite<'t>> {
    let mut search = Search {
        reads_variables,
        steps: Vec::new(),
        sites: Vec::new(),
        bytes: 0,
    };
    if let Value::Object(fields) = object {
        search.object(fields, Role::Other);
    }
    search.sites
}

/// A search, at some place of the object.
struct Search<'t> {
    reads_variables: bool,
    /// The way to where the search is.
    steps: Vec<Step<'t>>,
    sites: Vec<ImageSite<'t>>,
    /// How many bytes the sites take up.
    bytes: usize,
}

/// What a value is, by where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A container, in a list of a PodSpec.
    Container(ContainerType),
    /// A volume, in the list of a PodSpec.
    Volume,
    /// Anything.
    Other,
}

impl Role {
    /// What the items of a list of this name are.
    fn of_items(list: &str) -> Self {
        match list {
            "containers" => Self::Container(ContainerType::Container),
            "ephemeralContainers" => Self::Container(ContainerType::EphemeralContainer),
            "initContainers" => Self::Container(ContainerType::InitContainer),
            "volumes" => Self::Volume,
            _ => Self::Other,
        }
    }
}

impl<'t> Search<'t> {
    /// Searches the field of an object.
    fn field(&mut self, name: &'t str, value: &'t Value<'t>, holder: Role) {
        match value {
            // What describes an object, what reports on it, and a Ceph volume, whose image is
            // a block device, name nothing that runs.
            _ if matches!(name, "metadata" | "rbd" | "status") => {}
            Value::Array(_) => {
                self.steps.push(Step::field(name));
                match holder {
                    Role::Container(container_type) if name == "env" && self.reads_variables => {
                        self.variables(value, container_type);
                    }
                    _ => self.items(value.items(), Role::of_items(name)),
                }
                self.steps.pop();
            }
            Value::Object(fields) => {
                self.steps.push(Step::field(name));
                self.object(fields, Role::Other);
                self.steps.pop();
            }
            _ => {}
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
                    self.add_images(fields, role);
                }
                Value::Array(items) => self.items(items, Role::Other),
                _ => {}
            }
            self.steps.pop();
        }
    }

    fn object(&mut self, fields: &'t Fields<'t>, role: Role) {
        self.object_within(fields, role);
        self.add_images(fields, role);
    }

    fn object_within(&mut self, fields: &'t Fields<'t>, role: Role) {
        let first = self.sites.len();
        for (name, value) in fields.iter() {
            self.field(name, value, role);
        }
        if self.sites.len() > first && matches!(role, Role::Container(_)) {
            let name = fields.get(NAME).and_then(Value::as_str);
            for site in self.sites.iter_mut().skip(first) {
                if let Holder::Variable { container, .. } = &mut site.holder {
                    *container = container.or(name);
                }
            }
        }
    }

    /// The variables of a container, as if their values named images.
    fn variables(&mut self, env: &'t Value<'t>, container_type: ContainerType) {
        let errors = Errors::new();
        let env = Cursor::at(env, &self.steps, &errors);
        let variables = env.items();
        let variables = variables.filter_map(|item| variable(&item, container_type, None));
        self.sites.extend(variables);
    }

    /// Keeps the image that an object names, if it looks like a container, or like a volume
    /// with an image.
    fn add_images(&mut self, fields: &'t Fields<'t>, role: Role) {
        let text = |name| fields.get(name).and_then(Value::as_str);
        if role == Role::Volume
            && let Some(Value::Object(source)) = fields.get("image")
            && let Some(image) = source.get("reference").and_then(Value::as_str)
            && let Some(declared) = LikelyPullPolicy::of(source.get("pullPolicy"))
                .or_empty()
                .declared()
        {
            self.add_site(
                &["image", "reference"],
                image,
                Holder::Volume(text(NAME)),
                declared,
                "pullPolicy",
            );
        }
        let Some(image) = text("image") else {
            return;
        };
        let name = text(NAME);
        if let Role::Container(container_type) = role {
            let declared = LikelyPullPolicy::of(fields.get("imagePullPolicy")).declared();
            if let Some(declared) = declared {
                let holder = Holder::Container {
                    container_type,
                    name,
                };
                self.add_site(&["image"], image, holder, declared, "imagePullPolicy");
            }
            return;
        }
        if !looks_like_a_container(fields)
            || (has_reference_parts(fields) && has_no_tag_or_digest(image))
        {
            return;
        }
        let image_pull_policy = LikelyPullPolicy::of(fields.get("imagePullPolicy"));
        let pull_policy = LikelyPullPolicy::of(fields.get("pullPolicy")).or_empty();
        let (policy, field) = match (image_pull_policy, pull_policy) {
            (policy, LikelyPullPolicy::Absent) | (policy @ LikelyPullPolicy::Declared(_), _) => {
                (policy, "imagePullPolicy")
            }
            (_, policy) => (policy, "pullPolicy"),
        };
        if let Some(declared) = policy.declared() {
            let owner = name.map(|name| (NAME, Cow::Borrowed(name)));
            self.add_site(&["image"], image, Holder::Field { owner }, declared, field);
        }
    }

    /// Keeps an image that stands at these fields below where the search is.
    fn add_site(
        &mut self,
        fields: &[&'static str],
        image: &'t str,
        holder: Holder<'t>,
        declared: DeclaredPullPolicy,
        pull_policy_field: &'static str,
    ) {
        // Beyond that nothing is kept of the object.
        if image.is_empty() || self.bytes > MAX_SITE_BYTES {
            return;
        }
        // Only of a container, or where it is used, is it known that somebody reads it.
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

/// Whether an object has a field that belongs to something that runs.
fn looks_like_a_container(fields: &Fields<'_>) -> bool {
    let is_given = |name| fields.get(name).is_some_and(|value| !value.is_null());
    let is_nested = |name| fields.get(name).is_some_and(Value::is_nested);
    ["args", "command", "env"].into_iter().any(is_nested)
        || ["imagePullPolicy", "pullPolicy", "script"]
            .into_iter()
            .any(is_given)
}

/// Whether an object has a field that belongs to a reference in parts.
fn has_reference_parts(fields: &Fields<'_>) -> bool {
    let parts = ["digest", "hub", "registry", "repository", "tag"];
    parts.into_iter().any(|name| {
        let text = fields.get(name).and_then(Value::as_str);
        text.is_some_and(|text| !text.is_empty())
    })
}

/// Whether an image says nothing of which build of it is meant.
fn has_no_tag_or_digest(image: &str) -> bool {
    ImageReference::try_from(image)
        .is_ok_and(|image| image.tag().is_none() && image.digest().is_none())
}

/// What looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LikelyPullPolicy {
    Absent,
    /// Empty, as if there were none.
    Empty,
    Declared(PullPolicy),
    /// None that Kubernetes knows.
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

    /// Empty, if it is unknown: where a field may mean something else, that is no reason not
    /// to judge.
    const fn or_empty(self) -> Self {
        match self {
            Self::Unknown => Self::Empty,
            known => known,
        }
    }

    /// What it declares; nothing where an image with it is not judged.
    const fn declared(self) -> Option<DeclaredPullPolicy> {
        match self {
            Self::Absent | Self::Empty => Some(DeclaredPullPolicy::Absent),
            Self::Declared(policy) => Some(DeclaredPullPolicy::Declared(policy)),
            Self::Unknown => None,
        }
    }
}
