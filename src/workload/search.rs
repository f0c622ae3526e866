//! Searches objects of unknown kinds for values that look like containers. Weak likenesses
//! are left out, since a false finding would reject a harmless object.

use std::borrow::Cow;

use super::image_location::NAME;
use super::pod_spec::variable;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::document::{Cursor, Errors, FieldPath, Fields, Step, Value};
use crate::image::{ImageReference, PullPolicy};

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

/// The state of a search at one value of the object.
struct Search<'t> {
    reads_variables: bool,
    /// The path of the current value.
    steps: Vec<Step<'t>>,
    sites: Vec<ImageSite<'t>>,
    /// The size of the sites so far.
    bytes: usize,
}

/// The role of a value, by the list around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Container(ContainerType),
    Volume,
    /// Any other value.
    Other,
}

impl Role {
    /// The role of the items in a list of this name.
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
    fn field(&mut self, name: &'t str, value: &'t Value<'t>, holder: Role) {
        match value {
            // Metadata and status run no image. The image of a Ceph volume (`rbd`) is a block
            // device.
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

    /// Adds the variables of a container, as if their values named images.
    fn variables(&mut self, env: &'t Value<'t>, container_type: ContainerType) {
        let errors = Errors::new();
        let env = Cursor::at(env, &self.steps, &errors);
        let variables = env.items();
        let variables = variables.filter_map(|item| variable(&item, container_type, None));
        self.sites.extend(variables);
    }

    /// Adds the images of an object that looks like a container or an image volume.
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

    /// Adds the image at `fields`, a path relative to the current value.
    fn add_site(
        &mut self,
        fields: &[&'static str],
        image: &'t str,
        holder: Holder<'t>,
        declared: DeclaredPullPolicy,
        pull_policy_field: &'static str,
    ) {
        // The caller refuses the object beyond this limit, so that further sites do not matter.
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

/// Whether an object has a field that usually belongs to a container.
fn looks_like_a_container(fields: &Fields<'_>) -> bool {
    let is_given = |name| fields.get(name).is_some_and(|value| !value.is_null());
    let is_nested = |name| fields.get(name).is_some_and(Value::is_nested);
    ["args", "command", "env"].into_iter().any(is_nested)
        || ["imagePullPolicy", "pullPolicy", "script"]
            .into_iter()
            .any(is_given)
}

/// Whether an object gives parts of a reference in fields of their own. Its `image` may then
/// be a bare name.
fn has_reference_parts(fields: &Fields<'_>) -> bool {
    let parts = ["digest", "hub", "registry", "repository", "tag"];
    parts.into_iter().any(|name| {
        let text = fields.get(name).and_then(Value::as_str);
        text.is_some_and(|text| !text.is_empty())
    })
}

fn has_no_tag_or_digest(image: &str) -> bool {
    ImageReference::try_from(image)
        .is_ok_and(|image| image.tag().is_none() && image.digest().is_none())
}

/// The value of a field that looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LikelyPullPolicy {
    Absent,
    Empty,
    Declared(PullPolicy),
    /// A value that is no pull policy of Kubernetes.
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

    /// Treats an unknown value as empty. A field named `pullPolicy` may mean something else, and
    /// the image is judged all the same.
    const fn or_empty(self) -> Self {
        match self {
            Self::Unknown => Self::Empty,
            known => known,
        }
    }

    /// The declared policy; `None` where the image is not judged.
    const fn declared(self) -> Option<DeclaredPullPolicy> {
        match self {
            Self::Absent | Self::Empty => Some(DeclaredPullPolicy::Absent),
            Self::Declared(policy) => Some(DeclaredPullPolicy::Declared(policy)),
            Self::Unknown => None,
        }
    }
}
