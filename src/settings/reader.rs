//! Takes settings apart, and reports what does not fit instead of stopping at it.

use std::borrow::Cow;

use super::problem::{Path, Problems};
use crate::image::Quoted;
use crate::workload::{Node, sorted_by};

/// A value of the settings that is given, with where it stands.
pub(super) struct Given<'a, 'p> {
    node: Node<'a>,
    path: Path<'p>,
    problems: &'p Problems,
}

impl<'a, 'p> Given<'a, 'p> {
    pub(super) const fn root(node: Node<'a>, problems: &'p Problems) -> Self {
        Self {
            node,
            path: Path::Root,
            problems,
        }
    }

    /// Reports a problem with this value.
    pub(super) fn report(&self, problem: impl std::fmt::Display) {
        self.problems.report(self.path, problem);
    }

    /// A string.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self.node {
            Node::Text(text) => Some(text),
            _ => {
                self.report("must be a string");
                None
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn boolean(self) -> Option<bool> {
        match self.node {
            Node::Bool(value) => Some(value),
            _ => {
                self.report("must be true or false");
                None
            }
        }
    }

    /// One of a few names.
    pub(super) fn one_of<T: Copy>(self, names: &[(&str, T)]) -> Option<T> {
        let Node::Text(text) = &self.node else {
            self.report(format_args!("must be {}", Choice(names)));
            return None;
        };
        let value = names.iter().find(|(name, _)| name == text);
        if value.is_none() {
            self.report(format_args!(
                "must be {}, not {}",
                Choice(names),
                Quoted::new(text)
            ));
        }
        value.map(|(_, value)| *value)
    }

    /// A string of some form; an error completes a sentence that begins with the path.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        self,
        parse: impl FnOnce(Cow<'a, str>) -> Result<T, E>,
    ) -> Option<T> {
        let (path, problems) = (self.path, self.problems);
        match parse(self.text()?) {
            Ok(value) => Some(value),
            Err(error) => {
                problems.report(path, error);
                None
            }
        }
    }

    /// Every given item of a list, read by `item`; what it refuses is left out.
    pub(super) fn items<T>(self, mut item: impl FnMut(Given<'a, '_>) -> Option<T>) -> Vec<T> {
        let Node::List(nodes) = self.node else {
            self.report("must be a list");
            return Vec::new();
        };
        let mut items = Vec::new();
        for (index, node) in nodes.into_iter().enumerate() {
            if !node.is_empty() {
                items.extend(item(Given {
                    node,
                    path: Path::Item(&self.path, index),
                    problems: self.problems,
                }));
            }
        }
        items
    }

    /// The fields of an object.
    pub(super) fn fields(self) -> Option<Fields<'a, 'p>> {
        match self.node {
            Node::Map(entries) => Some(Fields {
                entries,
                path: self.path,
                problems: self.problems,
                known: Vec::new(),
            }),
            _ => {
                self.report("must be an object");
                None
            }
        }
    }
}

/// The fields of an object, of which each known one is taken once.
pub(super) struct Fields<'a, 'p> {
    entries: Vec<(Cow<'a, str>, Node<'a>)>,
    path: Path<'p>,
    problems: &'p Problems,
    known: Vec<&'static str>,
}

impl<'a, 'p> Fields<'a, 'p> {
    /// Takes a field and has it read by `read`, unless it is not given.
    pub(super) fn take<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Given<'a, '_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.remove(name)?;
        read(self.given(name, node))
    }

    /// Takes a field that has to be given.
    pub(super) fn take_needed<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Given<'a, '_>) -> Option<T>,
    ) -> Option<T> {
        let Some(node) = self.remove(name) else {
            self.report(name, "is missing");
            return None;
        };
        read(self.given(name, node))
    }

    fn given(&self, name: &'static str, node: Node<'a>) -> Given<'a, '_> {
        Given {
            node,
            path: Path::Key(&self.path, name),
            problems: self.problems,
        }
    }

    fn remove(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.known.push(name);
        let position = self.entries.iter().position(|(key, _)| key == name)?;
        let (_, node) = self.entries.remove(position);
        let others = self.entries.len();
        self.entries.retain(|(key, _)| key != name);
        if self.entries.len() < others {
            self.report(name, "is given more than once");
        }
        (!node.is_empty()).then_some(node)
    }

    /// Reports a problem with a field.
    pub(super) fn report(&self, name: &'static str, problem: impl std::fmt::Display) {
        self.problems.report(Path::Key(&self.path, name), problem);
    }

    /// Reports a problem with the object as a whole.
    pub(super) fn report_whole(&self, problem: impl std::fmt::Display) {
        self.problems.report(self.path, problem);
    }

    /// Reports every field that was not taken.
    pub(super) fn finish(self) {
        for (key, _) in sorted_by(self.entries, |(a, _), (b, _)| a.cmp(b)) {
            self.problems.report(
                self.path,
                format_args!(
                    "has no field {}: it can have {}",
                    Quoted::new(&key),
                    List(&self.known)
                ),
            );
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

/// `a, b or c`.
struct Choice<'n, T>(&'n [(&'n str, T)]);

impl<T> std::fmt::Display for Choice<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, (name, _)) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(if position + 1 == self.0.len() {
                    " or "
                } else {
                    ", "
                })?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
