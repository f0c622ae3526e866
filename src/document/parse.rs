//! Parses JSON in one pass, and keeps only the parts that a `Keep` selects.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::value::{Field, Fields, Value};

/// The error for text that is not JSON. Nesting of more than 127 levels, half a surrogate
/// pair and a number out of range count too: no host can send them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// A rule for the parts of a value that are kept. Each kept value has its own rule.
pub(crate) trait Keep: Copy {
    /// The rule for the field `name`; `None` skips the field. `before` holds the kept fields that
    /// were written before it in the same object.
    fn field(self, name: &str, before: &[Field<'_>]) -> Option<Self>;
}

/// Keeps everything.
#[derive(Clone, Copy)]
pub(super) struct All;

impl Keep for All {
    fn field(self, _: &str, _: &[Field<'_>]) -> Option<Self> {
        Some(self)
    }
}

/// A parsed document, and whether any of its kept objects repeats a name.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) has_repeated_names: bool,
}

pub(super) fn parse<K: Keep>(json: &str, keep: K) -> Result<Parsed<'_>, Malformed> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut unfinished = Unfinished::default();
    let seed = Seed {
        keep,
        unfinished: &mut unfinished,
    };
    let value = seed.deserialize(&mut deserializer).map_err(|_| Malformed)?;
    deserializer.end().map_err(|_| Malformed)?;
    Ok(Parsed {
        value,
        has_repeated_names: unfinished.has_repeated_names,
    })
}

/// The fields and items of all objects and arrays that are still being read. At its end, each
/// is moved into memory of exactly its size.
#[derive(Default)]
struct Unfinished<'de> {
    fields: Vec<Field<'de>>,
    items: Vec<Value<'de>>,
    has_repeated_names: bool,
}

struct Seed<'o, 'de, K> {
    keep: K,
    unfinished: &'o mut Unfinished<'de>,
}

impl<'de, K: Keep> DeserializeSeed<'de> for Seed<'_, 'de, K> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, K: Keep> Visitor<'de> for Seed<'_, 'de, K> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Negative(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Natural(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Float(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value<'de>, A::Error> {
        let Self { keep, unfinished } = self;
        let start = unfinished.items.len();
        while let Some(item) = array.next_element_seed(Seed {
            keep,
            unfinished: &mut *unfinished,
        })? {
            unfinished.items.push(item);
        }
        Ok(Value::Array(unfinished.items.drain(start..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value<'de>, A::Error> {
        let Self { keep, unfinished } = self;
        let start = unfinished.fields.len();
        while let Some(name) = object.next_key_seed(Name)? {
            let before = unfinished.fields.get(start..).unwrap_or_default();
            match keep.field(&name, before) {
                Some(keep) => {
                    let value = object.next_value_seed(Seed {
                        keep,
                        unfinished: &mut *unfinished,
                    })?;
                    unfinished.fields.push((name, value));
                }
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        let fields: Box<[Field<'de>]> = unfinished.fields.drain(start..).collect();
        let written = fields.len();
        let fields = Fields::from_written(fields);
        unfinished.has_repeated_names |= fields.len() < written;
        Ok(Value::Object(fields))
    }
}

/// Reads the name of a field, borrowed where it holds no escape.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{All, parse};

    #[test]
    fn notes_whether_any_object_repeats_a_name() {
        for (json, repeats) in [
            (r#"{"a": 1, "a": 2}"#, true),
            (r#"{"a": 1, "b": 2}"#, false),
            (r#"{"a": {"b": 1, "c": 2, "b": 3}, "d": {"e": 4}}"#, true),
            (r#"{"a": {"b": 1}, "d": {"b": 4}}"#, false),
            (r#"{"a": {"b": 1, "\u0062": 2}}"#, true),
        ] {
            let parsed = parse(json, All).unwrap();
            assert_eq!(parsed.has_repeated_names, repeats, "{json}");
        }
    }
}
