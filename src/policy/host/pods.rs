//! The Pods of a namespace, and what their containers run.

use super::{Capability, Host, Unknown, ask, namespace};
use crate::settings::Labels;
use crate::workload::Node;

/// What is asked of every Pod. One query for all: each distinct one leaves a watch
/// behind in a policy server.
const FIELD_MASKS: &str = r#"["metadata.labels","metadata.name","spec.containers.image","spec.containers.name","spec.initContainers.image","spec.initContainers.name","status.containerStatuses.imageID","status.containerStatuses.name","status.initContainerStatuses.imageID","status.initContainerStatuses.name","status.phase"]"#;

/// A Pod that runs.
pub(in crate::policy) struct Pod {
    pub(in crate::policy) name: String,
    pub(in crate::policy) labels: Labels,
    pub(in crate::policy) containers: Vec<RunningContainer>,
}

/// A container of it, init containers among them.
pub(in crate::policy) struct RunningContainer {
    pub(in crate::policy) name: String,
    /// The image that its Pod asks for.
    pub(in crate::policy) image: String,
    /// What the container runtime has made of that, if it has.
    pub(in crate::policy) image_id: Option<String>,
}

/// Asks for the Pods of a namespace.
pub(in crate::policy) fn pods_in(name: Option<&str>, host: &dyn Host) -> Result<Vec<Pod>, Unknown> {
    let name = namespace(name.unwrap_or_default())?;
    let request = format!(
        r#"{{"api_version":"v1","kind":"Pod","namespace":"{name}","label_selector":null,"field_selector":null,"field_masks":{FIELD_MASKS}}}"#
    );
    let capability = Capability::ListResourcesByNamespace;
    ask(host, capability, &request, "list of Pods", |answer| {
        let Some(Node::List(items)) = answer.field("items") else {
            return None;
        };
        let mut pods = Vec::with_capacity(items.len());
        for item in items {
            let pod = Pod::read(item)?;
            let phase = item
                .field("status")
                .and_then(|status| status.field("phase"));
            // What has ended runs nothing.
            if !matches!(phase.and_then(Node::text), Some("Succeeded" | "Failed")) {
                pods.push(pod);
            }
        }
        Some(pods)
    })
}

impl Pod {
    fn read(pod: &Node<'_>) -> Option<Self> {
        let metadata = pod.field("metadata")?;
        let mut containers = Vec::new();
        for (list, statuses) in [
            ("containers", "containerStatuses"),
            ("initContainers", "initContainerStatuses"),
        ] {
            let statuses = items(pod, "status", statuses);
            for container in items(pod, "spec", list) {
                let text = |field| container.field(field).and_then(Node::text);
                let (Some(name), Some(image)) = (text("name"), text("image")) else {
                    continue;
                };
                let is_its =
                    |status: &&Node<'_>| status.field("name").and_then(Node::text) == Some(name);
                let status = statuses.iter().find(is_its);
                let image_id = status.and_then(|status| status.field("imageID")?.text());
                containers.push(RunningContainer {
                    name: name.to_owned(),
                    image: image.to_owned(),
                    image_id: image_id.filter(|id| !id.is_empty()).map(str::to_owned),
                });
            }
        }
        Some(Self {
            name: metadata.field("name")?.text()?.to_owned(),
            labels: Labels::of(metadata)?,
            containers,
        })
    }
}

/// The items of a list in a part of a Pod.
fn items<'n, 'a>(pod: &'n Node<'a>, part: &str, list: &str) -> &'n [Node<'a>] {
    let list = pod.field(part).and_then(|part| part.field(list));
    list.map_or(&[], Node::items)
}
