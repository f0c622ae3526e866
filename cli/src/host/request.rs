//! The calls that the hosts of this crate can answer.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::HostError;

/// A call, which serialises to YAML in kwctl's form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Request {
    /// The digest of the manifest that a registry has for an image.
    OciManifestDigest {
        image: String,
    },
    /// The manifest, of an image or of an index, that a registry has for an image.
    OciManifest {
        image: String,
    },
    KubernetesGetResource(GetResource),
    KubernetesListResourceNamespace(ListResourcesByNamespace),
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OciManifestDigest { image } => write!(f, "the digest of {image:?}"),
            Self::OciManifest { image } => write!(f, "the manifest of {image:?}"),
            Self::KubernetesGetResource(wanted) => {
                write!(f, "the {} {:?}", wanted.kind, wanted.name)?;
                match &wanted.namespace {
                    Some(namespace) => write!(f, " in namespace {namespace:?}"),
                    None => Ok(()),
                }
            }
            Self::KubernetesListResourceNamespace(wanted) => {
                let (kind, namespace) = (&wanted.kind, &wanted.namespace);
                write!(f, "every {kind} in namespace {namespace:?}")
            }
        }
    }
}

/// A call for an object of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GetResource {
    /// `version`, or `group/version`.
    pub api_version: String,
    pub kind: String,
    pub name: String,
    /// The namespace; `None` for a cluster-scoped object.
    pub namespace: Option<String>,
    /// Whether the host must not answer from its cache.
    pub disable_cache: bool,
    /// The paths of the fields to keep; `None` keeps all.
    pub field_masks: Option<BTreeSet<String>>,
}

/// A call for the objects of one kind in a namespace.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListResourcesByNamespace {
    /// `version`, or `group/version`.
    pub api_version: String,
    pub kind: String,
    pub namespace: String,
    pub label_selector: Option<String>,
    pub field_selector: Option<String>,
    /// The paths of the fields to keep; `None` keeps all.
    pub field_masks: Option<BTreeSet<String>>,
}

impl Request {
    /// Parses the arguments of a call.
    ///
    /// ```
    /// # use mutable_tags_cli::host::Request;
    /// assert_eq!(
    ///     Request::parse("oci", "v1/manifest_digest", br#""busybox""#)?,
    ///     Request::OciManifestDigest { image: "busybox".to_owned() }
    /// );
    /// # Ok::<(), mutable_tags_cli::host::HostError>(())
    /// ```
    pub fn parse(namespace: &str, operation: &str, payload: &[u8]) -> Result<Self, HostError> {
        match (namespace, operation) {
            ("oci", "v1/manifest_digest") => Ok(Self::OciManifestDigest {
                image: read(payload)?,
            }),
            ("oci", "v1/oci_manifest") => Ok(Self::OciManifest {
                image: read(payload)?,
            }),
            ("kubernetes", "get_resource") => read(payload).map(Self::KubernetesGetResource),
            ("kubernetes", "list_resources_by_namespace") => {
                read(payload).map(Self::KubernetesListResourceNamespace)
            }
            ("oci" | "kubernetes", _) => Err(HostError::Refused(format!(
                "unknown operation: {operation}"
            ))),
            _ => Err(HostError::Refused(format!(
                "unknown namespace: {namespace}"
            ))),
        }
    }

    /// The host capability that the call takes, as `hostCapabilities` of a policy grants it.
    #[must_use]
    pub const fn capability(&self) -> &'static str {
        match self {
            Self::OciManifestDigest { .. } => "oci/v1/manifest_digest",
            Self::OciManifest { .. } => "oci/v1/oci_manifest",
            Self::KubernetesGetResource(_) => "kubernetes/get_resource",
            Self::KubernetesListResourceNamespace(_) => "kubernetes/list_resources_by_namespace",
        }
    }

    /// Whether the call asks a registry, and not the cluster.
    #[must_use]
    pub const fn is_for_registry(&self) -> bool {
        matches!(
            self,
            Self::OciManifestDigest { .. } | Self::OciManifest { .. }
        )
    }
}

fn read<T: DeserializeOwned>(payload: &[u8]) -> Result<T, HostError> {
    serde_json::from_slice(payload).map_err(|error| HostError::Refused(error.to_string()))
}
