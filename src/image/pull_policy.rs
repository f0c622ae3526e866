//! The pull policies of Kubernetes, and the default one.

use std::fmt;
use std::str::FromStr;

use super::{ImageReference, ReferenceError, Tag};

/// `PullPolicy` of Kubernetes' `core/v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullPolicy {
    /// The kubelet asks the registry at every start of a container.
    Always,
    /// The kubelet asks the registry only for an image that the node lacks.
    IfNotPresent,
    /// The kubelet never asks the registry.
    Never,
}

impl PullPolicy {
    /// Every pull policy, in the order of the Kubernetes documentation.
    pub const ALL: [Self; 3] = [Self::Always, Self::IfNotPresent, Self::Never];

    /// The default for a container without a pull policy, as `SetDefaults_Container` of
    /// Kubernetes' `pkg/apis/core/v1` has it. A reference that does not parse counts there
    /// as one without the tag `latest`.
    #[must_use]
    pub fn default_for(reference: &Result<ImageReference<'_>, ReferenceError>) -> Self {
        let tag = reference
            .as_ref()
            .ok()
            .and_then(ImageReference::effective_tag);
        if tag.as_ref().is_some_and(Tag::is_latest) {
            Self::Always
        } else {
            Self::IfNotPresent
        }
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::IfNotPresent => "IfNotPresent",
            Self::Never => "Never",
        }
    }
}

impl fmt::Display for PullPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not the name of a pull policy; like Kubernetes, this is case-sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPullPolicy;

impl FromStr for PullPolicy {
    type Err = UnknownPullPolicy;

    fn from_str(name: &str) -> Result<Self, UnknownPullPolicy> {
        Self::ALL
            .into_iter()
            .find(|policy| policy.as_str() == name)
            .ok_or(UnknownPullPolicy)
    }
}
