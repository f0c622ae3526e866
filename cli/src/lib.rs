//! Checks Kubernetes manifests with the policy, without a cluster.
//!
//! `check` splits its input into documents, which become admission requests. Each request has an
//! outcome, and all outcomes together decide the exit status. `explain` asks the policy about a Pod with
//! an image. `history` finds tags that moved, in a Git repository.

mod apply;
mod arguments;
mod check;
mod diagnostics;
mod explain;
mod failure;
mod history;
pub mod host;
mod input;
mod judge;
mod outcome;
mod packaging;
mod place;
mod policy;
mod printable;
mod progress;
mod report;
mod request;
mod response;
mod run;
mod streams;
mod subject;
mod until_closed;

pub use arguments::Arguments;
pub use input::error::InputError;
pub use judge::{Judge, JudgeError, Judgement, Sentences};
pub use outcome::Status;
pub use request::Request;
pub use response::{SettingsResponse, ValidationResponse};
pub use run::run;
pub use streams::{Streams, Style};
