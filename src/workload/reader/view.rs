//! What a reader of objects has to say: which fields it reads, and how.

use std::borrow::Cow;
use std::str::FromStr;

use serde_json::value::RawValue;

use super::expectation::{Expectation, Shape};
use super::reading::{InnerSites, Reading};
use super::source::Source;
use crate::workload::Fault;

/// A field that a view reads: its name, and its place among those of the view.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(super) name: &'static str,
    pub(super) bit: u32,
}

impl Known {
    /// Looks a key up in a short list of names.
    pub(crate) fn among(key: &[u8], names: &[&'static str]) -> Option<Self> {
        names
            .iter()
            .zip(0..u32::BITS)
            .find(|(name, _)| name.as_bytes() == key)
            .map(|(name, position)| Self {
                name,
                bit: 1 << position,
            })
    }
}

impl Known {
    /// A field of which it does not matter how often it stands.
    pub(in crate::workload) const fn any(name: &'static str) -> Self {
        Self { name, bit: 0 }
    }
}

/// The JSON library has given up; it keeps why.
#[derive(Debug)]
pub(crate) struct GaveUp;

/// What is read of one JSON object.
pub(crate) trait View<'de> {
    /// The field that a key names, if it is read.
    fn known(&self, key: &[u8]) -> Option<Known>;

    /// Reads the value of the field `name`, which [`View::known`] has returned.
    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp>;
}

/// A view of the items of a list.
pub(in crate::workload) trait ItemView<'de>: View<'de> {
    /// Keeps the image sites of an item, in which everything fits; `inner` are
    /// those that views within it have found.
    fn finish(self, reading: &mut Reading<'de>, inner: InnerSites);
}

/// Whether an optional field holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is missing, null, or not what belongs there (which is noted).
    Absent,
    /// It holds what belongs there.
    Present,
}

/// The value of the field that is being read; it must be read or skipped.
#[must_use]
pub(crate) struct Value<'r, 'de> {
    pub(super) source: &'r mut dyn Source<'de>,
    pub(super) reading: &'r mut Reading<'de>,
}

impl<'de> Value<'_, 'de> {
    /// A string, or nothing where it is null.
    pub(crate) fn text(self) -> Result<Option<Cow<'de, str>>, GaveUp> {
        let mut text = None;
        let shape = Shape::Text(&mut text);
        self.source.expect(Expectation::new(self.reading, shape))?;
        Ok(text)
    }

    /// `true`; `false` may be missing or null too.
    pub(crate) fn boolean(self) -> Result<bool, GaveUp> {
        let mut boolean = false;
        let shape = Shape::Boolean(&mut boolean);
        self.source.expect(Expectation::new(self.reading, shape))?;
        Ok(boolean)
    }

    /// A string that names one of a few things, or nothing where it is null or
    /// empty.
    pub(crate) fn name<T: FromStr>(mut self, otherwise: Fault) -> Result<Option<T>, GaveUp> {
        let text = self.reborrow().text()?;
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.reading.note(otherwise);
        }
        Ok(parsed)
    }

    const fn reborrow(&mut self) -> Value<'_, 'de> {
        Value {
            source: self.source,
            reading: self.reading,
        }
    }

    /// An object.
    pub(crate) fn object(self, view: &mut dyn View<'de>) -> Result<Presence, GaveUp> {
        self.source
            .expect(Expectation::new(self.reading, Shape::Object(view)))
    }

    /// An object, or anything else, which counts as missing.
    pub(crate) fn object_if_one(self, view: &mut dyn View<'de>) -> Result<Presence, GaveUp> {
        self.source
            .expect(Expectation::new(self.reading, Shape::Anything(view)))
    }

    /// An object with problems and paths of its own.
    pub(crate) fn document(
        self,
        reading: &mut Reading<'de>,
        view: &mut dyn View<'de>,
    ) -> Result<Presence, GaveUp> {
        self.source
            .expect(Expectation::new(reading, Shape::Object(view)))
    }

    /// A list of objects, each read by a view that `begin` makes.
    pub(in crate::workload) fn items<V: ItemView<'de>>(
        self,
        begin: impl FnMut() -> V,
    ) -> Result<Presence, GaveUp> {
        let mut items = ItemsOf { begin, item: None };
        self.source
            .expect(Expectation::new(self.reading, Shape::List(&mut items)))
    }

    /// A list of strings.
    pub(crate) fn texts(self) -> Result<Vec<Cow<'de, str>>, GaveUp> {
        let mut texts = Vec::new();
        self.source
            .expect(Expectation::new(self.reading, Shape::Texts(&mut texts)))?;
        Ok(texts)
    }

    /// Anything, unread.
    pub(crate) fn raw(self) -> Result<&'de RawValue, GaveUp> {
        self.source.raw()
    }

    /// Nothing: the value is passed over.
    pub(crate) fn skip(self) -> Result<(), GaveUp> {
        self.source.skip()
    }
}

/// The items of a list, one after the other.
pub(super) trait Items<'de> {
    /// The view of the next item.
    fn begin(&mut self) -> &mut dyn View<'de>;

    /// Keeps what the view has read.
    fn finish(&mut self, reading: &mut Reading<'de>, inner: InnerSites);
}

struct ItemsOf<V, F> {
    begin: F,
    item: Option<V>,
}

impl<'de, V: ItemView<'de>, F: FnMut() -> V> Items<'de> for ItemsOf<V, F> {
    fn begin(&mut self) -> &mut dyn View<'de> {
        self.item.insert((self.begin)())
    }

    fn finish(&mut self, reading: &mut Reading<'de>, inner: InnerSites) {
        if let Some(item) = self.item.take() {
            item.finish(reading, inner);
        }
    }
}

/// Reads one document into `view`.
pub(crate) fn read<'de>(
    json: &'de str,
    reading: &mut Reading<'de>,
    view: &mut dyn View<'de>,
) -> Result<Presence, GaveUp> {
    Expectation::new(reading, Shape::Object(view)).of(json)
}
