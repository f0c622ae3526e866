//! The decision on a request: findings, the mode that weighs them, and the words
//! for both.

mod adjust;
mod case;
mod change;
mod drift;
mod effective_pull_policy;
mod evaluate;
mod evaluation;
mod finding;
mod host;
mod message;
mod outcome;
mod problem;
mod request;
mod ruling;
mod running;
mod severity;
mod twin;
mod update_effect;

pub use drift::Drift;
pub use effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
pub use evaluate::{evaluate, refuse};
pub use evaluation::{
    Evaluation, Finding, NamedHolder, Rejection, SelectedMode, SelectedModeOrigin, UnreadableField,
    Verdict,
};
pub use finding::Cause;
pub use host::{Capability, Host, LookupError};
pub use outcome::Outcome;
pub use request::{Documents, Operation, Request, Requester, Subresource, UnknownOperation};
pub use severity::{Severity, WarnReason};
pub use update_effect::UpdateEffect;
