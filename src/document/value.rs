//! The JSON value: settings, objects and host answers are all read through it.

use std::borrow::Cow;

use super::field_path::Step;
use super::parse::{All, Keep, Malformed, Parsed, parse};

/// A JSON value. Strings without an escape are borrowed from the text.
#[derive(Debug, Default, PartialEq)]
pub(crate) enum Value<'a> {
    #[default]
    Null,
    Bool(bool),
    /// A negative integer.
    Negative(i64),
    /// Any other integer that fits into 64 bits.
    Natural(u64),
    Float(f64),
    String(Cow<'a, str>),
    Array(Box<[Value<'a>]>),
    Object(Fields<'a>),
}

/// The name and the value of a field.
pub(crate) type Field<'a> = (Cow<'a, str>, Value<'a>);

/// The fields of an object, sorted and unique by name. The last of two equal keys counts.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Fields<'a>(Box<[Field<'a>]>);

impl<'a> Fields<'a> {
    /// Sorts fields that are in the order of the text.
    pub(super) fn from_written(fields: Box<[Field<'a>]>) -> Self {
        if fields.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Self(fields);
        }
        let mut fields = fields.into_vec();
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        // `dedup_by` keeps the first of equal names. The swap gives it the value of the last.
        fields.dedup_by(|(later, value), (earlier, kept)| {
            let is_same = later == earlier;
            if is_same {
                std::mem::swap(value, kept);
            }
            is_same
        });
        Self(fields.into_boxed_slice())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.entry(name).map(|(_, value)| value)
    }

    /// The field of this name. The returned name lives as long as the document.
    pub(crate) fn entry(&self, name: &str) -> Option<(&Cow<'a, str>, &Value<'a>)> {
        let field = self.0.get(self.position(name)?);
        field.map(|(name, value)| (name, value))
    }

    fn position(&self, name: &str) -> Option<usize> {
        // A linear search is faster in small objects: names of other lengths differ at once.
        if self.0.len() <= 16 {
            return self.0.iter().position(|(own, _)| own == name);
        }
        let found = self.0.binary_search_by(|(own, _)| own.as_ref().cmp(name));
        found.ok()
    }

    /// Takes the value of a field, and leaves null in its place.
    pub(crate) fn take(&mut self, name: &str) -> Value<'a> {
        let position = self.position(name);
        let field = position.and_then(|position| self.0.get_mut(position));
        field.map_or(Value::Null, |(_, value)| std::mem::take(value))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Cow<'a, str>, &Value<'a>)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'a> Value<'a> {
    pub(crate) fn parse(json: &'a str) -> Result<Self, Malformed> {
        parse(json, All).map(|parsed| parsed.value)
    }

    /// Parses JSON in which no object repeats a name. Readers differ on what a repeated name means.
    pub(crate) fn parse_unambiguous(json: &'a str) -> Result<Self, Malformed> {
        match parse(json, All)? {
            parsed if parsed.has_repeated_names => Err(Malformed),
            parsed => Ok(parsed.value),
        }
    }

    /// Parses JSON, and keeps only the parts that `keep` selects.
    pub(crate) fn parse_kept(json: &'a str, keep: impl Keep) -> Result<Parsed<'a>, Malformed> {
        parse(json, keep)
    }

    pub(crate) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array; empty for any other value.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) const fn as_object(&self) -> Option<&Fields<'a>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The value to which the steps lead from here.
    pub(crate) fn at(&self, steps: &[Step<'_>]) -> Option<&Self> {
        steps.iter().try_fold(self, |value, step| match step {
            Step::Field(name) => value.get(name),
            Step::Item(index) => value.items().get(*index),
        })
    }

    pub(crate) fn str_at(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    pub(crate) const fn is_nested(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Whether this is null, or an empty string, array or object. None of them says more than a
    /// missing field.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::String(text) => text.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Object(fields) => fields.len() == 0,
            Self::Bool(_) | Self::Negative(_) | Self::Natural(_) | Self::Float(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_fields_and_lets_the_last_of_two_count() {
        let value = Value::parse(r#"{"b":1,"a":2,"b":3,"a":4,"c":5}"#).unwrap();
        let fields = value.as_object().unwrap();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_ref(), value))
            .collect();
        let [a, b, c] = [Value::Natural(4), Value::Natural(3), Value::Natural(5)];
        assert_eq!(fields, [("a", &a), ("b", &b), ("c", &c)]);
    }

    #[test]
    fn finds_a_field_in_any_order_of_keys() {
        for json in [r#"{"x":1,"y":2}"#, r#"{"y":2,"x":1}"#] {
            let value = Value::parse(json).unwrap();
            assert_eq!(value.get("y"), Some(&Value::Natural(2)));
            assert_eq!(value.get("z"), None);
        }
    }
}
