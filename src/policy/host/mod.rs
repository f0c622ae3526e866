//! Questions to the host that runs the policy. The host is asked only where there is a
//! finding, and every answer is checked before use.

mod lookup_error;
mod namespace;
mod pods;
mod registry_lookups;

pub use lookup_error::LookupError;
pub(super) use namespace::decide_by_labels;
pub(super) use pods::{Pod, list_pods, parse_pods, unfinished_pods};
pub(super) use registry_lookups::{MAX_IMAGES, RegistryLookups};

use crate::document::{Field, Keep, Value};

/// A host capability of Kubewarden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Reads one Kubernetes object.
    GetResource,
    /// Lists the objects of a kind in a namespace.
    ListResourcesByNamespace,
    /// Asks a registry for the digest of an image.
    ManifestDigest,
    /// Asks a registry for the manifest of an image.
    Manifest,
}

impl Capability {
    /// The namespace and the operation of the waPC call. Joined by a slash, they are what
    /// `hostCapabilities` of a policy grants.
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

/// The program that runs the policy and answers its questions.
pub trait Host {
    /// Uses a capability. The request is JSON, and so should the answer be.
    ///
    /// # Errors
    ///
    /// The host's own text, where it has no answer or refuses one to this policy.
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String>;
}

/// The longest answer that is read, in bytes. Registries accept no longer manifest, and a namespace
/// with some three thousand Pods, as many as Kubernetes is tested with, has no longer list.
const MAX_ANSWER_BYTES: usize = 4 << 20;
/// The longest name of a namespace, which is a DNS label (RFC 1123).
const MAX_NAMESPACE_BYTES: usize = 63;

/// Asks the host, and limits the length of its answer.
fn ask(host: &dyn Host, capability: Capability, request: &str) -> Result<Vec<u8>, LookupError> {
    let answer = host.ask(capability, request);
    let answer = answer.map_err(|words| LookupError::refused(&words))?;
    match answer.len() {
        ..=MAX_ANSWER_BYTES => Ok(answer),
        _ => Err(LookupError::TooLong(MAX_ANSWER_BYTES)),
    }
}

/// The rule for the fields of an answer: those that are read are kept.
#[derive(Clone, Copy)]
enum KeepRule {
    /// The fields of these names, and all labels.
    Named(&'static [&'static str]),
    Everything,
}

impl Keep for KeepRule {
    fn field(self, name: &str, _: &[Field<'_>]) -> Option<Self> {
        match self {
            Self::Everything => Some(self),
            Self::Named(names) if !names.contains(&name) => None,
            Self::Named(_) if name == "labels" => Some(Self::Everything),
            Self::Named(_) => Some(self),
        }
    }
}

/// Parses the fields of an answer that have one of the names `fields`. `expected` names the value
/// for the error.
fn parse<'a>(
    answer: &'a [u8],
    fields: &'static [&'static str],
    expected: &'static str,
) -> Result<Value<'a>, LookupError> {
    let json = std::str::from_utf8(answer).ok();
    let parsed = json.and_then(|json| Value::parse_kept(json, KeepRule::Named(fields)).ok());
    let parsed = parsed.ok_or(LookupError::Malformed(expected))?;
    Ok(parsed.value)
}

/// Checks the name of a namespace. The request sends it to the host unescaped.
fn namespace(name: &str) -> Result<&str, LookupError> {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !name.is_empty() && name.len() <= MAX_NAMESPACE_BYTES && name.bytes().all(is_allowed) {
        Ok(name)
    } else {
        Err(LookupError::NoNamespace)
    }
}
