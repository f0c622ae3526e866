//! Reads image references: their parts, whether a tag can move, and which pull policy
//! Kubernetes defaults to. This module knows neither Kubernetes objects nor settings.

mod digest;
mod disallowed;
mod domain;
mod mutability;
mod placeholder;
pub mod publisher;
mod pull_policy;
mod reference;
mod reference_error;
mod registry;
mod repository_path;
pub mod shape;
mod tag;

pub use digest::{Digest, DigestAlgorithm};
pub use mutability::{ImmutableReason, Mutability, MutableReason};
pub use placeholder::first_placeholder;
pub use pull_policy::{PullPolicy, UnknownPullPolicy};
pub use reference::ImageReference;
pub use reference_error::{ReferenceError, ReferencePart};
pub use tag::Tag;

pub(crate) use disallowed::first_disallowed;
pub(crate) use placeholder::is_blank;
pub use reference::is_domain_like;
pub(crate) use reference::without_scheme;
pub(crate) use reference_error::ReferenceFix;
pub(crate) use registry::{DEFAULT_REGISTRY, Registry};
