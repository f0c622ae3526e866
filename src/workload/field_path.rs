//! Where in an object something stands.

use std::fmt;

/// One step from a value into what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Into a field of an object.
    Field(&'static str),
    /// Into an item of a list, counted from 0.
    Item(usize),
}

/// The way from an object's root to a field, `spec.containers[0].image`; the root
/// itself is called `object`, as an admission request calls it, and a key that
/// holds a dot stands in brackets, as in Kubernetes' own errors.
///
/// Paths are ordered as a document with sorted keys is read, so that the order of
/// findings does not depend on the order in which a client wrote its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    pub(crate) fn enter(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// The fields on the way, without the items of lists.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            Step::Item(_) => None,
        })
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The path of the pod template that this path leads into, the innermost one.
    pub(crate) fn pod_template(&self) -> Option<Self> {
        let is_template = |step: &Step| *step == Step::Field("template");
        let position = self.0.iter().rposition(is_template)?;
        self.0.get(..=position).map(|steps| Self(steps.to_vec()))
    }

    /// The path of the outermost list that this path leads into, which is this path
    /// itself where it leads into none.
    pub(crate) fn outermost_list(&self) -> Self {
        let is_field = |step: &Step| matches!(step, Step::Field(_));
        Self(self.0.iter().copied().take_while(is_field).collect())
    }

    /// Which item of the outermost list this path leads into.
    pub(crate) fn first_index(&self) -> Option<usize> {
        self.0.iter().find_map(|step| match step {
            Step::Item(index) => Some(*index),
            Step::Field(_) => None,
        })
    }

    /// Whether this path leads into a list.
    pub(crate) fn is_within_list(&self) -> bool {
        self.0.iter().any(|step| matches!(step, Step::Item(_)))
    }

    /// Whether this path leads to what `outer` leads to, or into it.
    pub(crate) fn starts_with(&self, outer: &Self) -> bool {
        self.0.starts_with(&outer.0)
    }

    /// The path of a field of what this path leads to.
    pub(crate) fn field(&self, name: &'static str) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(Step::Field(name));
        Self(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("object");
        }
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if name.contains('.') => write!(f, "[{name}]")?,
                Step::Field(name) if position == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
