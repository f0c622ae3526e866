//! Values behind a path pattern.

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
    /// The items of lists on the way that have a name, from the outermost on.
    pub(super) items: Vec<NamedItem<'t>>,
}

/// An item of a list, with the field that tells it apart.
#[derive(Clone, Debug)]
pub(super) struct NamedItem<'t> {
    pub(super) key: &'static str,
    pub(super) name: Cow<'t, str>,
}

/// Whether something else than the pattern expects may stand on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    Noted,
    Ignored,
}

/// Every value that a pattern leads to and that is not null, in the order of their paths.
/// `item_keys` are, for each list on the way, the field that tells its items apart.
pub(super) fn select<'t, 's>(
    root: &'t Value<'t>,
    segments: impl Iterator<Item = Segment<'s>>,
    item_keys: &[&'static str],
    otherwise: Otherwise,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<Selected<'t>> {
    let mut item_keys = item_keys.iter();
    let mut selected = vec![Selected {
        value: root,
        steps: Vec::new(),
        items: Vec::new(),
    }];
    for segment in segments {
        let key = match segment {
            Segment::Field(_) => NAME,
            Segment::Named(_) | Segment::Each => item_keys.next().copied().unwrap_or(NAME),
        };
        let behind = selected.iter().flat_map(|from| {
            let found = from.behind(segment, key);
            if let Err(kind) = &found
                && otherwise == Otherwise::Noted
            {
                errors.note(FieldPath::from(from.steps.as_slice()), *kind);
            }
            found.unwrap_or_default()
        });
        selected = behind.collect();
    }
    selected
}

impl<'t> Selected<'t> {
    /// A cursor at the value.
    pub(super) const fn cursor<'p>(
        &'p self,
        errors: &'p Errors<'t, DecodeErrorKind>,
    ) -> Cursor<'t, 'p, DecodeErrorKind> {
        Cursor::at(self.value, self.steps.as_slice(), errors)
    }

    /// The values behind one more step, or what belongs here instead.
    fn behind(
        &self,
        segment: Segment<'_>,
        item_key: &'static str,
    ) -> Result<Vec<Self>, DecodeErrorKind> {
        Ok(match (segment, self.value) {
            (_, Value::Null) => Vec::new(),
            (Segment::Field(name) | Segment::Named(name), Value::Object(fields)) => {
                let field = fields.entry(name);
                field
                    .and_then(|field| self.field(field))
                    .into_iter()
                    .collect()
            }
            (Segment::Each, Value::Object(fields)) => fields
                .iter()
                .filter_map(|field| self.field(field))
                .collect(),
            (Segment::Each, Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.filter_map(|item| self.item(item, item_key)).collect()
            }
            (Segment::Named(name), Value::Array(items)) => {
                let is_named = |item: &Value<'_>| name_in(item, NAME).as_deref() == Some(name);
                let items = items.iter().enumerate();
                let items = items.filter(|(_, item)| is_named(item));
                items.filter_map(|item| self.item(item, item_key)).collect()
            }
            (Segment::Field(_), _) => return Err(DecodeErrorKind::NotAnObject),
            (Segment::Named(_) | Segment::Each, _) => {
                return Err(DecodeErrorKind::NotAListOrObject);
            }
        })
    }

    fn field(&self, (name, value): (&'t Cow<'t, str>, &'t Value<'t>)) -> Option<Self> {
        (!value.is_null()).then(|| self.step(Step::field(name), value))
    }

    fn item(&self, (index, value): (usize, &'t Value<'t>), key: &'static str) -> Option<Self> {
        if value.is_null() {
            return None;
        }
        let mut item = self.step(Step::Item(index), value);
        if let Some(name) = name_in(value, key) {
            item.items.push(NamedItem { key, name });
        }
        Some(item)
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

/// What an item is called: a string or a number, since nobody has said that something else
/// may not stand there.
fn name_in<'t>(item: &'t Value<'t>, key: &str) -> Option<Cow<'t, str>> {
    match item.get(key)? {
        Value::String(name) => Some(Cow::Borrowed(name)),
        Value::Natural(number) => Some(Cow::Owned(number.to_string())),
        Value::Float(number) if *number >= 0.0 => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}
