//! The object that is read whole.

use super::locate::{Located, locate};
use super::read_plan::ReadPlan;
use crate::document::{Malformed, Tree, Value};

/// An object that was read whole. Only such an object can be compared, edited and answered.
#[derive(Debug)]
pub struct Object<'a> {
    json: &'a str,
    tree: Tree<'a>,
}

impl<'a> Object<'a> {
    /// Parses an object; `None` if the text is not JSON that a host can send.
    #[must_use]
    pub fn parse(json: &'a str) -> Option<Self> {
        match Value::parse(json) {
            Ok(root) => Some(Self {
                json,
                tree: Tree::new(root),
            }),
            Err(Malformed) => None,
        }
    }

    /// Locates the images in the object.
    #[must_use]
    pub fn locate(&self, plan: &ReadPlan<'_>) -> Located<'_> {
        locate(self.tree.root(), plan)
    }

    pub(crate) const fn json(&self) -> &'a str {
        self.json
    }

    pub(crate) const fn root(&self) -> &Value<'a> {
        self.tree.root()
    }
}
