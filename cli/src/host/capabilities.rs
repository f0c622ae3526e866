//! Combines hosts into one that answers all granted capabilities.

use super::{Context, Host, HostError, Refusal, Registry};

/// Answers lookups in a cluster and in registries, if they are given.
///
/// A refusal of those names the option that would give them. All others are refused as
/// policy-server refuses capabilities that are not granted.
#[derive(Debug, Default)]
pub struct Capabilities {
    pub context: Option<Context>,
    pub registry: Option<Registry>,
}

impl Host for Capabilities {
    fn call(&self, namespace: &str, operation: &str, payload: &[u8]) -> Result<Vec<u8>, HostError> {
        match (namespace, &self.context, &self.registry) {
            ("kubernetes", Some(context), _) => context.call(namespace, operation, payload),
            ("oci", _, Some(registry)) => registry.call(namespace, operation, payload),
            ("kubernetes", None, _) => Refusal::NoContext.call(namespace, operation, payload),
            ("oci", _, None) => Refusal::NoRegistry.call(namespace, operation, payload),
            _ => Refusal::NotGranted.call(namespace, operation, payload),
        }
    }
}
