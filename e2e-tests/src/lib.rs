//! Runs the built policy as policy-server does. The crate has an embedded engine, a meter for
//! the cost of requests, and the program `evaluate`, which judges manifests without a
//! cluster.

mod built;
mod engine;
pub mod evaluate;
pub mod fuel;
pub mod host;
pub mod load;
mod response;
pub mod review;
mod sample;

pub use built::built_module;
pub use engine::{Engine, EngineError, Instance, validate_payload};
pub use response::{SettingsResponse, ValidationResponse};
pub use sample::Sample;
