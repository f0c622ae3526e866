//! Checks Kubernetes manifests with the policy, without a cluster.
//!
//! Input is split into documents, which become admission requests. Each request has an outcome, and
//! all outcomes together decide the exit status.

mod answers;
mod apply;
mod arguments;
mod check;
mod configuration;
mod error;
pub mod host;
mod input;
mod judge;
mod outcome;
mod place;
mod policy;
mod printable;
mod progress;
mod report;
mod request;
mod response;
mod subject;

pub use arguments::{Arguments, Namespace};
pub use check::{Streams, run};
pub use error::{InputError, Problem};
pub use judge::{Judge, JudgeError, Judgement};
pub use outcome::Status;
pub use place::Place;
pub use report::{AdmissionResponse, Sentences};
pub use request::Request;
pub use response::{SettingsResponse, ValidationResponse};
pub use subject::Subject;
