//! Reads files, and finds the objects in them.

pub(crate) mod document;
pub(crate) mod error;
pub(crate) mod exclude;
pub(crate) mod kind;
mod kustomization;
pub(crate) mod location;
pub(crate) mod manifest;
pub(crate) mod namespace;
pub(crate) mod path_map;
pub(crate) mod position;
pub(crate) mod repeated;
pub(crate) mod source;
mod template;
mod tree;
pub(crate) mod yaml;
