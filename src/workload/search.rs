//! Search for images in objects of which no place is known: by what looks like a
//! container. What merely looks a little like one is not judged.

use std::borrow::Cow;

use super::reader::{GaveUp, Items, Known, Presence, Reading, Tree, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, ImageSite, Section};
use super::unreadable::Fault;
use crate::image::PullPolicy;

/// What is read of an object; every other field is searched, but those below.
const FIELDS: [&str; 12] = [
    "args",
    "command",
    "containers",
    "env",
    "ephemeralContainers",
    "image",
    "imagePullPolicy",
    "initContainers",
    "name",
    "pullPolicy",
    "reference",
    "script",
];

/// Fields that name no image to run: what describes an object, what reports on it,
/// and a Ceph volume, whose `image` is a block device.
const SKIPPED: [&str; 3] = ["metadata", "rbd", "status"];

/// What a value is, by where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A container, in a list of a PodSpec.
    Container(Section),
    /// A volume, in the list of a PodSpec.
    Volume,
    /// Anything.
    Other,
}

/// Any value that is searched.
pub(super) struct SearchView<'a> {
    role: Role,
    /// What its items are, if it is a list.
    items: Role,
    /// The value itself, if it is a string.
    text: Option<Cow<'a, str>>,
    image: Option<Cow<'a, str>>,
    /// What an image volume calls its image.
    reference: Option<Cow<'a, str>>,
    /// The reference in `image`, and how it is pulled.
    image_volume: Option<(Cow<'a, str>, LikelyPullPolicy)>,
    name: Option<Cow<'a, str>>,
    image_pull_policy: LikelyPullPolicy,
    pull_policy: LikelyPullPolicy,
    /// Whether it has a field that belongs to something that runs.
    runs: bool,
}

/// What looks like a pull policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LikelyPullPolicy {
    /// There is none.
    Absent,
    /// It is empty, as if there were none.
    Empty,
    Declared(PullPolicy),
    /// It is none that Kubernetes knows.
    Unknown,
}

impl LikelyPullPolicy {
    fn of(text: Option<&str>, presence: Presence) -> Self {
        match text {
            None if presence == Presence::Absent => Self::Absent,
            None => Self::Unknown,
            Some("") => Self::Empty,
            Some(text) => text.parse().map_or(Self::Unknown, Self::Declared),
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

impl<'a> SearchView<'a> {
    /// A search of a whole object.
    pub(super) const fn of_object() -> Self {
        Self::of(Role::Other, Role::Other)
    }

    const fn of(role: Role, items: Role) -> Self {
        Self {
            role,
            items,
            text: None,
            image: None,
            reference: None,
            image_volume: None,
            name: None,
            image_pull_policy: LikelyPullPolicy::Absent,
            pull_policy: LikelyPullPolicy::Absent,
            runs: false,
        }
    }

    /// A search of the field of an object.
    fn of_field(name: &str) -> Self {
        match name {
            "containers" => Self::of(Role::Other, Role::Container(Section::Containers)),
            "ephemeralContainers" => {
                Self::of(Role::Other, Role::Container(Section::EphemeralContainers))
            }
            "initContainers" => Self::of(Role::Other, Role::Container(Section::InitContainers)),
            "volumes" => Self::of(Role::Other, Role::Volume),
            _ => Self::of_object(),
        }
    }

    /// Searches a value, and keeps the site that it is.
    fn search(&mut self, mut value: Value<'_, 'a>) -> Result<Presence, GaveUp> {
        let presence = if value.reading().is_as_deep_as_is_read() {
            value.reborrow().written(|written| {
                if written.json().starts_with(['{', '[']) {
                    written.value().note(Fault::TooDeep);
                    return Ok(Presence::Absent);
                }
                written.value().tree(self)
            })?
        } else {
            value.reborrow().tree(self)?
        };
        self.keep(value.into_reading());
        Ok(presence)
    }

    /// Keeps the site that the value is at which the reading stands.
    pub(super) fn keep(&mut self, reading: &mut Reading<'a>) {
        if let (Role::Volume, Some((image, policy))) = (self.role, self.image_volume.take())
            && let Some(pull_policy) = policy.declared()
        {
            reading.found(ImageSite {
                path: reading.path().field("image").field("reference"),
                holder: Holder::Volume(self.name.take()),
                image,
                pull_policy,
                basis: Basis::Looks,
            });
        }
        let is_container = matches!(self.role, Role::Container(_));
        if !(is_container || self.runs) {
            return;
        }
        let (policy, policy_field) = match (self.image_pull_policy, self.pull_policy) {
            (LikelyPullPolicy::Absent, policy) if policy != LikelyPullPolicy::Absent => {
                (policy, "pullPolicy")
            }
            (policy, _) => (policy, "imagePullPolicy"),
        };
        if let (Some(image), Some(pull_policy)) = (self.image.take(), policy.declared()) {
            let name = self.name.take();
            reading.found(ImageSite {
                path: reading.path().field("image"),
                holder: match self.role {
                    Role::Container(section) => Holder::Container { section, name },
                    Role::Volume | Role::Other => Holder::Field {
                        name,
                        pull_policy: Some(Cow::Borrowed(policy_field)),
                    },
                },
                image,
                pull_policy,
                basis: Basis::Looks,
            });
        }
    }
}

impl<'a> View<'a> for SearchView<'a> {
    fn known(&self, key: &str) -> Option<Known> {
        if SKIPPED.contains(&key) {
            return None;
        }
        Some(Known::among(key, &FIELDS).unwrap_or(Known::as_written(None)))
    }

    fn read(&mut self, name: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let mut field = SearchView::of_field(name);
        let presence = field.search(value)?;
        let text = field.text;
        match name {
            "image" => {
                self.image = text.filter(|image| !image.is_empty());
                let volume = field.reference.map(|image| (image, field.pull_policy));
                self.image_volume = volume;
            }
            "reference" => self.reference = text.filter(|image| !image.is_empty()),
            "name" => self.name = text,
            "args" | "command" | "env" | "script" => self.runs |= presence == Presence::Present,
            "imagePullPolicy" => {
                self.image_pull_policy = LikelyPullPolicy::of(text.as_deref(), presence);
                self.runs |= presence == Presence::Present;
            }
            "pullPolicy" => {
                self.pull_policy = LikelyPullPolicy::of(text.as_deref(), presence);
                self.runs |= presence == Presence::Present;
            }
            _ => {}
        }
        Ok(())
    }
}

impl<'a> Items<'a> for SearchView<'a> {
    fn item(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let mut item = SearchView::of(self.items, Role::Other);
        item.search(value).map(|_| ())
    }
}

impl<'a> Tree<'a> for SearchView<'a> {
    fn otherwise(&self) -> Option<Fault> {
        None
    }

    fn text(&mut self, text: Cow<'a, str>) {
        self.text = Some(text);
    }
}
