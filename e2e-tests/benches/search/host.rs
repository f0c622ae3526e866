//! A host that always answers, for settings that look something up.

use e2e_tests::host::{Host, HostError, Request};
use serde_json::json;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A cluster with one Pod, and a registry that serves one digest.
pub(crate) struct SmallCluster;

impl Host for SmallCluster {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let answer = match request {
            Request::OciManifestDigest { .. } => json!({"digest": DIGEST}),
            Request::OciManifest { .. } => json!({"manifests": [{"digest": DIGEST}]}),
            Request::KubernetesGetResource(_) => {
                json!({"metadata": {"name": "shop", "labels": {"a": "b"}}})
            }
            Request::KubernetesListResourceNamespace(_) => json!({"items": [{
                "metadata": {"name": "web", "labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "ghcr.io/acme/web:main"}]},
                "status": {"containerStatuses": [{"name": "web", "imageID": format!("a@{DIGEST}")}]},
            }]}),
        };
        Ok(answer.to_string().into_bytes())
    }
}
