//! A cursor on a value of a document. Values of the wrong type are noted with their paths, so
//! that one pass finds every error.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use super::field_path::{FieldPath, Step};
use super::value::{Fields, Value};

/// The expected type, in place of a value of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mismatch {
    Object,
    Array,
    String,
    Boolean,
}

/// The errors that were noted in a document, each with its path.
#[derive(Debug)]
pub(crate) struct Errors<'t, E> {
    noted: RefCell<Vec<(FieldPath<'t>, E)>>,
    /// The bytes of all names on their paths.
    path_bytes: Cell<usize>,
    /// The number of values that patterns can still look at.
    left_to_follow: Cell<usize>,
}

impl<'t, E> Errors<'t, E> {
    pub(crate) const fn new() -> Self {
        Self {
            noted: RefCell::new(Vec::new()),
            path_bytes: Cell::new(0),
            left_to_follow: Cell::new(Self::MAX_FOLLOWED),
        }
    }

    /// The most errors that are kept. The limit bounds the memory of a hostile document.
    const MAX: usize = 10_000;

    /// The most bytes of names on their paths. The limit bounds the work of putting them in order.
    const MAX_PATH_BYTES: usize = 2 << 20;

    /// The most values that patterns look at: ten patterns for each of a hundred thousand items. The
    /// limit bounds the work that many patterns make of a hostile document.
    const MAX_FOLLOWED: usize = 1_000_000;

    /// Counts values that a pattern follows or passes over; `false` where they are too many.
    pub(crate) fn follow(&self, values: usize) -> bool {
        let left = self.left_to_follow.get();
        self.left_to_follow.set(left.saturating_sub(values));
        left >= values
    }

    pub(crate) const fn has_followed_too_much(&self) -> bool {
        self.left_to_follow.get() == 0
    }

    pub(crate) fn note(&self, path: FieldPath<'t>, error: E) {
        if !self.is_full() {
            let bytes: usize = path.fields().iter().map(|name| name.len()).sum();
            self.path_bytes.set(self.path_bytes.get() + bytes);
            self.noted.borrow_mut().push((path, error));
        }
    }

    /// Whether there are more errors than are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.count() >= Self::MAX || self.path_bytes.get() > Self::MAX_PATH_BYTES
    }

    pub(crate) fn count(&self) -> usize {
        self.noted.borrow().len()
    }

    pub(crate) fn into_vec(self) -> Vec<(FieldPath<'t>, E)> {
        self.noted.into_inner()
    }
}

/// A value, with its path from the root of its document.
#[derive(Debug)]
pub(crate) struct Cursor<'t, 'p, E> {
    value: &'t Value<'t>,
    frame: Frame<'t, 'p>,
    errors: &'p Errors<'t, E>,
}

/// The path to a value, as a list on the stack. Most values need no path, so one is
/// allocated only for an error or a site.
#[derive(Clone, Copy, Debug)]
enum Frame<'t, 'p> {
    Path(&'p [Step<'t>]),
    Field(&'p Frame<'t, 'p>, &'t str),
    Item(&'p Frame<'t, 'p>, usize),
}

impl<E> Clone for Cursor<'_, '_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Cursor<'_, '_, E> {}

impl<'t, 'p, E: From<Mismatch>> Cursor<'t, 'p, E> {
    pub(crate) const fn root(value: &'t Value<'t>, errors: &'p Errors<'t, E>) -> Self {
        Self {
            value,
            frame: Frame::Path(&[]),
            errors,
        }
    }

    pub(crate) const fn at(
        value: &'t Value<'t>,
        path: &'p [Step<'t>],
        errors: &'p Errors<'t, E>,
    ) -> Self {
        Self {
            value,
            frame: Frame::Path(path),
            errors,
        }
    }

    pub(crate) const fn value(&self) -> &'t Value<'t> {
        self.value
    }

    pub(crate) fn path(&self) -> FieldPath<'t> {
        let mut steps = Vec::new();
        let mut frame = &self.frame;
        loop {
            frame = match frame {
                Frame::Path(path) => {
                    steps.extend(path.iter().rev().cloned());
                    break;
                }
                Frame::Field(outer, name) => {
                    steps.push(Step::field(name));
                    outer
                }
                Frame::Item(outer, index) => {
                    steps.push(Step::Item(*index));
                    outer
                }
            };
        }
        steps.reverse();
        FieldPath::from(steps)
    }

    /// The index in the list of which this value is an item; 0 for any other value.
    pub(crate) const fn index(&self) -> usize {
        match self.frame {
            Frame::Item(_, index) => index,
            Frame::Path(_) | Frame::Field(..) => 0,
        }
    }

    pub(crate) fn note(&self, error: E) {
        if !self.errors.is_full() {
            self.errors.note(self.path(), error);
        }
    }

    /// Notes an error at a field of this value, which may be missing.
    pub(crate) fn note_field(&self, name: &'t str, error: E) {
        self.errors.note(self.path().field(name), error);
    }

    /// The number of errors in the document so far. A caller that compares two counts knows
    /// whether a part could be read.
    pub(crate) fn error_count(&self) -> usize {
        self.errors.count()
    }

    /// The fields of an object. Notes an error if this is not one.
    pub(crate) fn object(&self) -> Option<&'t Fields<'t>> {
        let fields = self.value.as_object();
        if fields.is_none() {
            self.note(Mismatch::Object.into());
        }
        fields
    }

    /// The field `name` of an object, if present and not null. Notes no error.
    pub(crate) fn get<'s>(&'s self, name: &str) -> Option<Cursor<'t, 's, E>> {
        let (name, value) = self.value.as_object()?.entry(name)?;
        (!value.is_null()).then(|| self.field(name, value))
    }

    /// The field `name` of an object, if present and not null. Notes an error if this is not an
    /// object.
    pub(crate) fn optional<'s>(&'s self, name: &str) -> Option<Cursor<'t, 's, E>> {
        self.object()?;
        self.get(name)
    }

    pub(crate) const fn field<'s>(
        &'s self,
        name: &'t str,
        value: &'t Value<'t>,
    ) -> Cursor<'t, 's, E> {
        Cursor {
            value,
            frame: Frame::Field(&self.frame, name),
            errors: self.errors,
        }
    }

    /// The fields of an object, as cursors. Notes an error if this is not one.
    pub(crate) fn fields<'s>(&'s self) -> impl Iterator<Item = (&'t str, Cursor<'t, 's, E>)> {
        let fields = self.object().into_iter().flat_map(Fields::iter);
        fields.map(|(name, value)| (name.as_ref(), self.field(name, value)))
    }

    /// The items of an array. Notes an error if this is not one.
    pub(crate) fn items<'s>(&'s self) -> impl Iterator<Item = Cursor<'t, 's, E>> {
        if !matches!(self.value, Value::Array(_)) {
            self.note(Mismatch::Array.into());
        }
        let items = self.value.items().iter().enumerate();
        items.map(|(index, value)| Cursor {
            value,
            frame: Frame::Item(&self.frame, index),
            errors: self.errors,
        })
    }

    /// The text of a string. Notes an error if this is not one.
    pub(crate) fn text(&self) -> Option<&'t Cow<'t, str>> {
        match self.value {
            Value::String(text) => Some(text),
            _ => {
                self.note(Mismatch::String.into());
                None
            }
        }
    }

    /// The value of a boolean. Notes an error if this is not one.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(*value),
            _ => {
                self.note(Mismatch::Boolean.into());
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Errors, FieldPath};

    #[test]
    fn keeps_no_more_errors_than_the_limit() {
        let errors = Errors::new();
        for error in 0..=Errors::<usize>::MAX {
            errors.note(FieldPath::default(), error);
        }
        let kept = errors.into_vec();
        assert_eq!(kept.len(), 10_000);
        assert_eq!(kept.last(), Some(&(FieldPath::default(), 9_999)));
    }
}
