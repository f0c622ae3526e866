//! The Pods of a namespace, and what their containers run.

use super::{Capability, Host, LookupError, ask, namespace};
use crate::settings::Labels;
use crate::workload::Node;

/// What is asked of every Pod. One query for all: each distinct one leaves a watch
/// behind in a policy server.
const FIELD_MASKS: &str = r#"["metadata.labels","metadata.name","spec.containers.image","spec.containers.name","spec.initContainers.image","spec.initContainers.name","status.containerStatuses.imageID","status.containerStatuses.name","status.initContainerStatuses.imageID","status.initContainerStatuses.name","status.phase"]"#;

/// A Pod.
pub(in crate::policy) struct Pod<'n> {
    pub(in crate::policy) name: &'n str,
    pub(in crate::policy) labels: Labels<'n>,
    node: &'n Node<'n>,
}

/// Asks for the Pods of a namespace; `take` is given those that run.
pub(in crate::policy) fn pods_in(
    name: Option<&str>,
    host: &dyn Host,
    take: &mut dyn FnMut(&Pod<'_>),
) -> Result<(), LookupError> {
    let name = namespace(name.unwrap_or_default())?;
    let request = format!(
        r#"{{"api_version":"v1","kind":"Pod","namespace":"{name}","label_selector":null,"field_selector":null,"field_masks":{FIELD_MASKS}}}"#
    );
    let capability = Capability::ListResourcesByNamespace;
    ask(host, capability, &request, "list of Pods", &mut |answer| {
        let Some(Node::List(items)) = answer.field("items") else {
            return None;
        };
        for node in items {
            let metadata = node.field("metadata")?;
            let pod = Pod {
                name: metadata.text_of("name")?,
                labels: Labels::of(metadata)?,
                node,
            };
            let status = node.field("status");
            let phase = status.and_then(|status| status.text_of("phase"));
            // What has ended runs nothing.
            if !matches!(phase, Some("Succeeded" | "Failed")) {
                take(&pod);
            }
        }
        Some(())
    })
}

impl Pod<'_> {
    /// Gives `take` the name of every container, init containers among them, with the
    /// image that the Pod asks for, and what the container runtime has made of that, if
    /// it has.
    pub(in crate::policy) fn containers(&self, take: &mut dyn FnMut(&str, &str, &str)) {
        for (list, statuses) in [
            ("containers", "containerStatuses"),
            ("initContainers", "initContainerStatuses"),
        ] {
            let statuses = self.items("status", statuses);
            for container in self.items("spec", list) {
                let name = container.text_of("name");
                let is_its = |status: &&Node<'_>| status.text_of("name") == name;
                let status = statuses.iter().find(is_its);
                let image_id = status.and_then(|status| status.text_of("imageID"));
                if let (Some(name), Some(image), Some(image_id)) =
                    (name, container.text_of("image"), image_id)
                {
                    take(name, image, image_id);
                }
            }
        }
    }

    /// The items of a list in a part of it.
    fn items(&self, part: &str, list: &str) -> &[Node<'_>] {
        let list = self.node.field(part).and_then(|part| part.field(list));
        list.map_or(&[], Node::items)
    }
}
