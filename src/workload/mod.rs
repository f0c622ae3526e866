//! What an object says of images: which kinds are read, at which fields, and what
//! stands there. Whether that is good or bad is left to others.

mod capture;
mod container;
mod decode_error;
mod edit;
mod field_path;
mod gathered;
mod hints;
mod kind;
mod layout;
mod metadata;
mod node;
mod object;
mod order;
mod path_pattern;
mod place;
mod places;
mod pod_spec;
mod reader;
mod room;
mod search;
mod site;
mod variable;
mod volume;
mod wanted;

pub use decode_error::{DecodeError, DecodeErrorKind};
pub use field_path::FieldPath;
pub use kind::Kind;
pub use layout::{CustomResource, Demands, Layout};
pub use object::Workload;
pub use site::{DeclaredPullPolicy, Holder, ImageSite, Section, Stands};

pub(crate) use capture::Part;
pub(crate) use edit::Edit;
pub(crate) use kind::OwnPods;
pub(crate) use node::Node;
pub(crate) use object::ObjectReading;
pub(crate) use order::{sort_and_dedup, sort_by};
pub(crate) use path_pattern::PathPattern;
pub(crate) use place::Place;
pub(crate) use reader::{GaveUp, Known, Presence, Reading, Strings, Value, View, read};
pub(crate) use site::Basis;

/// How much of a container is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The image and how it is pulled.
    #[default]
    Images,
    /// Environment variables too, each as if its value named an image.
    ImagesAndVariables,
}
