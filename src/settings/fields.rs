//! The fields of an object in the settings.

use std::borrow::Cow;
use std::cell::Cell;

use super::error::{Path, Problems, SettingsErrorKind};
use super::reader::Given;
use crate::image::Quoted;
use crate::workload::Node;

/// More fields than most objects of the settings have.
const FIELDS: usize = 16;

/// The fields of an object, of which each known one is taken once.
pub(super) struct Fields<'a, 'p> {
    entries: &'p [(Cow<'a, str>, Node<'a>)],
    path: Path<'p>,
    problems: &'p Problems,
    known: Cell<Vec<&'static str>>,
    /// How many of the entries were taken.
    taken: Cell<usize>,
}

impl<'a, 'p> Given<'a, 'p> {
    /// The fields of an object.
    pub(super) fn fields(self) -> Option<Fields<'a, 'p>> {
        match self.node {
            Node::Map(entries) => Some(Fields::new(entries, self.path, self.problems)),
            _ => {
                self.report(SettingsErrorKind::Type, "must be an object");
                None
            }
        }
    }
}

impl<'a, 'p> Fields<'a, 'p> {
    pub(super) fn new(
        entries: &'p [(Cow<'a, str>, Node<'a>)],
        path: Path<'p>,
        problems: &'p Problems,
    ) -> Self {
        Self {
            entries,
            path,
            problems,
            known: Cell::new(Vec::with_capacity(FIELDS)),
            taken: Cell::new(0),
        }
    }

    /// Takes a field, if it is given.
    pub(super) fn take(&self, name: &'static str) -> Option<Given<'a, '_>> {
        self.take_even_empty(name).filter(|given| !given.is_empty())
    }

    /// Takes a field, if it is there and not null.
    pub(super) fn take_even_empty(&self, name: &'static str) -> Option<Given<'a, '_>> {
        let mut known = self.known.take();
        known.push(name);
        self.known.set(known);
        let mut own = self.entries.iter().filter(|(key, _)| key == name);
        let (_, node) = own.next()?;
        let others = own.count();
        if others > 0 {
            self.report(name, SettingsErrorKind::Repeated, "is given more than once");
        }
        self.taken.set(self.taken.get() + 1 + others);
        match node {
            Node::Null => None,
            node => Some(Given::new(node, Path::Key(&self.path, name), self.problems)),
        }
    }

    /// Takes a field that is `true` or `false`; `false` where it is not given.
    pub(super) fn boolean(&self, name: &'static str) -> bool {
        let given = self.take(name).and_then(Given::boolean);
        given.unwrap_or_default()
    }

    /// Takes a field that is a string.
    pub(super) fn text(&self, name: &'static str) -> Option<Cow<'a, str>> {
        self.take(name)?.text()
    }

    /// Takes a field that is one of a few names.
    pub(super) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        names: &[(&'static str, T)],
    ) -> Option<T> {
        let name_at = |position| names.get(position).map(|(name, _)| *name);
        let position = self.position_among(name, &name_at)?;
        names.get(position).map(|(_, value)| *value)
    }

    fn position_among(
        &self,
        name: &'static str,
        name_at: &dyn Fn(usize) -> Option<&'static str>,
    ) -> Option<usize> {
        self.take(name)?.position_among(name_at)
    }

    /// Takes a field that is a list, of which each given item is read by `item`.
    pub(super) fn items<T>(
        &self,
        name: &'static str,
        mut item: impl FnMut(Given<'a, '_>) -> Option<T>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        self.each(name, &mut |given| {
            if let Some(item) = item(given) {
                items.push(item);
            }
        });
        items
    }

    /// Takes a field as above, if it is given.
    pub(super) fn given_items<T>(
        &self,
        name: &'static str,
        mut item: impl FnMut(Given<'a, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut items = Vec::new();
        let is_given = self.each(name, &mut |given| {
            if let Some(item) = item(given) {
                items.push(item);
            }
        });
        is_given.then_some(items)
    }

    /// Takes a field that is a list, and returns whether it is given.
    fn each(&self, name: &'static str, item: &mut dyn FnMut(Given<'a, '_>)) -> bool {
        let Some(given) = self.take(name) else {
            return false;
        };
        given.each(&mut |given| {
            if !given.is_empty() {
                item(given);
            }
        });
        true
    }

    /// Takes a field that has to be given.
    pub(super) fn take_needed(&self, name: &'static str) -> Option<Given<'a, '_>> {
        let given = self.take(name);
        if given.is_none() {
            self.report(name, SettingsErrorKind::Missing, "is missing");
        }
        given
    }

    /// Reports a problem with a field.
    pub(super) fn report(
        &self,
        name: &'static str,
        kind: SettingsErrorKind,
        problem: impl std::fmt::Display,
    ) {
        self.note(name, kind, &problem);
    }

    // Many fields have something to report, and few do.
    #[inline(never)]
    fn note(&self, name: &'static str, kind: SettingsErrorKind, problem: &dyn std::fmt::Display) {
        self.problems
            .report(Path::Key(&self.path, name), kind, problem);
    }

    /// Reports a problem with the object as a whole.
    pub(super) fn report_whole(&self, kind: SettingsErrorKind, problem: impl std::fmt::Display) {
        self.problems.report(self.path, kind, &problem);
    }

    /// Reports every field that was not taken.
    pub(super) fn finish(self) {
        if self.taken.get() == self.entries.len() {
            return;
        }
        let known = self.known.into_inner();
        for (key, _) in self.entries {
            if !known.contains(&key.as_ref()) {
                self.problems.report(
                    self.path,
                    SettingsErrorKind::Unknown,
                    &format_args!(
                        "has no field {}: it can have {}",
                        Quoted::new(key),
                        List(&known)
                    ),
                );
            }
        }
    }
}

/// `a, b, c`.
struct List<'n>(&'n [&'static str]);

impl std::fmt::Display for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, name) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
