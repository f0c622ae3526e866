//! What the policy asks of the host that runs it, and what it makes of the answers.
//! It asks only where there is a finding, and trusts no answer to be what it should.

mod lookup_error;
mod namespace;
mod pods;
mod registry;

pub use lookup_error::LookupError;
pub(super) use namespace::labels_of;
pub(super) use pods::{Pod, pods_in};
pub(super) use registry::{LookUps, MOST_IMAGES};

use crate::workload::Node;

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

/// The most bytes of an answer that are read: some thousand Pods.
pub(super) const LONGEST_ANSWER: usize = 16 << 20;
/// The most characters of a namespace's name, a DNS label (RFC 1123).
const LONGEST_NAME: usize = 63;

/// Asks for `expected`, which `read` takes out of the answer if it is there.
fn ask(
    host: &dyn Host,
    capability: Capability,
    request: &str,
    expected: &'static str,
    read: &mut dyn FnMut(&Node<'_>) -> Option<()>,
) -> Result<(), LookupError> {
    let answer = match host.ask(capability, request) {
        Ok(answer) => answer,
        Err(words) => return Err(LookupError::refused(&words)),
    };
    if answer.len() > LONGEST_ANSWER {
        return Err(LookupError::TooLong);
    }
    let json = std::str::from_utf8(&answer).ok();
    let answer = json.and_then(Node::parse);
    match answer.and_then(|answer| read(&answer)) {
        Some(()) => Ok(()),
        None => Err(LookupError::Malformed(expected)),
    }
}

/// A namespace's name, if it can be one: it becomes part of what the host asks others.
fn namespace(name: &str) -> Result<&str, LookupError> {
    let is_fit = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(is_fit) {
        Ok(name)
    } else {
        Err(LookupError::NoNamespace)
    }
}
