//! Combines the objects of a cluster and the registries into one host.

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
        match (request.is_for_registry(), &self.registry, &self.context) {
            (true, Some(registry), _) => registry.answer(request),
            (true, None, _) => Refusal::NoRegistry.answer(request),
            (false, _, Some(context)) => context.answer(request),
            (false, _, None) => Refusal::NoContext.answer(request),
        }
    }
}
