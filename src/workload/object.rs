//! What is read of an object of a known kind, as far as its PodSpec.

use super::field_path::Step;
use super::kind::{Containers, KnownKind};
use super::metadata::MetadataView;
use super::pod_spec::PodSpecView;
use super::reader::{self, GaveUp, Known, Presence, Reading, Strings, Value, View};
use super::unreadable::Fault;
use super::{ImageSite, Scope, Unreadable};

/// What an object says of images.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Workload<'a> {
    sites: Vec<ImageSite<'a>>,
    unreadable: Vec<Unreadable>,
    has_mirror_annotation: bool,
    has_controller: bool,
}

impl<'a> Workload<'a> {
    /// Reads an object of a known kind from valid JSON. Never fails: what does
    /// not fit the kind is told by [`Workload::unreadable`].
    #[must_use]
    pub fn read(json: &'a str, kind: &'static KnownKind, scope: Scope) -> Self {
        Self::read_with(json, |strings| ObjectReading::new(kind, scope, strings))
    }

    /// Reads an object that is there to be compared with: problems within lists,
    /// which are compared as a whole, are not kept.
    pub(crate) fn read_old(json: &'a str, kind: &'static KnownKind, scope: Scope) -> Self {
        Self::read_with(json, |strings| {
            let mut object = ObjectReading::new(kind, scope, strings);
            object.reading.forget_items();
            object
        })
    }

    fn read_with(json: &'a str, begin: impl Fn(Strings) -> ObjectReading<'a>) -> Self {
        let mut object = begin(Strings::Decoded);
        if object.read_document(json).is_err() {
            object = begin(Strings::AsWritten);
            if object.read_document(json).is_err() {
                object.reading.note(Fault::NoObject);
            }
        }
        object.finish()
    }

    /// The places that name an image, in the order in which the object was written.
    #[must_use]
    pub fn sites(&self) -> &[ImageSite<'a>] {
        &self.sites
    }

    /// What could not be read, in the order of the paths.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// Whether the object has an owner which is its controller.
    #[must_use]
    pub const fn has_controller(&self) -> bool {
        self.has_controller
    }

    /// Whether a Pod says that it mirrors one that a kubelet runs by itself.
    #[must_use]
    pub const fn has_mirror_annotation(&self) -> bool {
        self.has_mirror_annotation
    }
}

/// The reading of one object, which can be part of a pass over more.
pub(crate) struct ObjectReading<'a> {
    reading: Reading<'a>,
    view: ObjectView,
    presence: Presence,
}

impl<'a> ObjectReading<'a> {
    pub(crate) fn new(kind: &'static KnownKind, scope: Scope, strings: Strings) -> Self {
        Self {
            reading: Reading::with(strings),
            view: ObjectView {
                kind,
                scope,
                has_mirror_annotation: false,
                has_containers: false,
            },
            presence: Presence::Absent,
        }
    }

    /// Reads the object that a field of an enclosing document holds.
    pub(crate) fn read(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        self.presence = value.document(&mut self.reading, &mut self.view)?;
        Ok(())
    }

    fn read_document(&mut self, json: &'a str) -> Result<(), GaveUp> {
        self.presence = reader::read(json, &mut self.reading, &mut self.view)?;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Workload<'a> {
        let kind = self.view.kind;
        if self.presence == Presence::Absent && !self.reading.has_problems() {
            self.reading.note(Fault::Missing);
        }
        let is_incomplete = !self.view.has_containers && kind.containers() == Containers::Required;
        if is_incomplete && !self.reading.has_problems() {
            for name in kind.pod_spec() {
                self.reading.enter(Step::Field(name));
            }
            self.reading.note_field("containers", Fault::Missing);
        }
        let has_controller = self.reading.has_controller();
        let (sites, unreadable) = self.reading.finish();
        Workload {
            sites,
            unreadable,
            has_controller,
            has_mirror_annotation: self.view.has_mirror_annotation,
        }
    }
}

/// The root of an object.
struct ObjectView {
    kind: &'static KnownKind,
    scope: Scope,
    has_mirror_annotation: bool,
    has_containers: bool,
}

impl ObjectView {
    fn descent(&mut self) -> Descent<'_> {
        Descent {
            remaining: self.kind.pod_spec(),
            object: self,
        }
    }
}

impl<'de> View<'de> for ObjectView {
    fn known(&self, key: &[u8]) -> Option<Known> {
        let first = self.kind.pod_spec().first()?;
        Known::among(key, &[first, "metadata"])
    }

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        if name == "metadata" {
            let mut metadata = MetadataView::default();
            value.object(&mut metadata)?;
            self.has_mirror_annotation |= metadata.has_mirror_annotation();
            Ok(())
        } else {
            self.descent().read(name, value)
        }
    }
}

/// One step on the way down to the PodSpec.
struct Descent<'v> {
    remaining: &'static [&'static str],
    object: &'v mut ObjectView,
}

impl<'de> View<'de> for Descent<'_> {
    fn known(&self, key: &[u8]) -> Option<Known> {
        Known::among(key, &[self.remaining.first()?])
    }

    fn read(&mut self, _: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match self.remaining {
            [] | [_] => {
                let mut pod_spec = PodSpecView::new(self.object.scope);
                step(self.object.kind, value, &mut pod_spec)?;
                self.object.has_containers |= pod_spec.has_containers();
            }
            [_, remaining @ ..] => {
                let kind = self.object.kind;
                let object = &mut *self.object;
                step(kind, value, &mut Descent { remaining, object })?;
            }
        }
        Ok(())
    }
}

/// Goes one step down, to an object; where the field belongs to whoever writes it,
/// anything else means that there is no PodSpec.
fn step<'de>(
    kind: &KnownKind,
    value: Value<'_, 'de>,
    view: &mut dyn View<'de>,
) -> Result<Presence, GaveUp> {
    match kind.containers() {
        Containers::Required => value.object(view),
        Containers::Optional => value.object_if_one(view),
    }
}
