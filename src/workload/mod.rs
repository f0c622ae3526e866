//! What an object says of images: which kinds are read, at which fields, and what
//! stands there. Whether that is good or bad is left to others.

mod container;
mod expectation;
mod field_path;
mod kind;
mod object;
mod pod_spec;
mod reading;
mod site;
mod source;
mod unreadable;
mod variable;
mod view;
mod volume;

pub use field_path::FieldPath;
pub use kind::KnownKind;
pub use object::Workload;
pub use site::{DeclaredPullPolicy, Holder, ImageSite};
pub use unreadable::Unreadable;

pub(crate) use object::ObjectReading;
pub(crate) use reading::{Reading, Strings};
pub(crate) use unreadable::Fault;
pub(crate) use view::{GaveUp, Known, Presence, Value, View, read};

/// How much of a container is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The image and how it is pulled.
    Images,
    /// Environment variables too, each as if its value named an image.
    ImagesAndVariables,
}
