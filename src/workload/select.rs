//! Selects the values that a path pattern leads to.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::image_location::NAME;
use super::path_pattern::Segment;
use crate::document::{Cursor, Errors, FieldPath, Fields, Step, Value};

/// A value that a pattern leads to.
#[derive(Clone, Debug)]
pub(super) struct Selected<'t> {
    pub(super) value: &'t Value<'t>,
    pub(super) steps: Vec<Step<'t>>,
    /// The named list items on the path, from the outermost on.
    pub(super) items: Vec<NamedItem<'t>>,
}

/// The name of a list item, and the field that holds the name.
#[derive(Clone, Debug)]
pub(super) struct NamedItem<'t> {
    pub(super) key: &'static str,
    pub(super) name: Cow<'t, str>,
}

/// The treatment of a value on the path that has another type than the pattern expects.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnMismatch {
    Note,
    Ignore,
}

/// Selects every value that a pattern leads to, except nulls, in the order of their paths.
/// `item_keys` names the field that tells the items of each list on the path apart.
pub(super) fn select<'t, 's>(
    root: &'t Value<'t>,
    segments: impl Iterator<Item = Segment<'s>>,
    item_keys: &[&'static str],
    on_mismatch: OnMismatch,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<Selected<'t>> {
    let from = Selected {
        value: root,
        steps: Vec::new(),
        items: Vec::new(),
    };
    select_from(from, segments, item_keys, on_mismatch, errors)
}

/// Selects every value that the rest of a pattern leads to from a value on its path.
pub(super) fn select_from<'t, 's>(
    from: Selected<'t>,
    segments: impl Iterator<Item = Segment<'s>>,
    item_keys: &[&'static str],
    on_mismatch: OnMismatch,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<Selected<'t>> {
    let mut item_keys = item_keys.iter();
    let mut selected = vec![from];
    for segment in segments {
        let key = match segment {
            Segment::Field(_) => NAME,
            Segment::Named(_) | Segment::Each => item_keys.next().copied().unwrap_or(NAME),
        };
        let note = |from: &Selected<'t>, kind| {
            if on_mismatch == OnMismatch::Note {
                errors.note(FieldPath::from(from.steps.as_slice()), kind);
            }
        };
        if let Segment::Field(name) = segment {
            selected.retain_mut(|from| match from.value {
                Value::Object(fields) => from.enter(fields.entry(name)),
                Value::Null => false,
                _ => {
                    note(from, DecodeErrorKind::NotAnObject);
                    false
                }
            });
            continue;
        }
        let items = selected.iter().flat_map(|from| match from.value {
            Value::Object(fields) => from.values(fields, segment),
            Value::Array(items) => from.items(items, segment, key),
            Value::Null => Vec::new(),
            _ => {
                note(from, DecodeErrorKind::NotAListOrObject);
                Vec::new()
            }
        });
        selected = items.collect();
    }
    selected
}

impl<'t> Selected<'t> {
    pub(super) const fn cursor<'p>(
        &'p self,
        errors: &'p Errors<'t, DecodeErrorKind>,
    ) -> Cursor<'t, 'p, DecodeErrorKind> {
        Cursor::at(self.value, self.steps.as_slice(), errors)
    }

    /// Steps into a field; false where the field is missing or null.
    fn enter(&mut self, field: Option<(&'t Cow<'t, str>, &'t Value<'t>)>) -> bool {
        match field {
            Some((name, value)) if !value.is_null() => {
                self.steps.push(Step::field(name));
                self.value = value;
                true
            }
            _ => false,
        }
    }

    /// The values of a map: all of them, or the one at a key.
    fn values(&self, fields: &'t Fields<'t>, segment: Segment<'_>) -> Vec<Self> {
        let is_wanted = |name: &str| match segment {
            Segment::Named(key) => name == key,
            Segment::Field(_) | Segment::Each => true,
        };
        let fields = fields.iter();
        let fields = fields.filter(|(name, value)| is_wanted(name) && !value.is_null());
        let values = fields.map(|(name, value)| self.step(Step::field(name), value));
        values.collect()
    }

    /// The items of a list: all of them, or those with a name.
    fn items(&self, items: &'t [Value<'t>], segment: Segment<'_>, key: &'static str) -> Vec<Self> {
        let is_wanted = |item: &Value<'_>| match segment {
            Segment::Named(name) => name_in(item, NAME).as_deref() == Some(name),
            Segment::Field(_) | Segment::Each => !item.is_null(),
        };
        let items = items.iter().enumerate().filter(|(_, item)| is_wanted(item));
        let items = items.map(|(index, value)| {
            let mut item = self.step(Step::Item(index), value);
            let name = name_in(value, key);
            item.items.extend(name.map(|name| NamedItem { key, name }));
            item
        });
        items.collect()
    }

    fn step(&self, step: Step<'t>, value: &'t Value<'t>) -> Self {
        let mut steps = Vec::with_capacity(self.steps.len() + 1);
        steps.extend_from_slice(&self.steps);
        steps.push(step);
        Self {
            value,
            steps,
            items: self.items.clone(),
        }
    }
}

/// The name of an item, which may be a number: the `major` of an image catalog is one.
fn name_in<'t>(item: &'t Value<'t>, key: &str) -> Option<Cow<'t, str>> {
    match item.get(key)? {
        Value::String(name) => Some(Cow::Borrowed(name)),
        Value::Natural(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}
