//! Combines hosts into one that answers all granted capabilities.

use super::{Context, Host, HostError, Refusal, Registry, Request};

/// Answers lookups in a cluster and in registries, if they are given.
///
/// A refusal names the option that would give them.
#[derive(Debug, Default)]
pub struct Capabilities {
    pub context: Option<Context>,
    pub registry: Option<Registry>,
}

impl Host for Capabilities {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let host: &dyn Host = match request.is_for_registry() {
            true => self
                .registry
                .as_ref()
                .map_or(&Refusal::NoRegistry, |registry| registry),
            false => self
                .context
                .as_ref()
                .map_or(&Refusal::NoContext, |context| context),
        };
        host.answer(request)
    }
}
