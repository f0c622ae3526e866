//! Reading of JSON objects of which only some fields matter, in one pass and
//! without failing: what does not fit is noted with its path, the rest goes on.
//!
//! Two things make that possible. Keys are compared as bytes, and strings are
//! taken as raw JSON first, since the JSON library gives up at half a surrogate
//! pair wherever it has to build a string. What is not read is skipped, at any
//! depth.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::field_path::Step;
use super::reading::{InnerSites, Reading};
use super::unreadable::Fault;

/// A field that a view reads: its name, and its place among those of the view.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    name: &'static str,
    bit: u32,
}

impl Known {
    /// Looks a key up in a short list of names.
    pub(crate) fn among(key: &[u8], names: &[&'static str]) -> Option<Self> {
        let position = names.iter().position(|name| name.as_bytes() == key)?;
        let (name, bit) = (
            names.get(position)?,
            1_u32.checked_shl(position.try_into().ok()?)?,
        );
        Some(Self { name, bit })
    }
}

/// The keys of one JSON object that are read.
pub(crate) trait Keys {
    /// The field that a key names, if it is read.
    fn known(&self, key: &[u8]) -> Option<Known>;
}

/// What is read of one JSON object.
pub(crate) trait View<'de>: Keys {
    /// Reads the value of the field `name`, which [`Keys::known`] has returned.
    fn read<A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        value: Value<'_, 'de, A>,
    ) -> Result<(), A::Error>;
}

/// A view of the items of a list.
pub(super) trait ItemView<'de>: View<'de> + Sized {
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
pub(crate) struct Value<'r, 'de, A> {
    map: &'r mut A,
    reading: &'r mut Reading<'de>,
}

impl<'de, A: MapAccess<'de>> Value<'_, 'de, A> {
    /// A string, or nothing where it is null.
    pub(crate) fn text(self) -> Result<Option<Cow<'de, str>>, A::Error> {
        let raw = self.map.next_value::<&'de RawValue>()?;
        Ok(self.reading.text(raw))
    }

    /// A string that names one of a few things, or nothing where it is null or
    /// empty.
    pub(crate) fn name<T: FromStr>(self, otherwise: Fault) -> Result<Option<T>, A::Error> {
        let raw = self.map.next_value::<&'de RawValue>()?;
        let Some(text) = self.reading.text(raw).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.reading.note(otherwise);
        }
        Ok(parsed)
    }

    /// An object.
    pub(crate) fn object<V: View<'de>>(self, view: &mut V) -> Result<Presence, A::Error> {
        self.map.next_value_seed(Expectation {
            reading: self.reading,
            shape: ObjectOf(view),
        })
    }

    /// An object with problems and paths of its own.
    pub(crate) fn document<V: View<'de>>(
        self,
        reading: &mut Reading<'de>,
        view: &mut V,
    ) -> Result<Presence, A::Error> {
        self.map.next_value_seed(Expectation {
            reading,
            shape: ObjectOf(view),
        })
    }

    /// A list of objects, each read by a view that `item` makes.
    pub(super) fn items<V: ItemView<'de>>(
        self,
        item: impl FnMut() -> V,
    ) -> Result<Presence, A::Error> {
        self.map.next_value_seed(Expectation {
            reading: self.reading,
            shape: ListOf(item),
        })
    }

    /// A list of strings.
    pub(crate) fn texts(self) -> Result<Vec<Cow<'de, str>>, A::Error> {
        let mut texts = Vec::new();
        self.map.next_value_seed(Expectation {
            reading: self.reading,
            shape: TextsInto(&mut texts),
        })?;
        Ok(texts)
    }

    /// Anything, unread.
    pub(crate) fn raw(self) -> Result<&'de RawValue, A::Error> {
        self.map.next_value()
    }

    /// Nothing: the value is passed over.
    pub(crate) fn skip(self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// Reads one document into `view`.
pub(crate) fn read<'de, V: View<'de>>(
    json: &'de str,
    reading: &mut Reading<'de>,
    view: &mut V,
) -> Result<Presence, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let presence = Expectation {
        reading,
        shape: ObjectOf(view),
    }
    .deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(presence)
}

/// What belongs in a place.
trait Shape<'de>: Sized {
    /// What is noted of anything else.
    const OTHERWISE: Fault;
    /// Whether null means the same as nothing.
    const IS_OPTIONAL: bool;

    fn map<A: MapAccess<'de>>(
        self,
        reading: &mut Reading<'de>,
        mut map: A,
    ) -> Result<Presence, A::Error> {
        reading.note(Self::OTHERWISE);
        while map.next_key_seed(KeyOf(&Nothing))?.is_some() {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(Presence::Absent)
    }

    fn seq<A: SeqAccess<'de>>(
        self,
        reading: &mut Reading<'de>,
        mut seq: A,
    ) -> Result<Presence, A::Error> {
        reading.note(Self::OTHERWISE);
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Presence::Absent)
    }
}

/// Reads a value of a shape, or notes that it has another.
struct Expectation<'r, 'de, S> {
    reading: &'r mut Reading<'de>,
    shape: S,
}

impl<'de, S: Shape<'de>> Expectation<'_, 'de, S> {
    fn otherwise<E>(self) -> Result<Presence, E> {
        self.reading.note(S::OTHERWISE);
        Ok(Presence::Absent)
    }
}

impl<'de, S: Shape<'de>> DeserializeSeed<'de> for Expectation<'_, 'de, S> {
    type Value = Presence;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Presence, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Shape<'de>> Visitor<'de> for Expectation<'_, 'de, S> {
    type Value = Presence;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Presence, E> {
        self.otherwise()
    }

    fn visit_i64<E>(self, _: i64) -> Result<Presence, E> {
        self.otherwise()
    }

    fn visit_u64<E>(self, _: u64) -> Result<Presence, E> {
        self.otherwise()
    }

    fn visit_f64<E>(self, _: f64) -> Result<Presence, E> {
        self.otherwise()
    }

    fn visit_str<E>(self, _: &str) -> Result<Presence, E> {
        self.otherwise()
    }

    fn visit_unit<E>(self) -> Result<Presence, E> {
        if S::IS_OPTIONAL {
            Ok(Presence::Absent)
        } else {
            self.otherwise()
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Presence, A::Error> {
        self.shape.map(self.reading, map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Presence, A::Error> {
        self.shape.seq(self.reading, seq)
    }
}

struct ObjectOf<'v, V>(&'v mut V);

impl<'de, V: View<'de>> Shape<'de> for ObjectOf<'_, V> {
    const OTHERWISE: Fault = Fault::NoObject;
    const IS_OPTIONAL: bool = true;

    fn map<A: MapAccess<'de>>(
        self,
        reading: &mut Reading<'de>,
        map: A,
    ) -> Result<Presence, A::Error> {
        read_fields(self.0, reading, map)
    }
}

struct ItemOf<'v, V>(&'v mut V);

impl<'de, V: View<'de>> Shape<'de> for ItemOf<'_, V> {
    const OTHERWISE: Fault = Fault::NoObject;
    const IS_OPTIONAL: bool = false;

    fn map<A: MapAccess<'de>>(
        self,
        reading: &mut Reading<'de>,
        map: A,
    ) -> Result<Presence, A::Error> {
        read_fields(self.0, reading, map)
    }
}

fn read_fields<'de, V: View<'de>, A: MapAccess<'de>>(
    view: &mut V,
    reading: &mut Reading<'de>,
    mut map: A,
) -> Result<Presence, A::Error> {
    let mut seen = 0;
    while let Some(known) = map.next_key_seed(KeyOf(view))? {
        let Some(Known { name, bit }) = known else {
            map.next_value::<IgnoredAny>()?;
            continue;
        };
        reading.enter(Step::Field(name));
        if seen & bit != 0 {
            reading.note(Fault::Twice);
        }
        seen |= bit;
        view.read(
            name,
            Value {
                map: &mut map,
                reading,
            },
        )?;
        reading.leave();
    }
    Ok(Presence::Present)
}

/// No field at all.
struct Nothing;

impl Keys for Nothing {
    fn known(&self, _: &[u8]) -> Option<Known> {
        None
    }
}

/// Looks a key up while the JSON library holds it.
struct KeyOf<'v, V>(&'v V);

impl<'de, V: Keys> DeserializeSeed<'de> for KeyOf<'_, V> {
    type Value = Option<Known>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de, V: Keys> Visitor<'de> for KeyOf<'_, V> {
    type Value = Option<Known>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<Self::Value, E> {
        Ok(self.0.known(key))
    }
}

struct ListOf<F>(F);

impl<'de, V: ItemView<'de>, F: FnMut() -> V> Shape<'de> for ListOf<F> {
    const OTHERWISE: Fault = Fault::NoList;
    const IS_OPTIONAL: bool = true;

    fn seq<A: SeqAccess<'de>>(
        mut self,
        reading: &mut Reading<'de>,
        mut seq: A,
    ) -> Result<Presence, A::Error> {
        for index in 0.. {
            reading.enter(Step::Item(index));
            let before = reading.progress();
            let mut item = (self.0)();
            let expectation = Expectation {
                reading,
                shape: ItemOf(&mut item),
            };
            let next = seq.next_element_seed(expectation)?;
            if next.is_some() {
                match reading.inner_sites(before) {
                    Some(inner) => item.finish(reading, inner),
                    None => reading.drop_sites(before),
                }
            }
            reading.leave();
            if next.is_none() {
                break;
            }
        }
        Ok(Presence::Present)
    }
}

struct TextsInto<'t, 'de>(&'t mut Vec<Cow<'de, str>>);

impl<'de> Shape<'de> for TextsInto<'_, 'de> {
    const OTHERWISE: Fault = Fault::NoList;
    const IS_OPTIONAL: bool = true;

    fn seq<A: SeqAccess<'de>>(
        self,
        reading: &mut Reading<'de>,
        mut seq: A,
    ) -> Result<Presence, A::Error> {
        for index in 0.. {
            let Some(raw) = seq.next_element::<&'de RawValue>()? else {
                break;
            };
            reading.enter(Step::Item(index));
            self.0.extend(reading.text(raw));
            reading.leave();
        }
        Ok(Presence::Present)
    }
}
