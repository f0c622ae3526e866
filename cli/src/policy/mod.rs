//! Reads settings, and what a policy's manifest allows.

mod arguments;
mod configuration;
mod defaults;
pub(crate) mod grants;
mod scope;

pub(crate) use arguments::PolicyArguments;
pub(crate) use configuration::PolicyConfiguration;
pub(crate) use defaults::Defaults;
