//! Selects the values that a path pattern leads to.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::image_location::NAME;
use super::path_pattern::Segment;
use crate::document::{Cursor, Errors, FieldPath, Step, Value};

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

/// The cost of selecting a value. Looking at one costs 1.
const SELECTED_COST: usize = 8;

/// Selects every value that a pattern leads to, except nulls, in the order of their paths.
/// `item_keys` names the field that tells the items of each list on the path apart.
pub(super) fn select<'t, 's>(
    root: &'t Value<'t>,
    segments: impl Iterator<Item = Segment<'s>>,
    item_keys: &[&'static str],
    on_mismatch: OnMismatch,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<Selected<'t>> {
    select_from(root, &[], segments, item_keys, on_mismatch, errors)
}

/// Selects every value that the rest of a pattern leads to from a value on its path.
pub(super) fn select_from<'t, 's>(
    value: &'t Value<'t>,
    steps: &[Step<'t>],
    segments: impl Iterator<Item = Segment<'s>>,
    item_keys: &[&'static str],
    on_mismatch: OnMismatch,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<Selected<'t>> {
    let mut selection = Selection {
        steps: steps.to_vec(),
        items: Vec::new(),
        selected: Vec::new(),
        on_mismatch,
        errors,
    };
    let segments: Vec<_> = segments.collect();
    selection.follow(value, &segments, item_keys);
    selection.selected
}

impl<'t> Selected<'t> {
    pub(super) const fn cursor<'p>(
        &'p self,
        errors: &'p Errors<'t, DecodeErrorKind>,
    ) -> Cursor<'t, 'p, DecodeErrorKind> {
        Cursor::at(self.value, self.steps.as_slice(), errors)
    }
}

/// The state of a selection at one value. Most values lead nowhere, so only a selected one
/// gets a path of its own.
struct Selection<'t, 'e> {
    /// The path of the current value.
    steps: Vec<Step<'t>>,
    /// The list items on the path, each with the field that holds its name.
    items: Vec<(&'static str, &'t Value<'t>)>,
    selected: Vec<Selected<'t>>,
    on_mismatch: OnMismatch,
    errors: &'e Errors<'t, DecodeErrorKind>,
}

impl<'t> Selection<'t, '_> {
    fn follow(
        &mut self,
        value: &'t Value<'t>,
        segments: &[Segment<'_>],
        item_keys: &[&'static str],
    ) {
        if !self.errors.follow(1) {
            return;
        }
        let Some((segment, rest)) = segments.split_first() else {
            return self.add(value);
        };
        if let Segment::Field(name) = segment {
            match value {
                Value::Object(fields) => {
                    self.follow_field(fields.entry(name), rest, item_keys);
                }
                Value::Null => {}
                _ => self.note(DecodeErrorKind::NotAnObject),
            }
            return;
        }
        let (key, item_keys) = match item_keys.split_first() {
            Some((key, others)) => (*key, others),
            None => (NAME, item_keys),
        };
        match value {
            Value::Object(fields) => match segment {
                Segment::Named(name) => self.follow_field(fields.entry(name), rest, item_keys),
                _ => {
                    for field in fields.iter() {
                        self.follow_field(Some(field), rest, item_keys);
                    }
                }
            },
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let is_wanted = match segment {
                        Segment::Named(name) => name_in(item, NAME).as_deref() == Some(name),
                        _ => true,
                    };
                    if is_wanted {
                        self.steps.push(Step::Item(index));
                        self.items.push((key, item));
                        self.follow(item, rest, item_keys);
                        self.items.pop();
                        self.steps.pop();
                    } else {
                        self.errors.follow(1);
                    }
                }
            }
            Value::Null => {}
            _ => self.note(DecodeErrorKind::NotAListOrObject),
        }
    }

    fn follow_field(
        &mut self,
        field: Option<(&'t Cow<'t, str>, &'t Value<'t>)>,
        rest: &[Segment<'_>],
        item_keys: &[&'static str],
    ) {
        if let Some((name, value)) = field {
            self.steps.push(Step::field(name));
            self.follow(value, rest, item_keys);
            self.steps.pop();
        }
    }

    fn add(&mut self, value: &'t Value<'t>) {
        if value.is_null() || !self.errors.follow(SELECTED_COST) {
            return;
        }
        let items = self.items.iter().filter_map(|(key, item)| {
            let name = name_in(item, key)?;
            Some(NamedItem { key, name })
        });
        self.selected.push(Selected {
            value,
            steps: self.steps.clone(),
            items: items.collect(),
        });
    }

    fn note(&self, kind: DecodeErrorKind) {
        if self.on_mismatch == OnMismatch::Note {
            let path = FieldPath::from(self.steps.as_slice());
            self.errors.note(path, kind);
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
