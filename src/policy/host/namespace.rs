//! The labels of a namespace.

use super::{Capability, Host, LookupError, ask, namespace};
use crate::settings::Labels;

/// Asks for the labels of a namespace.
pub(in crate::policy) fn labels_of(
    name: &str,
    host: &dyn Host,
    take: &mut dyn FnMut(&Labels<'_>),
) -> Result<(), LookupError> {
    let name = namespace(name)?;
    let request = format!(
        r#"{{"api_version":"v1","kind":"Namespace","name":"{name}","namespace":null,"disable_cache":false,"field_masks":["metadata.labels","metadata.name"]}}"#
    );
    ask(
        host,
        Capability::GetResource,
        &request,
        "Namespace of that name",
        &mut |answer| {
            let metadata = answer.field("metadata")?;
            let labels = Labels::of(metadata)?;
            if metadata.text_of("name")? != name {
                return None;
            }
            take(&labels);
            Some(())
        },
    )
}
