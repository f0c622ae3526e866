//! The effect of a finding in strict mode.

use super::update_effect::Unchanged;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Rejects the request.
    Deny,
    /// Only warns.
    Warn(WarnReason),
}

/// Why a finding only warns in strict mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarnReason {
    /// An ephemeral container is pulled once and never restarts.
    EphemeralContainer,
    /// The Pod runs already, and rejecting its mirror would only hide it.
    MirrorPod,
    /// A controller made the object for its owner, which was judged itself.
    Owned,
    /// The image was there before the update.
    Unchanged(Unchanged),
    /// The Pods are judged when the placeholder has been filled in.
    Template,
    /// Nothing names an image where the settings expect one.
    NoImage,
    /// The policy has fixed the finding in the object.
    Adjusted,
    /// The policy would have fixed the finding, but something else rejects the object.
    Adjustable,
    /// The registry still serves the running image for the tag.
    Verified,
}

impl Severity {
    /// The stable code: `deny`, or why it only warns.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn(WarnReason::EphemeralContainer) => "ephemeral-container",
            Self::Warn(WarnReason::MirrorPod) => "mirror-pod",
            Self::Warn(WarnReason::Owned) => "owned",
            Self::Warn(WarnReason::Unchanged(_)) => "unchanged",
            Self::Warn(WarnReason::Template) => "template",
            Self::Warn(WarnReason::NoImage) => "no-image",
            Self::Warn(WarnReason::Adjusted) => "adjusted",
            Self::Warn(WarnReason::Adjustable) => "adjustable",
            Self::Warn(WarnReason::Verified) => "verified",
        }
    }
}
