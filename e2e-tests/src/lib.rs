//! Runs the built policy as policy-server does: an embedded engine, a meter that
//! counts what a request costs, and the program `evaluate` that judges manifests
//! without a cluster.

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
