//! What a reader of objects has to say: which fields it reads, and how.

use std::borrow::Cow;
use std::str::FromStr;

use serde_json::value::RawValue;

use super::expectation::{Expectation, Shape};
use super::known::Known;
use super::nested::read_fields;
use super::reading::{InnerSites, Reading, Strings};
use super::source::{Fields, RawSource, Source};
use crate::workload::DecodeErrorKind;
use crate::workload::node::Node;

/// The JSON library has given up; it keeps why.
#[derive(Debug)]
pub(crate) struct GaveUp;

/// What is read of one JSON object.
pub(crate) trait View<'de> {
    /// The field that a key names, if it is read.
    fn known(&self, key: &str) -> Option<Known>;

    /// Reads the value of the field `name`, which [`View::known`] has found.
    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp>;
}

/// A view of an object that can be a site of images.
pub(in crate::workload) trait ItemView<'de>: View<'de> {
    /// Keeps the image sites of an object in which everything fits; `inner` are
    /// those that views within it have found.
    fn finish(&mut self, reading: &mut Reading<'de>, inner: InnerSites);
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

impl<'r, 'de> Value<'r, 'de> {
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
    pub(crate) fn name<T: FromStr>(
        mut self,
        otherwise: DecodeErrorKind,
    ) -> Result<Option<T>, GaveUp> {
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

    /// The reading that stands at it.
    pub(in crate::workload) const fn reading(&self) -> &Reading<'de> {
        self.reading
    }

    /// The reading that stands at it, when nothing else is to be read.
    pub(in crate::workload) const fn into_reading(self) -> &'r mut Reading<'de> {
        self.reading
    }

    /// Notes a problem with it.
    pub(in crate::workload) fn note(self, fault: DecodeErrorKind) {
        self.reading.note(fault);
    }

    /// The value, for a first look.
    pub(in crate::workload) const fn reborrow(&mut self) -> Value<'_, 'de> {
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

    /// An object, of which `view` keeps the image sites.
    pub(in crate::workload) fn kept(self, view: &mut dyn ItemView<'de>) -> Result<(), GaveUp> {
        self.keep(view, |view| Shape::Object(view))
    }

    fn keep(
        self,
        view: &mut dyn ItemView<'de>,
        shape: for<'s> fn(&'s mut dyn View<'de>) -> Shape<'s, 'de>,
    ) -> Result<(), GaveUp> {
        let Self { source, reading } = self;
        let before = reading.progress();
        source.expect(Expectation::new(reading, shape(view)))?;
        match reading.inner_sites(before) {
            Some(inner) => view.finish(reading, inner),
            None => reading.drop_sites(before),
        }
        Ok(())
    }

    /// A list of objects, each read by a view that `begin` makes.
    pub(in crate::workload) fn items<V: ItemView<'de>>(
        self,
        begin: impl Fn() -> V,
    ) -> Result<Presence, GaveUp> {
        self.list(&mut ItemsOf(begin))
    }

    /// A list.
    pub(in crate::workload) fn list(self, items: &mut dyn Items<'de>) -> Result<Presence, GaveUp> {
        self.source
            .expect(Expectation::new(self.reading, Shape::List(items)))
    }

    /// An object or a list, perhaps more.
    pub(in crate::workload) fn tree(self, tree: &mut dyn Tree<'de>) -> Result<Presence, GaveUp> {
        self.source
            .expect(Expectation::new(self.reading, Shape::Tree(tree)))
    }

    /// A list of strings.
    pub(crate) fn texts(self) -> Result<Vec<Cow<'de, str>>, GaveUp> {
        let mut texts = Texts(Vec::new());
        self.list(&mut texts)?;
        Ok(texts.0)
    }

    /// Anything, to be read more than once.
    pub(in crate::workload) fn written(self) -> Result<Written<'r, 'de>, GaveUp> {
        let Self { source, reading } = self;
        let source = RawSource(source.raw()?);
        Ok(Written { source, reading })
    }

    /// Anything, kept whole.
    pub(crate) fn whole(self) -> Result<Node<'de>, GaveUp> {
        let mut node = Node::Null;
        let shape = Shape::Whole(&mut node);
        self.source.expect(Expectation::new(self.reading, shape))?;
        Ok(node)
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

/// A value that can be read more than once.
pub(in crate::workload) struct Written<'r, 'de> {
    source: RawSource<'de>,
    reading: &'r mut Reading<'de>,
}

impl<'de> Written<'_, 'de> {
    /// Its text.
    pub(in crate::workload) fn json(&self) -> &'de str {
        self.source.0.get()
    }

    /// The value, once more.
    pub(in crate::workload) const fn value(&mut self) -> Value<'_, 'de> {
        Value {
            source: &mut self.source,
            reading: self.reading,
        }
    }
}

/// The items of a list, one after the other.
pub(in crate::workload) trait Items<'de> {
    /// Reads the next item; where there is none, what is read is nothing.
    fn item(&mut self, value: Value<'_, 'de>) -> Result<(), GaveUp>;
}

/// Objects, each read by a view of its own.
struct ItemsOf<F>(F);

impl<'de, V: ItemView<'de>, F: Fn() -> V> Items<'de> for ItemsOf<F> {
    fn item(&mut self, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        value.keep(&mut (self.0)(), |view| Shape::Item(view))
    }
}

/// Strings.
struct Texts<'de>(Vec<Cow<'de, str>>);

impl<'de> Items<'de> for Texts<'de> {
    fn item(&mut self, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        self.0.extend(value.text()?);
        Ok(())
    }
}

/// What is read of a value that can be an object or a list.
pub(in crate::workload) trait Tree<'de>: Items<'de> {
    /// Reads an object.
    fn object(&mut self, object: Object<'_, 'de>) -> Result<(), GaveUp>;

    /// What is noted of anything else; nothing where that may stand there too.
    fn otherwise(&self) -> Option<DecodeErrorKind>;

    /// Takes a string, where one may stand there.
    fn text(&mut self, _: Cow<'de, str>) {}
}

/// An object of which the fields are still to be read.
pub(in crate::workload) struct Object<'r, 'de> {
    pub(super) source: &'r mut dyn Fields<'de>,
    pub(super) reading: &'r mut Reading<'de>,
}

impl<'r, 'de> Object<'r, 'de> {
    /// The reading that stands at it.
    pub(in crate::workload) const fn reading(&self) -> &Reading<'de> {
        self.reading
    }

    /// Reads its fields; returns the reading that stands at it.
    pub(in crate::workload) fn read(
        self,
        view: &mut dyn View<'de>,
    ) -> Result<&'r mut Reading<'de>, GaveUp> {
        read_fields(self.source, self.reading, view)?;
        Ok(self.reading)
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

/// Reads a whole document.
pub(in crate::workload) fn read_whole(json: &str) -> Result<Node<'_>, GaveUp> {
    let mut node = Node::Null;
    let mut reading = Reading::with(Strings::Decoded);
    Expectation::new(&mut reading, Shape::Whole(&mut node)).of(json)?;
    Ok(node)
}
