//! Hosts that refuse every call.

use super::{Host, HostError, Request};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refusal {
    /// The engine has no host.
    #[default]
    Offline,
    /// The capability is not granted, in Kubewarden's words.
    NotGranted,
    /// No registry may be asked.
    NoRegistry,
    /// No objects of a cluster are given.
    NoContext,
}

impl Host for Refusal {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        Err(HostError::Refused(match self {
            Self::Offline => format!(
                "nothing is looked up unless --context, --registry or --replay is given (the policy asked for {request})"
            ),
            Self::NotGranted => format!(
                "Policy has not been granted access to the '{}' host capability. The violation has been reported.",
                request.capability()
            ),
            Self::NoRegistry => "no registry is asked unless --registry is given".to_owned(),
            Self::NoContext => {
                "no object of the cluster is known unless --context is given".to_owned()
            }
        }))
    }
}
