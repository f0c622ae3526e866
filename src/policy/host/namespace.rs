//! Selects a mode by the labels of a namespace, which the host knows.

use super::{Capability, Host, LookupError, ask, namespace, parse};
use crate::settings::{Applicable, PendingMode};

/// The expected answer, as an error words it.
const EXPECTED: &str = "the Namespace of that name";

fn get_namespace(name: &str, host: &dyn Host) -> Result<Vec<u8>, LookupError> {
    let request = format!(
        r#"{{"api_version":"v1","kind":"Namespace","name":"{name}","namespace":null,"disable_cache":false,"field_masks":["metadata.labels","metadata.name"]}}"#
    );
    ask(host, Capability::GetResource, &request)
}

/// Decides a mode by the namespace's labels.
pub(in crate::policy) fn decide_by_labels<'s>(
    pending: &PendingMode<'s>,
    host: &dyn Host,
) -> Result<Applicable<'s>, LookupError> {
    let name = namespace(pending.namespace())?;
    let answer = get_namespace(name, host)?;
    let answer = parse(&answer, &["labels", "metadata", "name"], EXPECTED)?;
    let metadata = answer.get("metadata");
    let metadata = metadata.filter(|metadata| metadata.str_at("name") == Some(name));
    let decided = metadata.and_then(|metadata| pending.decide(metadata));
    decided.ok_or(LookupError::Malformed(EXPECTED))
}
