//! Takes settings apart, and reports what does not fit instead of stopping at it.

use std::borrow::Cow;
use std::cell::RefCell;

use super::problem::{Path, Problems};
use crate::image::Quoted;
use crate::workload::{Node, sort_by};

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
        self.problems.report(self.path, &problem);
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
    pub(super) fn one_of<T: Copy>(self, names: &[(&'static str, T)]) -> Option<T> {
        let name_at = |position| names.get(position).map(|(name, _)| *name);
        let position = self.position_among(&name_at)?;
        names.get(position).map(|(_, value)| *value)
    }

    fn position_among(self, name_at: &dyn Fn(usize) -> Option<&'static str>) -> Option<usize> {
        let Node::Text(text) = &self.node else {
            self.report(format_args!("must be {}", Choice(name_at)));
            return None;
        };
        let mut positions = (0..).map_while(|position| Some((position, name_at(position)?)));
        let found = positions.find(|(_, name)| name == text);
        if found.is_none() {
            self.report(format_args!(
                "must be {}, not {}",
                Choice(name_at),
                Quoted::new(text)
            ));
        }
        found.map(|(position, _)| position)
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
                problems.report(path, &error);
                None
            }
        }
    }

    /// Every given item of a list, read by `item`; what it refuses is left out.
    pub(super) fn items<T>(self, mut item: impl FnMut(Given<'a, '_>) -> Option<T>) -> Vec<T> {
        self.items_even_empty(|given| if given.is_empty() { None } else { item(given) })
    }

    /// Every item of a list, be it empty, read by `item`.
    pub(super) fn items_even_empty<T>(
        self,
        mut item: impl FnMut(Given<'a, '_>) -> Option<T>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        self.each(&mut |given| items.extend(item(given)));
        items
    }

    fn is_empty(&self) -> bool {
        self.node.is_empty()
    }

    /// Whether it is an object of which every field means "not given".
    pub(super) fn is_blank(&self) -> bool {
        let mut entries = self.node.entries().iter();
        matches!(self.node, Node::Map(_)) && entries.all(|(_, node)| node.is_empty())
    }

    fn each(self, item: &mut dyn FnMut(Given<'a, '_>)) {
        let Node::List(nodes) = self.node else {
            self.report("must be a list");
            return;
        };
        for (index, node) in nodes.into_iter().enumerate() {
            item(Given {
                node,
                path: Path::Item(&self.path, index),
                problems: self.problems,
            });
        }
    }

    /// Every entry of a map, be it empty, with its key.
    pub(super) fn entries(self, entry: &mut dyn FnMut(Cow<'a, str>, Given<'a, '_>)) {
        let Node::Map(entries) = self.node else {
            self.report("must be an object");
            return;
        };
        for (key, node) in entries {
            let name = key.clone();
            let given = Given {
                node,
                path: Path::Entry(&self.path, &name),
                problems: self.problems,
            };
            entry(key, given);
        }
    }

    /// The fields of an object.
    pub(super) fn fields(self) -> Option<Fields<'a, 'p>> {
        match self.node {
            Node::Map(entries) => Some(Fields {
                entries: RefCell::new(entries),
                path: self.path,
                problems: self.problems,
                known: RefCell::default(),
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
    entries: RefCell<Vec<(Cow<'a, str>, Node<'a>)>>,
    path: Path<'p>,
    problems: &'p Problems,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a, '_> {
    /// Takes a field, if it is given.
    pub(super) fn take(&self, name: &'static str) -> Option<Given<'a, '_>> {
        self.take_even_empty(name).filter(|given| !given.is_empty())
    }

    /// Takes a field, if it is there and not null.
    pub(super) fn take_even_empty(&self, name: &'static str) -> Option<Given<'a, '_>> {
        self.known.borrow_mut().push(name);
        let mut entries = self.entries.borrow_mut();
        let position = entries.iter().position(|(key, _)| key == name)?;
        let (_, node) = entries.remove(position);
        let others = entries.len();
        entries.retain(|(key, _)| key != name);
        if entries.len() < others {
            self.report(name, "is given more than once");
        }
        (node != Node::Null).then_some(Given {
            node,
            path: Path::Key(&self.path, name),
            problems: self.problems,
        })
    }

    /// Takes a field that has to be given.
    pub(super) fn take_needed(&self, name: &'static str) -> Option<Given<'a, '_>> {
        let given = self.take(name);
        if given.is_none() {
            self.report(name, "is missing");
        }
        given
    }

    /// Reports a problem with a field.
    pub(super) fn report(&self, name: &'static str, problem: impl std::fmt::Display) {
        self.problems.report(Path::Key(&self.path, name), &problem);
    }

    /// Reports a problem with the object as a whole.
    pub(super) fn report_whole(&self, problem: impl std::fmt::Display) {
        self.problems.report(self.path, &problem);
    }

    /// Reports every field that was not taken.
    pub(super) fn finish(self) {
        let mut entries = self.entries.into_inner();
        sort_by(&mut entries, |(a, _), (b, _)| a.cmp(b));
        for (key, _) in entries {
            self.problems.report(
                self.path,
                &format_args!(
                    "has no field {}: it can have {}",
                    Quoted::new(&key),
                    List(&self.known.borrow())
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
struct Choice<'n>(&'n dyn Fn(usize) -> Option<&'static str>);

impl std::fmt::Display for Choice<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut position = 0;
        while let Some(name) = (self.0)(position) {
            f.write_str(match ((self.0)(position + 1), position) {
                (_, 0) => "",
                (Some(_), _) => ", ",
                (None, _) => " or ",
            })?;
            f.write_str(name)?;
            position += 1;
        }
        Ok(())
    }
}
