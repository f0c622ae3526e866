//! The permissions in a policy's manifest, which policy-server enforces.

use serde_json::Value;

use crate::host::{Host, HostError, Request};
use crate::input::yaml::text_at;
use crate::response::ValidationResponse;

/// The rejection of a mutation that the manifest does not allow, in the words of the host.
const NO_MUTATION: &str =
    "the policy changes the object, which a policy server rejects unless spec.mutating is true";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Grants {
    /// Every mutation and lookup is allowed, since there is no manifest.
    Everything,
    Manifest {
        mutating: bool,
        /// The `apiVersion` and `kind` of the resources that the policy may look up.
        resources: Vec<(String, String)>,
    },
}

impl Grants {
    /// Reads the `spec` of a policy.
    pub(crate) fn of(spec: &Value) -> Self {
        let resources = spec.get("contextAwareResources").and_then(Value::as_array);
        Self::Manifest {
            mutating: spec.get("mutating").and_then(Value::as_bool) == Some(true),
            resources: resources
                .into_iter()
                .flatten()
                .map(|resource| ["apiVersion", "kind"].map(|field| text_at(resource, field)))
                .map(|[api_version, kind]| (api_version.to_owned(), kind.to_owned()))
                .collect(),
        }
    }

    /// Replaces a response by a rejection if its mutation is not allowed.
    pub(crate) fn enforce(&self, response: ValidationResponse) -> ValidationResponse {
        match self {
            Self::Manifest {
                mutating: false, ..
            } if response.accepted && response.mutated_object.is_some() => ValidationResponse {
                message: Some(NO_MUTATION.to_owned()),
                ..ValidationResponse::default()
            },
            _ => response,
        }
    }

    fn allows(&self, api_version: &str, kind: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Manifest { resources, .. } => resources
                .iter()
                .any(|(version, name)| version == api_version && name == kind),
        }
    }
}

/// A host that answers only granted lookups.
pub(crate) struct Granted<H> {
    pub(crate) host: H,
    pub(crate) grants: Grants,
}

impl<H: Host> Host for Granted<H> {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let wanted = match request {
            Request::KubernetesGetResource(wanted) => Some((&wanted.api_version, &wanted.kind)),
            Request::KubernetesListResourceNamespace(wanted) => {
                Some((&wanted.api_version, &wanted.kind))
            }
            Request::OciManifestDigest { .. } | Request::OciManifest { .. } => None,
        };
        match wanted {
            Some((api_version, kind)) if !self.grants.allows(api_version, kind) => {
                Err(HostError::Refused(format!(
                    "Policy has not been granted access to Kubernetes {api_version}/{kind} resources. The violation has been reported."
                )))
            }
            _ => self.host.answer(request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn changed() -> ValidationResponse {
        ValidationResponse {
            accepted: true,
            mutated_object: Some(json!({})),
            ..ValidationResponse::default()
        }
    }

    #[test]
    fn rejects_a_mutation_that_the_manifest_does_not_allow() {
        for spec in [json!({}), json!({"mutating": false})] {
            let enforced = Grants::of(&spec).enforce(changed());
            assert!(!enforced.accepted);
            assert_eq!(enforced.message.as_deref(), Some(NO_MUTATION));
            assert_eq!(enforced.mutated_object, None);
        }
    }

    #[test]
    fn a_change_is_kept_where_it_is_allowed() {
        let allowed = Grants::of(&json!({"mutating": true}));
        assert_eq!(allowed.enforce(changed()), changed());
        assert_eq!(Grants::Everything.enforce(changed()), changed());
    }

    #[test]
    fn only_what_the_manifest_lists_is_looked_up() {
        let spec = json!({"contextAwareResources": [{"apiVersion": "v1", "kind": "Pod"}]});
        let grants = Grants::of(&spec);
        assert!(grants.allows("v1", "Pod"));
        assert!(!grants.allows("v1", "Namespace"));
        assert!(!grants.allows("v2", "Pod"));
        assert!(Grants::Everything.allows("v1", "Namespace"));
    }
}
