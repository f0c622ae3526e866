//! Takes settings apart, and reports what does not fit instead of stopping at it.

use std::borrow::Cow;

use super::error::{Path, Problems, SettingsErrorKind};
use crate::image::Quoted;
use crate::workload::Node;

/// A value of the settings that is given, with where it stands.
pub(super) struct Given<'a, 'p> {
    pub(super) node: &'p Node<'a>,
    pub(super) path: Path<'p>,
    pub(super) problems: &'p Problems,
}

impl<'a, 'p> Given<'a, 'p> {
    pub(super) const fn root(node: &'p Node<'a>, problems: &'p Problems) -> Self {
        Self::new(node, Path::Root, problems)
    }

    pub(super) const fn new(node: &'p Node<'a>, path: Path<'p>, problems: &'p Problems) -> Self {
        Self {
            node,
            path,
            problems,
        }
    }

    /// Reports a problem with this value.
    pub(super) fn report(&self, kind: SettingsErrorKind, problem: impl std::fmt::Display) {
        self.problems.report(self.path, kind, &problem);
    }

    /// A string.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self.node {
            Node::Text(text) => Some(text.clone()),
            _ => {
                self.report(SettingsErrorKind::Type, "must be a string");
                None
            }
        }
    }

    /// A string that is fit to be `what`.
    pub(super) fn fit_text(self, is_fit: fn(&str) -> bool, what: &str) -> Option<Cow<'a, str>> {
        let (path, problems) = (self.path, self.problems);
        let text = self.text()?;
        if is_fit(&text) {
            return Some(text);
        }
        let quoted = Quoted::new(&text);
        problems.report(
            path,
            SettingsErrorKind::Value,
            &format_args!("must be {what}, not {quoted}"),
        );
        None
    }

    /// `true` or `false`.
    pub(super) fn boolean(self) -> Option<bool> {
        match self.node {
            Node::Bool(value) => Some(*value),
            _ => {
                self.report(SettingsErrorKind::Type, "must be true or false");
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

    pub(super) fn position_among(
        self,
        name_at: &dyn Fn(usize) -> Option<&'static str>,
    ) -> Option<usize> {
        let Node::Text(text) = self.node else {
            self.report(
                SettingsErrorKind::Type,
                format_args!("must be {}", Choice(name_at)),
            );
            return None;
        };
        let mut positions = (0..).map_while(|position| Some((position, name_at(position)?)));
        let found = positions.find(|(_, name)| name == text);
        if found.is_none() {
            self.report(
                SettingsErrorKind::Value,
                format_args!("must be {}, not {}", Choice(name_at), Quoted::new(text)),
            );
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
                problems.report(path, SettingsErrorKind::Value, &error);
                None
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.node.is_empty()
    }

    /// Whether it is an object of which every field means "not given".
    pub(super) fn is_blank(&self) -> bool {
        let mut entries = self.node.entries().iter();
        matches!(self.node, Node::Map(_)) && entries.all(|(_, node)| node.is_empty())
    }

    /// Every item of a list, be it empty.
    pub(super) fn each(self, item: &mut dyn FnMut(Given<'a, '_>)) {
        let Node::List(nodes) = self.node else {
            self.report(SettingsErrorKind::Type, "must be a list");
            return;
        };
        for (index, node) in nodes.iter().enumerate() {
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
            self.report(SettingsErrorKind::Type, "must be an object");
            return;
        };
        for (key, node) in entries {
            let given = Given {
                node,
                path: Path::Entry(&self.path, key),
                problems: self.problems,
            };
            entry(key.clone(), given);
        }
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
