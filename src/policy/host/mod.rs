//! What the policy asks of the host that runs it, and what it makes of the answers.
//! It asks only where there is a finding, and trusts no answer to be what it should.

mod lookup_error;
mod namespace;
mod pods;
mod registry_lookups;

pub use lookup_error::LookupError;
pub(super) use namespace::decide_by_labels;
pub(super) use pods::{Pod, list_pods, parse_pods, unfinished_pods};
pub(super) use registry_lookups::{MAX_IMAGES, RegistryLookups};

use crate::document::Value;

/// A host capability of Kubewarden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// One object of Kubernetes.
    GetResource,
    /// The objects of a kind in a namespace.
    ListResourcesByNamespace,
    /// The digest that a registry serves for an image.
    ManifestDigest,
    /// The manifest that a registry serves for an image.
    Manifest,
}

impl Capability {
    /// The namespace and the operation of its waPC call; joined by a slash, they are
    /// what `hostCapabilities` of a policy grants.
    #[must_use]
    pub const fn call(self) -> (&'static str, &'static str) {
        match self {
            Self::GetResource => ("kubernetes", "get_resource"),
            Self::ListResourcesByNamespace => ("kubernetes", "list_resources_by_namespace"),
            Self::ManifestDigest => ("oci", "v1/manifest_digest"),
            Self::Manifest => ("oci", "v1/oci_manifest"),
        }
    }
}

/// Whoever runs the policy, and can be asked.
pub trait Host {
    /// Uses a capability; `request` and the answer are JSON, as far as the host keeps
    /// to what it promises.
    ///
    /// # Errors
    ///
    /// The host's own words, where it has no answer or gives none to this policy.
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String>;
}

/// The most bytes of an answer of the cluster that are read: some thousand Pods.
const MAX_CLUSTER_ANSWER_BYTES: usize = 16 << 20;
/// The most bytes of an answer of a registry that are read: as much as registries take of a
/// manifest.
const MAX_REGISTRY_ANSWER_BYTES: usize = 4 << 20;
/// The most characters of a namespace's name, a DNS label (RFC 1123).
const MAX_NAMESPACE_BYTES: usize = 63;

/// Asks the host; the answer is JSON, as far as the host keeps to what it promises.
fn ask(host: &dyn Host, capability: Capability, request: &str) -> Result<Vec<u8>, LookupError> {
    let answer = host.ask(capability, request);
    let answer = answer.map_err(|words| LookupError::refused(&words))?;
    let most = match capability {
        Capability::GetResource | Capability::ListResourcesByNamespace => MAX_CLUSTER_ANSWER_BYTES,
        Capability::ManifestDigest | Capability::Manifest => MAX_REGISTRY_ANSWER_BYTES,
    };
    if answer.len() > most {
        return Err(LookupError::TooLong(most));
    }
    Ok(answer)
}

/// The answer as JSON, which is expected to be this.
fn parse<'a>(answer: &'a [u8], expected: &'static str) -> Result<Value<'a>, LookupError> {
    let json = std::str::from_utf8(answer).ok();
    let value = json.and_then(|json| Value::parse(json).ok());
    value.ok_or(LookupError::Malformed(expected))
}

/// A namespace's name, if it can be one: it becomes part of what the host asks others.
fn namespace(name: &str) -> Result<&str, LookupError> {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !name.is_empty() && name.len() <= MAX_NAMESPACE_BYTES && name.bytes().all(is_allowed) {
        Ok(name)
    } else {
        Err(LookupError::NoNamespace)
    }
}
