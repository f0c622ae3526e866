//! Host capabilities, which a policy can call.
//!
//! A host answers as Kubewarden's does. It takes the answers from files with objects, from
//! registries, or from a recorded session.

mod cache;
mod capabilities;
mod context;
#[cfg(feature = "registry")]
mod credentials;
mod error;
mod field_mask;
#[cfg(not(feature = "registry"))]
mod no_registry;
mod recording;
mod refusal;
#[cfg(feature = "registry")]
mod registry;
mod replay;
mod request;
mod session;

use std::sync::Arc;

pub use cache::Cache;
pub use capabilities::Capabilities;
pub use context::Context;
#[cfg(feature = "registry")]
pub use credentials::Credentials;
pub use error::HostError;
#[cfg(not(feature = "registry"))]
pub use no_registry::Registry;
pub use recording::Recording;
pub use refusal::Refusal;
#[cfg(feature = "registry")]
pub use registry::Registry;
pub use replay::Replay;
pub use request::{GetResource, ListResourcesByNamespace, Request};
pub use session::{Exchange, Response, Session, SessionError};

/// The only binding of a Kubewarden host.
const BINDING: &str = "kubewarden";

/// Answers the calls of a policy.
///
/// ```
/// use mutable_tags_cli::host::{Host, HostError, Request};
///
/// /// Knows one digest.
/// struct OneDigest;
///
/// impl Host for OneDigest {
///     fn answer(&self, _: &Request) -> Result<Vec<u8>, HostError> {
///         Ok(br#"{"digest":"sha256:0"}"#.to_vec())
///     }
/// }
/// ```
pub trait Host: Send + Sync {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError>;
}

impl<H: Host + ?Sized> Host for Arc<H> {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        H::answer(self, request)
    }
}

/// Answers a call with the arguments of waPC.
pub fn call(
    host: &dyn Host,
    binding: &str,
    namespace: &str,
    operation: &str,
    payload: &[u8],
) -> Result<Vec<u8>, HostError> {
    if binding != BINDING {
        return Err(HostError::Refused(format!("unknown binding: {binding}")));
    }
    host.answer(&Request::parse(namespace, operation, payload)?)
}
