//! Judges manifests and recorded requests with a built policy, without a cluster.
//!
//! Input is split into documents, which become admission requests. Each request has an
//! outcome, and all outcomes together decide the exit status.

mod admission_response;
mod answers;
mod arguments;
mod document;
mod error;
mod grants;
mod kind;
mod manifest;
mod mutation;
mod outcome;
mod place;
mod printable;
mod program;
mod recorded;
mod report;
mod request;
mod scope;
mod sentences;
mod settings;
mod source;
mod subject;
mod yaml;

pub use admission_response::AdmissionResponse;
pub use arguments::{Arguments, Namespace};
pub use error::{InputError, Problem};
pub use outcome::Status;
pub use place::Place;
pub use program::{Streams, run};
pub use request::Request;
pub use sentences::Sentences;
pub use subject::Subject;
