//! A Kubewarden policy that finds mutable image tags which the kubelet pulls again on every
//! start, so that a Pod can restart with a different program.
//!
//! Each module may use only the modules to its right:
//! `guest` → `admission` → `policy` → `settings` → `workload` → `image`, `document` → `quoted`, `budget`.
//!
//! - [`document`]: a tree of JSON, a cursor that notes what does not fit, and edits;
//! - [`image`]: what a reference says, and whether its tag can move;
//! - [`workload`]: where an object names images;
//! - [`settings`]: what is declared, and which mode applies where;
//! - [`policy`]: the decision, typed, and its words;
//! - [`admission`]: the payload and the response, as bytes;
//! - [`quoted`]: how text from requests and settings is quoted;
//! - `budget`: how much a request may compare.
//!
//! `guest` registers the operations with the waPC host. Without the feature of this name,
//! the crate runs natively and under Node.

pub mod admission;
mod budget;
pub mod document;
#[cfg(feature = "guest")]
mod guest;
pub mod image;
pub mod policy;
pub mod quoted;
pub mod settings;
pub mod workload;
