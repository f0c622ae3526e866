//! The capabilities that a policy was granted, each from what can answer it.

use super::{Context, Host, HostError, Refusal, Registry};

/// Answers look-ups in a cluster and in registries, where it has them to look in.
///
/// The others are refused as a policy server refuses what a policy was not granted.
#[derive(Debug, Default)]
pub struct Capabilities {
    /// The cluster.
    pub context: Option<Context>,
    /// The registries.
    pub registry: Option<Registry>,
}

impl Host for Capabilities {
    fn call(&self, namespace: &str, operation: &str, payload: &[u8]) -> Result<Vec<u8>, HostError> {
        match (namespace, &self.context, &self.registry) {
            ("kubernetes", Some(context), _) => context.call(namespace, operation, payload),
            ("oci", _, Some(registry)) => registry.call(namespace, operation, payload),
            _ => Refusal::NotGranted.call(namespace, operation, payload),
        }
    }
}
