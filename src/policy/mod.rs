//! The decision on a request: findings, the mode that weighs them, and the words
//! for both.

mod change;
mod effective_pull_policy;
mod evaluate;
mod finding;
mod grade;
mod message;
mod novelty;
mod problem;
mod request;
mod twin;
mod verdict;

pub use change::Change;
pub use evaluate::{evaluate, refuse};
pub use request::{Operation, Request, Requester, Subresource, UnknownOperation};
pub use verdict::{Rejection, Report, Verdict};

pub(crate) use message::{NO_JSON, NO_UTF8, of_invalid_settings};
