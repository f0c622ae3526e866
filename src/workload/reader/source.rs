//! Where the fields of an object come from: the JSON library's reader, behind a
//! trait without type parameters, so that views need none either.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::expectation::{Expectation, Shape};
use super::reading::{Reading, Strings};
use super::view::{GaveUp, Known, Presence, View};

/// Where the fields of an object come from.
pub(super) trait Source<'de> {
    /// The next field, if there is one, and if its key names one that `view` reads.
    fn next(&mut self, view: &dyn View<'de>) -> Result<Option<Option<Known>>, GaveUp>;
    /// The value of that field, by a shape.
    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp>;
    /// The value of that field, as it is written.
    fn raw(&mut self) -> Result<&'de RawValue, GaveUp>;
    /// Passes over the value of that field.
    fn skip(&mut self) -> Result<(), GaveUp>;
}

/// The fields of an object that the JSON library reads.
pub(super) struct MapSource<'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
    strings: Strings,
}

impl<'de, A: MapAccess<'de>> MapSource<'de, A> {
    pub(super) const fn new(map: A, strings: Strings) -> Self {
        Self {
            map,
            error: None,
            strings,
        }
    }

    /// Why the library has given up, if it has.
    pub(super) fn into_error(self) -> Option<A::Error> {
        self.error
    }

    fn keep<T>(&mut self, result: Result<T, A::Error>) -> Result<T, GaveUp> {
        result.map_err(|error| {
            self.error = Some(error);
            GaveUp
        })
    }
}

impl<'de, A: MapAccess<'de>> Source<'de> for MapSource<'de, A> {
    fn next(&mut self, view: &dyn View<'de>) -> Result<Option<Option<Known>>, GaveUp> {
        let next = match self.strings {
            Strings::Decoded => self.map.next_key_seed(KeyOf(view)),
            Strings::AsWritten => {
                let key = self.map.next_key::<&'de RawValue>();
                key.map(|key| key.map(|key| known_as_written(view, key)))
            }
        };
        self.keep(next)
    }

    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp> {
        match self.strings {
            Strings::Decoded => {
                let value = self.map.next_value_seed(expectation);
                self.keep(value)
            }
            Strings::AsWritten => expectation.of_raw(self.raw()?),
        }
    }

    fn raw(&mut self) -> Result<&'de RawValue, GaveUp> {
        let value = self.map.next_value();
        self.keep(value)
    }

    fn skip(&mut self) -> Result<(), GaveUp> {
        let value = self.map.next_value::<IgnoredAny>();
        self.keep(value).map(|_| ())
    }
}

/// Looks a key up while the JSON library holds it.
struct KeyOf<'v, 'de>(&'v dyn View<'de>);

impl<'de> DeserializeSeed<'de> for KeyOf<'_, 'de> {
    type Value = Option<Known>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for KeyOf<'_, 'de> {
    type Value = Option<Known>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.known(key.as_bytes()))
    }
}

/// Looks up a key that may hold what no string can: such a key names no field.
fn known_as_written<'de>(view: &dyn View<'de>, key: &'de RawValue) -> Option<Known> {
    let mut decoded = None;
    Expectation::new(&mut Reading::default(), Shape::Text(&mut decoded))
        .of(key.get())
        .ok()?;
    view.known(decoded?.as_bytes())
}
