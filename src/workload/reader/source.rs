//! Where values come from: the JSON library's reader, behind traits without type
//! parameters, so that views need none either.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::expectation::{Expectation, Shape};
use super::known::Known;
use super::reading::{Reading, Strings};
use super::view::{GaveUp, Presence, View};

/// Where one value after the other comes from.
pub(super) trait Source<'de> {
    /// The value, by a shape.
    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp>;
    /// The value, as it is written.
    fn raw(&mut self) -> Result<&'de RawValue, GaveUp>;
    /// Passes over the value.
    fn skip(&mut self) -> Result<(), GaveUp>;
}

/// A field that a view reads.
pub(super) struct Field<'de> {
    pub(super) name: Cow<'de, str>,
    pub(super) bit: u32,
}

/// Where the fields of an object come from.
pub(super) trait Fields<'de>: Source<'de> {
    /// The next field that `view` reads, if there is one; those before it are passed over.
    fn next(&mut self, view: &dyn View<'de>) -> Result<Option<Field<'de>>, GaveUp>;
}

/// Where the items of a list come from.
pub(super) trait ListItems<'de>: Source<'de> {
    /// Whether the last value was none: there are no more.
    fn has_ended(&self) -> bool;
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
    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp> {
        match self.strings {
            Strings::Decoded => {
                let value = self.map.next_value_seed(expectation);
                self.keep(value)?
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

impl<'de, A: MapAccess<'de>> Fields<'de> for MapSource<'de, A> {
    fn next(&mut self, view: &dyn View<'de>) -> Result<Option<Field<'de>>, GaveUp> {
        loop {
            let key = match self.strings {
                Strings::Decoded => self.map.next_key_seed(KeyOf(view)),
                Strings::AsWritten => {
                    let key = self.map.next_key::<&'de RawValue>();
                    key.map(|key| key.map(|key| field_as_written(view, key)))
                }
            };
            match self.keep(key)? {
                None => return Ok(None),
                Some(Some(field)) => return Ok(Some(field)),
                Some(None) => self.skip()?,
            }
        }
    }
}

/// The items of a list that the JSON library reads.
pub(super) struct SeqSource<'de, A: SeqAccess<'de>> {
    seq: A,
    error: Option<A::Error>,
    strings: Strings,
    has_ended: bool,
}

impl<'de, A: SeqAccess<'de>> SeqSource<'de, A> {
    pub(super) const fn new(seq: A, strings: Strings) -> Self {
        Self {
            seq,
            error: None,
            strings,
            has_ended: false,
        }
    }

    /// Why the library has given up, if it has.
    pub(super) fn into_error(self) -> Option<A::Error> {
        self.error
    }

    fn keep<T>(&mut self, item: Result<Option<T>, A::Error>) -> Result<Option<T>, GaveUp> {
        match item {
            Ok(item) => {
                self.has_ended = item.is_none();
                Ok(item)
            }
            Err(error) => {
                self.error = Some(error);
                Err(GaveUp)
            }
        }
    }

    fn next_raw(&mut self) -> Result<Option<&'de RawValue>, GaveUp> {
        let item = self.seq.next_element();
        self.keep(item)
    }
}

impl<'de, A: SeqAccess<'de>> Source<'de> for SeqSource<'de, A> {
    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp> {
        match self.strings {
            Strings::Decoded => {
                let item = self.seq.next_element_seed(expectation);
                self.keep(item)?.unwrap_or(Ok(Presence::Absent))
            }
            Strings::AsWritten => match self.next_raw()? {
                Some(raw) => expectation.of_raw(raw),
                None => Ok(Presence::Absent),
            },
        }
    }

    fn raw(&mut self) -> Result<&'de RawValue, GaveUp> {
        Ok(self.next_raw()?.unwrap_or(RawValue::NULL))
    }

    fn skip(&mut self) -> Result<(), GaveUp> {
        let item = self.seq.next_element::<IgnoredAny>();
        self.keep(item).map(|_| ())
    }
}

impl<'de, A: SeqAccess<'de>> ListItems<'de> for SeqSource<'de, A> {
    fn has_ended(&self) -> bool {
        self.has_ended
    }
}

/// A value that was taken as it is written, so that it can be read more than once.
pub(super) struct RawSource<'de>(pub(super) &'de RawValue);

impl<'de> Source<'de> for RawSource<'de> {
    fn expect(&mut self, expectation: Expectation<'_, '_, 'de>) -> Result<Presence, GaveUp> {
        expectation.of_raw(self.0)
    }

    fn raw(&mut self) -> Result<&'de RawValue, GaveUp> {
        Ok(self.0)
    }

    fn skip(&mut self) -> Result<(), GaveUp> {
        Ok(())
    }
}

/// Looks a key up while the JSON library holds it.
struct KeyOf<'v, 'de>(&'v dyn View<'de>);

impl<'de> DeserializeSeed<'de> for KeyOf<'_, 'de> {
    type Value = Option<Field<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for KeyOf<'_, 'de> {
    type Value = Option<Field<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(field(self.0, key, || Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(field(self.0, key, || Cow::Owned(key.to_owned())))
    }
}

fn field<'de>(
    view: &dyn View<'de>,
    key: &str,
    own_name: impl FnOnce() -> Cow<'de, str>,
) -> Option<Field<'de>> {
    let Known { name, bit } = view.known(key)?;
    let name = name.map_or_else(own_name, Cow::Borrowed);
    Some(Field { name, bit })
}

/// What stands between the quotes of a string, as it is written.
fn inner(quoted: &str) -> &str {
    let open = quoted.strip_prefix('"').unwrap_or(quoted);
    open.strip_suffix('"').unwrap_or(open)
}

/// Looks up a key that may hold what no string can: such a key is called as it is
/// written.
fn field_as_written<'de>(view: &dyn View<'de>, key: &'de RawValue) -> Option<Field<'de>> {
    let mut decoded = None;
    let text = Shape::Text(&mut decoded);
    let _ = Expectation::new(&mut Reading::with(Strings::Decoded), text).of(key.get());
    let key = decoded.unwrap_or_else(|| Cow::Borrowed(inner(key.get())));
    let known = view.known(&key)?;
    Some(Field {
        name: known.name.map_or(key, Cow::Borrowed),
        bit: known.bit,
    })
}
