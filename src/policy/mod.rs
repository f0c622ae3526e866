//! The decision on a request: findings, the mode that weighs them, and the words
//! for both.

mod adjust;
mod adjustment;
mod case;
mod change;
mod drift;
mod effective_pull_policy;
mod evaluate;
mod finding;
mod grade;
mod host;
mod message;
mod novelty;
mod problem;
mod request;
mod ruling;
mod running;
mod twin;
mod verdict;

pub use evaluate::{evaluate, refuse};
pub use host::{Capability, Host};
pub use request::{Documents, Operation, Request, Requester, Subresource, UnknownOperation};
pub use verdict::{Rejection, Report, Verdict};

pub(crate) use message::{NO_JSON, NO_UTF8, of_invalid_settings};
