//! Runs the built policy as policy-server does. The crate has the engine of policy-server, and a
//! meter for the cost of requests.

mod arguments;
mod built;
pub mod cases;
mod engine;
pub mod fuel;
pub use mutable_tags_cli::host;
pub mod load;
pub mod random;
pub mod review;
mod sample;

pub use arguments::{arguments, positive};
pub use built::built_module;
pub use engine::{Engine, EngineError, Instance, validate_payload};
pub use mutable_tags_cli::{SettingsResponse, ValidationResponse};
pub use sample::Sample;
