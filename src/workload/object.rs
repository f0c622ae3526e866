//! What is read of an object: where it names images, and who made it.

use super::decode_error::DecodeErrorKind;
use super::gathered::Gathered;
use super::layout::Layout;
use super::metadata::MetadataView;
use super::order::sort_by;
use super::places::PlacesView;
use super::reader::{self, GaveUp, Keeps, Known, Presence, Reading, Strings, Value, View};
use super::search::SearchView;
use super::{DecodeError, ImageSite};

/// What an object says of images.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Workload<'a> {
    sites: Vec<ImageSite<'a>>,
    unreadable: Vec<DecodeError<'a>>,
    has_mirror_annotation: bool,
    has_controller: bool,
}

impl<'a> Workload<'a> {
    /// Reads an object from valid JSON. Never fails: what does not fit its kind is
    /// told by [`Workload::unreadable`].
    #[must_use]
    pub fn read(json: &'a str, layout: &Layout<'a>) -> Self {
        Self::read_keeping(Keeps::All, json, layout)
    }

    /// Reads an object that is there to be compared with: problems within lists,
    /// which are compared as a whole, are not kept.
    pub(crate) fn read_old(json: &'a str, layout: &Layout<'a>) -> Self {
        Self::read_keeping(Keeps::OutsideLists, json, layout)
    }

    fn read_keeping(keeps: Keeps, json: &'a str, layout: &Layout<'a>) -> Self {
        let begin = |strings| ObjectReading {
            keeps,
            ..ObjectReading::new(layout.clone(), strings)
        };
        let mut object = begin(Strings::Decoded);
        if object.read_document(json).is_err() {
            object = begin(Strings::AsWritten);
            if object.read_document(json).is_err() {
                object.reading.note(DecodeErrorKind::NotAnObject);
            }
        }
        object.finish()
    }

    /// The places that name an image.
    #[must_use]
    pub fn sites(&self) -> &[ImageSite<'a>] {
        &self.sites
    }

    /// What could not be read, in the order of the paths.
    #[must_use]
    pub fn unreadable(&self) -> &[DecodeError<'a>] {
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
    layout: Layout<'a>,
    keeps: Keeps,
    reading: Reading<'a>,
    gathered: Gathered<'a>,
    has_mirror_annotation: bool,
    presence: Presence,
}

impl<'a> ObjectReading<'a> {
    pub(crate) fn new(layout: Layout<'a>, strings: Strings) -> Self {
        Self {
            layout,
            keeps: Keeps::All,
            reading: Reading::with(strings),
            gathered: Gathered::default(),
            has_mirror_annotation: false,
            presence: Presence::Absent,
        }
    }

    /// Reads the object that a field of an enclosing document holds, of a kind to
    /// which no places are added.
    pub(crate) fn read(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        if self.layout.kind().is_searched() {
            self.search(Origin::Field(value))
        } else {
            self.look_up(Origin::Field(value))
        }
    }

    fn read_document(&mut self, json: &'a str) -> Result<(), GaveUp> {
        if self.layout.kind().is_searched() {
            self.search(Origin::Document(json))?;
        }
        if !self.layout.kind().is_searched() || self.layout.has_added_places() {
            self.look_up(Origin::Document(json))?;
        }
        Ok(())
    }

    /// Reads what looks like a container, wherever it stands.
    fn search(&mut self, origin: Origin<'_, 'a>) -> Result<(), GaveUp> {
        self.reading.keep(Keeps::WhatHides);
        let mut search = SearchView::of_object(self.layout.scope());
        let mut root = RootView {
            content: &mut search,
            has_mirror_annotation: &mut self.has_mirror_annotation,
            has_place_in_metadata: false,
        };
        self.presence = origin.read(&mut self.reading, &mut root)?;
        search.keep(&mut self.reading);
        Ok(())
    }

    /// Reads the places that are known.
    fn look_up(&mut self, origin: Origin<'_, 'a>) -> Result<(), GaveUp> {
        self.reading.keep(self.keeps);
        let places = self.layout.places();
        let mut places = PlacesView::of_object(places, self.layout.scope(), &mut self.gathered);
        let mut root = RootView {
            has_place_in_metadata: places.known("metadata").is_some(),
            content: &mut places,
            has_mirror_annotation: &mut self.has_mirror_annotation,
        };
        self.presence = origin.read(&mut self.reading, &mut root)?;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Workload<'a> {
        let is_needed = self.layout.places().next().is_some();
        if self.presence == Presence::Absent && is_needed && !self.reading.has_problems() {
            self.reading.note(DecodeErrorKind::Missing);
        }
        if !self.reading.has_problems() {
            self.gathered
                .note_missing(self.layout.places(), &mut self.reading);
        }
        self.gathered.join(&mut self.reading);
        let has_controller = self.reading.has_controller();
        let (mut sites, unreadable) = self.reading.finish();
        if self.layout.has_added_places() {
            // What is found twice is known by its place, which knows its pull policy.
            sort_by(&mut sites, |a, b| {
                let by_path = (&a.path, a.basis).cmp(&(&b.path, b.basis));
                by_path.then_with(|| {
                    let (own, other) = (a.pull_policy_path(), b.pull_policy_path());
                    (own.is_none(), own).cmp(&(other.is_none(), other))
                })
            });
            sites.dedup_by(|later, earlier| {
                later.path == earlier.path
                    && (later.basis > earlier.basis || later.says_the_same_as(earlier))
            });
        }
        Workload {
            sites,
            unreadable,
            has_controller,
            has_mirror_annotation: self.has_mirror_annotation,
        }
    }
}

/// Where an object is read from.
enum Origin<'r, 'a> {
    /// A document of its own.
    Document(&'a str),
    /// A field of an enclosing document.
    Field(Value<'r, 'a>),
}

impl<'a> Origin<'_, 'a> {
    fn read(self, reading: &mut Reading<'a>, view: &mut dyn View<'a>) -> Result<Presence, GaveUp> {
        match self {
            Self::Document(json) => reader::read(json, reading, view),
            Self::Field(value) => value.document(reading, view),
        }
    }
}

/// The root of an object: its metadata, and what is read of the rest.
struct RootView<'v, 'a> {
    content: &'v mut dyn View<'a>,
    has_mirror_annotation: &'v mut bool,
    has_place_in_metadata: bool,
}

impl<'a> View<'a> for RootView<'_, 'a> {
    fn known(&self, key: &str) -> Option<Known> {
        match key {
            "metadata" => Some(Known::beside("metadata")),
            _ => self.content.known(key),
        }
    }

    fn read(&mut self, name: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        if name != "metadata" {
            return self.content.read(name, value);
        }
        let mut metadata = MetadataView::default();
        if self.has_place_in_metadata {
            let mut written = value.written()?;
            written.value().object(&mut metadata)?;
            self.content.read(name, written.value())?;
        } else {
            value.object(&mut metadata)?;
        }
        *self.has_mirror_annotation |= metadata.has_mirror_annotation();
        Ok(())
    }
}
