//! Finds parts of a document as they were written.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The texts of fields of the object in the field `parent`, found in one pass. A missing field
/// gives `None`. The last of two equal keys counts, as in the tree.
pub(crate) fn raw_fields<'a, const N: usize>(
    json: &'a str,
    parent: &str,
    names: [&str; N],
) -> [Option<&'a str>; N] {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let parent = Some(parent);
    let found = RawFields { parent, names }.deserialize(&mut deserializer);
    found.unwrap_or([None; N])
}

/// Reads the fields `names` of an object, or of the object in its field `parent`.
struct RawFields<'n, const N: usize> {
    parent: Option<&'n str>,
    names: [&'n str; N],
}

impl<'de, const N: usize> DeserializeSeed<'de> for RawFields<'_, N> {
    type Value = [Option<&'de str>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for RawFields<'_, N> {
    type Value = [Option<&'de str>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let Self { parent, names } = self;
        let mut found = [None; N];
        while let Some(name) = object.next_key::<String>()? {
            let mut texts = names.iter().zip(&mut found);
            match texts.find(|(own, _)| parent.is_none() && **own == name) {
                Some((_, text)) => *text = Some(object.next_value::<&'de RawValue>()?.get()),
                None if parent == Some(&name) => {
                    let parent = None;
                    found = object.next_value_seed(RawFields { parent, names })?;
                }
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_texts_of_fields_inside_a_parent_field() {
        let json = r#"{"a":{"x":9},"request":{"b":1,"x":{"c": 1.0},"y":[2],"x":"\u0061"},"x":8}"#;
        assert_eq!(
            raw_fields(json, "request", ["x", "y", "z"]),
            [Some(r#""\u0061""#), Some("[2]"), None]
        );
    }

    #[test]
    fn finds_nothing_where_there_is_no_object() {
        for json in ["{}", "[]", r#"{"request":5}"#, "{"] {
            assert_eq!(raw_fields(json, "request", ["x"]), [None], "{json}");
        }
    }
}
