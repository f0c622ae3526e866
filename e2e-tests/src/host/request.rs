//! The calls that hosts of this crate can answer.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::HostError;

/// A call with what it asks for. Written as YAML it has kwctl's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// The digest of the manifest that a registry has for an image.
    OciManifestDigest {
        /// The reference.
        image: String,
    },
    /// The manifest, of an image or of an index, that a registry has for an image.
    OciManifest {
        /// The reference.
        image: String,
    },
    /// One object of a cluster.
    KubernetesGetResource(GetResource),
    /// The objects of one kind in a namespace.
    KubernetesListResourceNamespace(ListResourcesByNamespace),
}

/// Names one object of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetResource {
    /// `version`, or `group/version`.
    pub api_version: String,
    /// The kind.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// The object's namespace, if its kind has any.
    pub namespace: Option<String>,
    /// Whether an answer from before will not do.
    pub disable_cache: bool,
    /// The paths to keep; all, if it is not given.
    pub field_masks: Option<BTreeSet<String>>,
}

/// Names the objects of one kind in a namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListResourcesByNamespace {
    /// `version`, or `group/version`.
    pub api_version: String,
    /// The kind.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// Which labels the objects must have.
    pub label_selector: Option<String>,
    /// Which fields the objects must have.
    pub field_selector: Option<String>,
    /// The paths to keep; all, if it is not given.
    pub field_masks: Option<BTreeSet<String>>,
}

impl Request {
    /// Reads a call.
    ///
    /// ```
    /// # use e2e_tests::host::Request;
    /// assert_eq!(
    ///     Request::parse("oci", "v1/manifest_digest", br#""busybox""#)?,
    ///     Request::OciManifestDigest { image: "busybox".to_owned() }
    /// );
    /// # Ok::<(), e2e_tests::host::HostError>(())
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
}

fn read<T: DeserializeOwned>(payload: &[u8]) -> Result<T, HostError> {
    serde_json::from_slice(payload).map_err(|error| HostError::Refused(error.to_string()))
}
