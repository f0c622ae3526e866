//! A host that always answers, for settings that look something up.

use e2e_tests::host::{Host, HostError};
use serde_json::json;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A cluster with one Pod, and a registry that serves one digest.
pub(crate) struct SmallCluster;

impl Host for SmallCluster {
    fn call(&self, _: &str, operation: &str, _: &[u8]) -> Result<Vec<u8>, HostError> {
        let answer = match operation {
            "v1/manifest_digest" => json!({"digest": DIGEST}),
            "v1/oci_manifest" => json!({"manifests": [{"digest": DIGEST}]}),
            "get_resource" => json!({"metadata": {"name": "shop", "labels": {"a": "b"}}}),
            _ => json!({"items": [{
                "metadata": {"name": "web", "labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "ghcr.io/acme/web:main"}]},
                "status": {"containerStatuses": [{"name": "web", "imageID": format!("a@{DIGEST}")}]},
            }]}),
        };
        Ok(answer.to_string().into_bytes())
    }
}
