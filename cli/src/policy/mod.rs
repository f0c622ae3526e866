//! Reads settings, and what a policy's manifest allows.

pub(crate) mod grants;
pub(crate) mod scope;
pub(crate) mod terms;
