//! What belongs in a place of a JSON document, and the reading of it by the JSON
//! library. The one visitor there is knows all shapes: the library's reader is
//! compiled once, not once for every view.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::reading::Reading;
use super::source::{MapSource, Source};
use super::view::{GaveUp, Items, Known, Presence, Value, View};
use crate::workload::Fault;
use crate::workload::field_path::Step;

/// What belongs in a place.
pub(super) enum Shape<'s, 'de> {
    /// An object, or null.
    Object(&'s mut dyn View<'de>),
    /// An object.
    Item(&'s mut dyn View<'de>),
    /// A list of objects, or null.
    List(&'s mut dyn Items<'de>),
    /// A list of strings, or null.
    Texts(&'s mut Vec<Cow<'de, str>>),
    /// A string, or null.
    Text(&'s mut Option<Cow<'de, str>>),
}

impl Shape<'_, '_> {
    /// What is noted of anything else.
    const fn otherwise(&self) -> Fault {
        match self {
            Self::Object(_) | Self::Item(_) => Fault::NoObject,
            Self::List(_) | Self::Texts(_) => Fault::NoList,
            Self::Text(_) => Fault::NoString,
        }
    }
}

/// Reads a value of a shape, or notes that it has another.
pub(super) struct Expectation<'r, 's, 'de> {
    reading: &'r mut Reading<'de>,
    shape: Shape<'s, 'de>,
}

impl<'r, 's, 'de> Expectation<'r, 's, 'de> {
    pub(super) const fn new(reading: &'r mut Reading<'de>, shape: Shape<'s, 'de>) -> Self {
        Self { reading, shape }
    }

    /// Reads a whole document.
    pub(super) fn of(self, json: &'de str) -> Result<Presence, GaveUp> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let presence = self.deserialize(&mut deserializer).map_err(|_| GaveUp)?;
        deserializer.end().map_err(|_| GaveUp)?;
        Ok(presence)
    }

    fn text<E>(self, text: Cow<'de, str>) -> Result<Presence, E> {
        match self.shape {
            Shape::Text(into) => {
                *into = Some(text);
                Ok(Presence::Present)
            }
            _ => self.otherwise(),
        }
    }

    fn otherwise<E>(self) -> Result<Presence, E> {
        self.reading.note(self.shape.otherwise());
        Ok(Presence::Absent)
    }
}

impl<'de> DeserializeSeed<'de> for Expectation<'_, '_, 'de> {
    type Value = Presence;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Presence, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Expectation<'_, '_, 'de> {
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

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Presence, E> {
        self.text(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Presence, E> {
        self.text(Cow::Owned(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Presence, E> {
        match self.shape {
            Shape::Item(_) => self.otherwise(),
            _ => Ok(Presence::Absent),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Presence, A::Error> {
        let mut fields = MapSource::new(map, self.reading.strings());
        let read = match self.shape {
            Shape::Object(view) | Shape::Item(view) => {
                read_fields(&mut fields, self.reading, view).map(|()| Presence::Present)
            }
            _ => {
                self.reading.note(self.shape.otherwise());
                read_fields(&mut fields, self.reading, &mut Nothing).map(|()| Presence::Absent)
            }
        };
        match (read, fields.into_error()) {
            (_, Some(error)) => Err(error),
            (Ok(presence), None) => Ok(presence),
            // Nobody gives up but the library, which leaves its error.
            (Err(GaveUp), None) => Ok(Presence::Absent),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Presence, A::Error> {
        match self.shape {
            Shape::List(items) => read_items(seq, self.reading, items),
            Shape::Texts(texts) => read_texts(seq, self.reading, texts),
            _ => {
                self.reading.note(self.shape.otherwise());
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Presence::Absent)
            }
        }
    }
}

fn read_fields<'de>(
    source: &mut dyn Source<'de>,
    reading: &mut Reading<'de>,
    view: &mut dyn View<'de>,
) -> Result<(), GaveUp> {
    let mut seen = 0;
    while let Some(known) = source.next(view)? {
        let Some(Known { name, bit }) = known else {
            source.skip()?;
            continue;
        };
        reading.enter(Step::Field(name));
        if seen & bit != 0 {
            reading.note(Fault::Twice);
        }
        seen |= bit;
        view.read(name, Value { source, reading })?;
        reading.leave();
    }
    Ok(())
}

fn read_items<'de, A: SeqAccess<'de>>(
    mut seq: A,
    reading: &mut Reading<'de>,
    items: &mut dyn Items<'de>,
) -> Result<Presence, A::Error> {
    for index in 0.. {
        reading.enter(Step::Item(index));
        let before = reading.progress();
        let shape = Shape::Item(items.begin());
        let item = seq.next_element_seed(Expectation::new(reading, shape))?;
        if item.is_some() {
            match reading.inner_sites(before) {
                Some(inner) => items.finish(reading, inner),
                None => reading.drop_sites(before),
            }
        }
        reading.leave();
        if item.is_none() {
            break;
        }
    }
    Ok(Presence::Present)
}

fn read_texts<'de, A: SeqAccess<'de>>(
    mut seq: A,
    reading: &mut Reading<'de>,
    texts: &mut Vec<Cow<'de, str>>,
) -> Result<Presence, A::Error> {
    for index in 0.. {
        reading.enter(Step::Item(index));
        let mut text = None;
        let shape = Shape::Text(&mut text);
        let item = seq.next_element_seed(Expectation::new(reading, shape))?;
        reading.leave();
        texts.extend(text);
        if item.is_none() {
            break;
        }
    }
    Ok(Presence::Present)
}

/// No field at all.
struct Nothing;

impl<'de> View<'de> for Nothing {
    fn known(&self, _: &[u8]) -> Option<Known> {
        None
    }

    fn read(&mut self, _: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        value.skip()
    }
}
