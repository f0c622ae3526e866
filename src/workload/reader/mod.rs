//! Reading of JSON objects of which only some fields matter, in one pass and
//! without failing: what does not fit is noted with its path, the rest goes on.
//!
//! The JSON library gives up at half a surrogate pair where it has to build a string,
//! and at a number out of range: then the same is read again with every value as it
//! is written. What is not read is skipped, at any depth.

mod expectation;
mod known;
mod nested;
mod reading;
mod source;
mod view;

pub(crate) use known::Known;
pub(crate) use reading::{Reading, Strings};
pub(crate) use view::{GaveUp, Presence, Value, View, read};

pub(super) use reading::{InnerSites, Keeps};
pub(super) use view::{ItemView, Items, Object, Tree, read_whole};
