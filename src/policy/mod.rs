//! Decides on a request: findings, the verdict of the mode, and the words for both.

mod compare;
mod context;
mod drift;
mod edits;
mod effective_pull_policy;
mod evaluate;
mod evaluation;
mod exempt;
mod host;
mod judge;
mod message;
mod outcome;
mod request;
mod running_pods;
mod severity;
mod update_effect;
mod weigh;

pub use drift::Drift;
pub use effective_pull_policy::{EffectivePullPolicy, PullPolicyOrigin};
pub use evaluation::{
    Evaluation, Finding, NamedHolder, Rejection, SelectedMode, SelectedModeOrigin, UnreadableField,
    Verdict,
};

pub use exempt::Exempted;
pub use host::{Capability, Host, LookupError};
pub use judge::{Cause, ListedIn};
pub use outcome::Outcome;
pub use request::{Objects, Operation, Request, Requester, Subresource, UnknownOperation};
pub use severity::{Severity, WarnReason};
pub use update_effect::{PodStart, Unchanged, UpdateEffect};

pub(crate) use evaluate::{Screened, evaluate, refuse, screen};
