//! JSON documents: a tree that is parsed in one pass, a cursor that notes what does not fit
//! with its path, and edits that leave everything else as it was written. Knows nothing of
//! Kubernetes.

// The cases are the documents that tests read.
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
