//! Reads files, and finds the objects and requests in them.

pub(crate) mod document;
pub(crate) mod exclude;
pub(crate) mod kind;
mod kustomization;
pub(crate) mod manifest;
pub(crate) mod position;
pub(crate) mod recorded;
pub(crate) mod source;
mod tree;
pub(crate) mod yaml;
