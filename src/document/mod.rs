//! JSON documents: a tree that is parsed in one pass, a cursor that notes errors with their
//! paths, and edits that leave everything else as it was written. This module knows nothing
//! of Kubernetes.

// The tests here read the documents of the decision cases.
#[cfg(test)]
#[path = "../../tests/decision/case.rs"]
pub(crate) mod case;
mod cursor;
mod edit;
mod field_path;
#[cfg(test)]
mod parity;
mod parse;
mod raw;
mod tree;
mod value;

pub use field_path::FieldPath;

pub(crate) use cursor::{Cursor, Errors, Mismatch};
pub(crate) use edit::Edit;
pub(crate) use field_path::Step;
pub(crate) use parse::{Keep, Malformed, Parsed};
pub(crate) use raw::raw_fields;
pub(crate) use tree::Tree;
pub(crate) use value::{Field, Fields, Value};
