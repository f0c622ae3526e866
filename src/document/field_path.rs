//! The path of a value in a document.

use std::borrow::Cow;
use std::fmt;

use crate::quoted::Quoted;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step<'a> {
    /// Into a field of an object.
    Field(Cow<'a, str>),
    /// Into an item of a list, counted from 0.
    Item(usize),
}

impl<'a> Step<'a> {
    pub(crate) const fn field(name: &'a str) -> Self {
        Self::Field(Cow::Borrowed(name))
    }
}

/// The path from the root of a document to a value, such as `spec.containers[0].image`. The
/// root itself is written `object`, its name in an admission request. A key that is not a plain
/// name is written in brackets, as in Kubernetes' own errors.
///
/// Paths have the order of a document with sorted keys, so that the order of findings does
/// not depend on the order in which a client wrote its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath<'a>(Box<[Step<'a>]>);

impl<'a> FieldPath<'a> {
    /// The path of a field of this value.
    #[must_use]
    pub fn with_field(&self, name: String) -> Self {
        self.join_field(Cow::Owned(name))
    }

    /// The path of an item of this list.
    #[must_use]
    pub fn with_item(&self, index: usize) -> Self {
        let mut steps = self.0.to_vec();
        steps.push(Step::Item(index));
        Self::from(steps)
    }

    /// A path that borrows nothing.
    pub(crate) fn to_owned_path(&self) -> FieldPath<'static> {
        let owned = |step: &Step<'_>| match step {
            Step::Field(name) => Step::Field(Cow::Owned(name.clone().into_owned())),
            Step::Item(index) => Step::Item(*index),
        };
        FieldPath(self.0.iter().map(owned).collect())
    }

    /// The names of the fields on this path.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let mut fields = Vec::with_capacity(self.0.len());
        for step in &self.0 {
            if let Step::Field(name) = step {
                fields.push(name.as_ref());
            }
        }
        fields
    }

    /// The list indices on this path.
    pub(crate) fn indices(&self) -> Vec<usize> {
        let mut indices = Vec::new();
        for step in &self.0 {
            if let Step::Item(index) = step {
                indices.push(*index);
            }
        }
        indices
    }

    pub(crate) fn steps(&self) -> &[Step<'a>] {
        &self.0
    }

    /// The path without its last `steps` steps.
    pub(crate) fn ancestor(&self, steps: usize) -> Self {
        let length = self.0.len().saturating_sub(steps);
        self.0.get(..length).map(Self::from).unwrap_or_default()
    }

    /// The path of the outermost list on this path, or the whole path if there is no list.
    pub(crate) fn outermost_list(&self) -> Self {
        let is_field = |step: &&Step<'_>| matches!(step, Step::Field(_));
        let length = self.0.iter().take_while(is_field).count();
        self.0.get(..length).map(Self::from).unwrap_or_default()
    }

    /// Whether this path leads into a list.
    pub(crate) fn is_within_list(&self) -> bool {
        self.0.iter().any(|step| matches!(step, Step::Item(_)))
    }

    /// Whether `outer` is this path or leads to a value around it.
    pub(crate) fn starts_with(&self, outer: &FieldPath<'_>) -> bool {
        let steps = self.0.get(..outer.0.len());
        steps.is_some_and(|steps| *steps == *outer.0)
    }

    /// The path of a field of this value. The name may be owned.
    pub(crate) fn join_field(&self, name: Cow<'a, str>) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(Step::Field(name));
        Self::from(steps)
    }

    /// The path of a field of this value.
    pub(crate) fn field(&self, name: &'a str) -> Self {
        self.join_field(Cow::Borrowed(name))
    }
}

impl<'a> From<Vec<Step<'a>>> for FieldPath<'a> {
    fn from(steps: Vec<Step<'a>>) -> Self {
        Self(steps.into_boxed_slice())
    }
}

impl<'a> From<&[Step<'a>]> for FieldPath<'a> {
    fn from(steps: &[Step<'a>]) -> Self {
        Self(steps.into())
    }
}

impl fmt::Display for FieldPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("object");
        }
        let mut written = 0;
        for (position, step) in self.0.iter().enumerate() {
            if written > Quoted::LIMIT {
                return f.write_str("…");
            }
            match step {
                Step::Field(name) => {
                    written += name.len() + 1;
                    fmt_name(name, position, f)?;
                }
                Step::Item(index) => {
                    written += 3;
                    write!(f, "[{index}]")?;
                }
            }
        }
        Ok(())
    }
}

/// Writes the name of a field. Unusual names are quoted, since the author of the object
/// chooses them.
fn fmt_name(name: &str, position: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_of_domain = |byte: u8| is_plain(byte) || matches!(byte, b'.' | b'/');
    if name.is_empty() || name.len() > Quoted::LIMIT || !name.bytes().all(is_of_domain) {
        write!(f, "[{}]", Quoted::new(name))
    } else if name.bytes().all(is_plain) {
        f.write_str(if position == 0 { "" } else { "." })?;
        f.write_str(name)
    } else {
        write!(f, "[{name}]")
    }
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::FieldPath;

    #[test]
    fn writes_the_steps_from_the_outermost_on() {
        let list = FieldPath::default().with_field("spec".to_owned());
        let list = list.with_field("a.b/c".to_owned());
        assert_eq!(list.with_item(2).to_string(), "spec[a.b/c][2]");
        assert_eq!(FieldPath::default().to_string(), "object");
    }
}
