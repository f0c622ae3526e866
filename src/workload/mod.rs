//! Locates images in objects: the kinds that are read, their fields, and the image at each.
//! Judging the images is left to `policy`.

mod decode_error;
mod image_location;
mod joined;
mod kind;
mod listed;
mod locate;
mod metadata;
mod miscased;
mod object;
mod operators;
mod path_pattern;
mod pod_patch;
mod pod_spec;
mod read_plan;
mod revision;
mod search;
mod select;
mod site;
mod template;

pub use decode_error::{DecodeError, DecodeErrorKind};
pub use kind::Kind;
pub use locate::Located;
pub use object::Object;
pub use read_plan::ReadPlan;
pub use site::{ContainerType, DeclaredPullPolicy, Holder, ImageSite};

pub(crate) use image_location::{DefaultPullPolicy, ImageFields, ImageLocation, Part};
pub(crate) use kind::{OwnPods, RestartingField, UpdateRule, leads_to_images};
pub(crate) use listed::{Listed, ListedNames};
pub(crate) use locate::locate;
pub(crate) use metadata::OwnerKind;
pub(crate) use path_pattern::{InvalidPath, PathPattern};
pub(crate) use read_plan::CustomResource;
pub(crate) use site::Provenance;
pub(crate) use template::pod_template;
