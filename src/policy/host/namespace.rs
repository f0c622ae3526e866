//! The labels of a namespace.

use super::{Capability, Host, Unknown, ask, namespace};
use crate::settings::Labels;

/// Asks for the labels of a namespace.
pub(in crate::policy) fn labels_of(name: &str, host: &dyn Host) -> Result<Labels, Unknown> {
    let name = namespace(name)?;
    let request = format!(
        r#"{{"api_version":"v1","kind":"Namespace","name":"{name}","namespace":null,"disable_cache":false,"field_masks":["metadata.labels","metadata.name"]}}"#
    );
    let expected = "Namespace of that name";
    ask(
        host,
        Capability::GetResource,
        &request,
        expected,
        |answer| {
            let metadata = answer.field("metadata")?;
            let is_it = metadata.field("name")?.text()? == name;
            Labels::of(metadata).filter(|_| is_it)
        },
    )
}
