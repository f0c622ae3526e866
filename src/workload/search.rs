//! Search for images in objects of which no place is known: by what looks like a
//! container. What merely looks a little like one is not judged.

use std::borrow::Cow;

use super::Scope;
use super::decode_error::DecodeErrorKind;
use super::hints::{LikelyPullPolicy, Role, can_hold_image, is_nested, is_only_a_name};
use super::place::NAME;
use super::reader::{GaveUp, Items, Known, Object, Presence, Reading, Tree, Value, View};
use super::site::{Basis, Holder, Stands};
use super::variable::VariableView;

/// What holds for a value and all that is in it.
#[derive(Clone, Copy)]
struct Surroundings {
    /// How much of a container is read.
    scope: Scope,
    is_within_container: bool,
}

/// Any value that is searched.
struct SearchedValue<'a> {
    around: Surroundings,
    role: Role,
    /// What its items are, if it is a list.
    items: Role,
    /// The value itself, if it is a string.
    text: Option<Cow<'a, str>>,
    /// What it says, if it is the image of a volume.
    reference: Option<Reference<'a>>,
    /// Whether it is an object or a list.
    is_nested: bool,
    /// Whether it is an item of a list.
    is_item: bool,
}

/// The image of a volume, and how it is pulled.
type Reference<'a> = (Cow<'a, str>, LikelyPullPolicy);

impl<'a> SearchedValue<'a> {
    const fn new(around: Surroundings, role: Role, items: Role) -> Self {
        Self {
            around,
            role,
            items,
            text: None,
            reference: None,
            is_nested: false,
            is_item: false,
        }
    }

    /// The image that it names.
    fn image(&mut self) -> Option<Cow<'a, str>> {
        self.text.take().filter(|image| !image.is_empty())
    }

    fn search(&mut self, value: Value<'_, 'a>) -> Result<Presence, GaveUp> {
        if !value.reading().is_as_deep_as_is_read() {
            return value.tree(self);
        }
        let mut written = value.written()?;
        if is_nested(written.json()) {
            written.value().note(DecodeErrorKind::TooDeep);
            return Ok(Presence::Absent);
        }
        written.value().tree(self)
    }
}

impl<'a> Items<'a> for SearchedValue<'a> {
    fn item(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        self.is_nested = true;
        let mut item = SearchedValue::new(self.around, self.items, Role::Other);
        item.is_item = true;
        item.search(value).map(|_| ())
    }
}

impl<'a> Tree<'a> for SearchedValue<'a> {
    fn object(&mut self, object: Object<'_, 'a>) -> Result<(), GaveUp> {
        self.is_nested = true;
        let mut view = SearchView::new(self.around, self.role);
        let before = object.reading().progress();
        let reading = object.read(&mut view)?;
        if let (Role::Container(section), Some(inner)) = (self.role, reading.inner_sites(before)) {
            reading.place_variables(inner, section, view.name.as_deref());
        }
        if self.role == Role::VolumeImage {
            let reference = view.reference.take();
            self.reference = reference.map(|reference| (reference, view.pull_policy));
        }
        if let Some(name) = view.name.as_ref().filter(|_| self.is_item) {
            reading.name_item(before, name.clone());
        }
        view.keep(reading);
        Ok(())
    }

    fn otherwise(&self) -> Option<DecodeErrorKind> {
        None
    }

    fn text(&mut self, text: Cow<'a, str>) {
        self.text = Some(text);
    }
}

/// An object that is searched.
pub(super) struct SearchView<'a> {
    around: Surroundings,
    role: Role,
    image: Option<Cow<'a, str>>,
    /// What the image of a volume calls its image.
    reference: Option<Cow<'a, str>>,
    /// What stands in `image` of a volume.
    volume_image: Option<Reference<'a>>,
    name: Option<Cow<'a, str>>,
    image_pull_policy: LikelyPullPolicy,
    pull_policy: LikelyPullPolicy,
    /// Whether it has a field that belongs to something that runs.
    runs: bool,
    /// Whether it has a field that belongs to a reference in parts.
    is_in_parts: bool,
}

impl<'a> SearchView<'a> {
    /// A search of a whole object.
    pub(super) const fn of_object(scope: Scope) -> Self {
        let around = Surroundings {
            scope,
            is_within_container: false,
        };
        Self::new(around, Role::Other)
    }

    const fn new(around: Surroundings, role: Role) -> Self {
        Self {
            around,
            role,
            image: None,
            reference: None,
            volume_image: None,
            name: None,
            image_pull_policy: LikelyPullPolicy::Absent,
            pull_policy: LikelyPullPolicy::Absent,
            runs: false,
            is_in_parts: false,
        }
    }

    const fn is_container(&self) -> bool {
        matches!(self.role, Role::Container(_))
    }

    /// Keeps the site that the object is, at which the reading stands.
    pub(super) fn keep(mut self, reading: &mut Reading<'a>) {
        if let Some((image, policy)) = self.volume_image.take()
            && let Some(pull_policy) = policy.declared()
        {
            let holder = Holder::Volume(self.name.take());
            let fields = ["image", "reference"];
            reading.found_below(&fields, Some(image), holder, pull_policy, Basis::Looks);
        }
        let is_container = self.is_container();
        let is_site = is_container || self.runs;
        let Some(image) = self.image.take().filter(|_| is_site) else {
            return;
        };
        if self.is_in_parts && !is_container && is_only_a_name(&image) {
            return;
        }
        let (policy, policy_field) = match (self.image_pull_policy, self.pull_policy) {
            // A container has no such field: nobody would read it there.
            (policy, _) if is_container => (policy, "imagePullPolicy"),
            (policy, LikelyPullPolicy::Absent) | (policy @ LikelyPullPolicy::Declared(_), _) => {
                (policy, "imagePullPolicy")
            }
            (_, policy) => (policy, "pullPolicy"),
        };
        if let Some(pull_policy) = policy.declared() {
            let name = self.name;
            let holder = match self.role {
                Role::Container(section) => Holder::Container { section, name },
                _ => Holder::Field {
                    owner: name.map(|name| (NAME, name)),
                    pull_policy: Some(Cow::Borrowed(policy_field)),
                    stands: Stands::Beside,
                },
            };
            reading.found_below(&["image"], Some(image), holder, pull_policy, Basis::Looks);
        }
    }
}

impl<'a> View<'a> for SearchView<'a> {
    fn known(&self, key: &str) -> Option<Known> {
        Some(match key {
            // What describes an object, what reports on it, and a Ceph volume, whose
            // image is a block device, name nothing that runs.
            "metadata" | "rbd" | "status" => return None,
            "args" => Known::at(0, "args"),
            "command" => Known::at(1, "command"),
            "containers" => Known::at(2, "containers"),
            "digest" => Known::at(3, "digest"),
            "env" => Known::at(4, "env"),
            "ephemeralContainers" => Known::at(5, "ephemeralContainers"),
            "hub" => Known::at(6, "hub"),
            "image" => Known::at(7, "image"),
            "imagePullPolicy" => Known::at(8, "imagePullPolicy"),
            "initContainers" => Known::at(9, "initContainers"),
            "name" => Known::at(10, "name"),
            "pullPolicy" => Known::at(11, "pullPolicy"),
            "reference" => Known::at(12, "reference"),
            "registry" => Known::at(13, "registry"),
            "repository" => Known::at(14, "repository"),
            "script" => Known::at(15, "script"),
            "tag" => Known::at(16, "tag"),
            "volumes" => Known::at(17, "volumes"),
            _ => Known::as_written(),
        })
    }

    fn read(&mut self, name: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let (role, items) = self.role.of_field(name);
        if name == "env" && self.is_container() && self.around.scope == Scope::ImagesAndVariables {
            return value.items(VariableView::default).map(|_| ());
        }
        let around = Surroundings {
            is_within_container: self.around.is_within_container || self.is_container(),
            ..self.around
        };
        let mut field = SearchedValue::new(around, role, items);
        let is_text = matches!(name, "image" | "imagePullPolicy" | "name" | "pullPolicy");
        let is_outermost = self.is_container() && !self.around.is_within_container;
        let presence = if is_outermost && !is_text && self.around.scope == Scope::Images {
            let mut written = value.written()?;
            match written.json() {
                "null" => Presence::Absent,
                json if can_hold_image(json) => field.search(written.value())?,
                json => {
                    field.is_nested = is_nested(json);
                    Presence::Present
                }
            }
        } else {
            field.search(value)?
        };
        match name {
            "image" => (self.image, self.volume_image) = (field.image(), field.reference),
            "reference" => self.reference = field.image(),
            "name" => self.name = field.text,
            "args" | "command" | "env" => self.runs |= field.is_nested,
            "script" => self.runs |= presence == Presence::Present,
            "digest" | "hub" | "registry" | "repository" | "tag" => {
                self.is_in_parts |= field.image().is_some();
            }
            "imagePullPolicy" => {
                self.image_pull_policy = LikelyPullPolicy::of(field.text.as_deref(), presence);
                self.runs |= presence == Presence::Present;
            }
            "pullPolicy" => {
                self.pull_policy = LikelyPullPolicy::of(field.text.as_deref(), presence).or_empty();
                self.runs |= presence == Presence::Present;
            }
            _ => {}
        }
        Ok(())
    }
}
