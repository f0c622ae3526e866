//! The hosts of the policy's own tests, as a module's calls reach them.

use std::sync::Mutex;

use e2e_tests::host::{Host, HostError};
use mutable_tags_policy::policy::{Capability, Host as PolicyHost};
use serde_json::Value;

use crate::held::hosts::Answering;
use crate::host::CaseHost;

/// Answers what a case says.
pub(crate) struct OfCase(Mutex<CaseHost>);

impl OfCase {
    pub(crate) fn new(exchanges: &Value) -> Self {
        Self(Mutex::new(CaseHost::new(exchanges)))
    }
}

impl Host for OfCase {
    fn call(&self, namespace: &str, operation: &str, payload: &[u8]) -> Result<Vec<u8>, HostError> {
        ask(&*self.0.lock().unwrap(), namespace, operation, payload)
    }
}

/// Gives the same answer to the same question, always.
pub(crate) struct OfProperties;

impl Host for OfProperties {
    fn call(&self, namespace: &str, operation: &str, payload: &[u8]) -> Result<Vec<u8>, HostError> {
        ask(&Answering, namespace, operation, payload)
    }
}

fn ask(
    host: &dyn PolicyHost,
    namespace: &str,
    operation: &str,
    payload: &[u8],
) -> Result<Vec<u8>, HostError> {
    const ALL: [Capability; 4] = [
        Capability::GetResource,
        Capability::ListResourcesByNamespace,
        Capability::ManifestDigest,
        Capability::Manifest,
    ];
    let called = (namespace, operation);
    let capability = ALL.into_iter().find(|one| one.call() == called);
    let capability = capability.unwrap_or_else(|| panic!("{called:?} is no capability"));
    let request = String::from_utf8_lossy(payload);
    host.ask(capability, &request).map_err(HostError::Refused)
}
