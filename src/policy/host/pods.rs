//! The Pods of a namespace, and the images that their containers run.

use super::{Capability, Host, LookupError, ask, namespace, parse};
use crate::document::Value;
use crate::settings::Labels;

/// The fields that are asked for. Every lookup asks for the same ones, since each distinct
/// query leaves a watch behind in the policy server.
const FIELD_MASKS: &str = r#"["metadata.labels","metadata.name","spec.containers.image","spec.containers.name","spec.initContainers.image","spec.initContainers.name","status.containerStatuses.imageID","status.containerStatuses.name","status.initContainerStatuses.imageID","status.initContainerStatuses.name","status.phase"]"#;

/// The names of these fields, and of those around them.
const FIELDS: [&str; 13] = [
    "containerStatuses",
    "containers",
    "image",
    "imageID",
    "initContainerStatuses",
    "initContainers",
    "items",
    "labels",
    "metadata",
    "name",
    "phase",
    "spec",
    "status",
];

/// The expected answer, as an error words it.
const EXPECTED: &str = "a list of Pods";

pub(in crate::policy) struct Pod<'t> {
    pub(in crate::policy) name: &'t str,
    pub(in crate::policy) labels: Labels<'t>,
    value: &'t Value<'t>,
}

/// A container or init container of a Pod.
pub(in crate::policy) struct PodContainer<'t> {
    pub(in crate::policy) name: &'t str,
    /// The image in the PodSpec.
    pub(in crate::policy) image: &'t str,
    /// The `imageID` that the container runtime reports.
    pub(in crate::policy) image_id: &'t str,
}

pub(in crate::policy) fn list_pods(
    name: Option<&str>,
    host: &dyn Host,
) -> Result<Vec<u8>, LookupError> {
    let name = namespace(name.unwrap_or_default())?;
    let request = format!(
        r#"{{"api_version":"v1","kind":"Pod","namespace":"{name}","label_selector":null,"field_selector":null,"field_masks":{FIELD_MASKS}}}"#
    );
    ask(host, Capability::ListResourcesByNamespace, &request)
}

pub(in crate::policy) fn parse_pods(answer: &[u8]) -> Result<Value<'_>, LookupError> {
    parse(answer, &FIELDS, EXPECTED)
}

/// The Pods of a list that have not ended. Ended Pods keep their statuses, but run nothing.
pub(in crate::policy) fn unfinished_pods<'t>(
    list: &'t Value<'t>,
) -> Result<Vec<Pod<'t>>, LookupError> {
    let pod = |value: &'t Value<'t>| {
        let metadata = value.get("metadata")?;
        Some(Pod {
            name: metadata.str_at("name")?,
            labels: Labels::of(metadata)?,
            value,
        })
    };
    let items = match list.get("items") {
        Some(Value::Array(items)) => items,
        _ => return Err(LookupError::Malformed(EXPECTED)),
    };
    let pods: Option<Vec<Pod<'t>>> = items.iter().map(pod).collect();
    let pods = pods.ok_or(LookupError::Malformed(EXPECTED))?.into_iter();
    Ok(pods.filter(|pod| !pod.has_ended()).collect())
}

impl<'t> Pod<'t> {
    fn has_ended(&self) -> bool {
        let status = self.value.get("status");
        let phase = status.and_then(|status| status.str_at("phase"));
        matches!(phase, Some("Succeeded" | "Failed"))
    }

    /// The containers with a status. The container runtime has reported their images.
    pub(in crate::policy) fn containers(&self) -> Vec<PodContainer<'t>> {
        let lists = [
            ("containers", "containerStatuses"),
            ("initContainers", "initContainerStatuses"),
        ];
        let containers = lists.into_iter().flat_map(|(list, statuses)| {
            let statuses = self.items("status", statuses);
            let containers = self.items("spec", list).iter();
            containers.filter_map(move |container| {
                let name = container.str_at("name")?;
                let mut statuses = statuses.iter();
                let status = statuses.find(|status| status.str_at("name") == Some(name))?;
                Some(PodContainer {
                    name,
                    image: container.str_at("image")?,
                    image_id: status.str_at("imageID")?,
                })
            })
        });
        containers.collect()
    }

    /// The items of a list in `spec` or `status`.
    fn items(&self, part: &str, list: &str) -> &'t [Value<'t>] {
        let list = self.value.get(part).and_then(|part| part.get(list));
        list.map_or(&[], Value::items)
    }
}
