//! A whole tree of values.

use std::mem;

use super::value::Value;

/// A tree of values. A guest answers one request and ends, so that there its memory is left
/// to the host, which takes all of it back at once: to free it value by value would cost a
/// tenth of the request.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    root: Value<'a>,
}

impl<'a> Tree<'a> {
    pub(crate) const fn new(root: Value<'a>) -> Self {
        Self { root }
    }

    pub(crate) const fn root(&self) -> &Value<'a> {
        &self.root
    }

    /// Frees the tree, in a guest too, so that another one has room.
    pub(crate) fn free(&mut self) {
        self.root = Value::Null;
    }
}

impl Drop for Tree<'_> {
    fn drop(&mut self) {
        if cfg!(target_family = "wasm") {
            mem::forget(mem::take(&mut self.root));
        }
    }
}
