//! What an image reference says: its parts, whether its tag can move, and how
//! the kubelet pulls it. Knows nothing of Kubernetes objects or of settings.

mod cut;
mod digest;
mod domain;
mod mutability;
mod placeholder;
mod pull_policy;
mod reference;
mod reference_error;
mod registry;
pub mod shape;
mod tag;
mod unfit;

pub use digest::{Digest, DigestAlgorithm};
pub use mutability::{ImmutableReason, Mutability, MutableReason};
pub use placeholder::holds_placeholder;
pub use pull_policy::{PullPolicy, UnknownPullPolicy};
pub use reference::ImageReference;
pub use reference_error::{ReferenceError, ReferencePart};
pub use tag::Tag;

pub(crate) use cut::{cut_at_first, cut_at_last, split};
pub(crate) use reference::is_domain_like;
pub(crate) use registry::{DEFAULT_REGISTRY, Registry};
pub(crate) use unfit::first_unfit;
