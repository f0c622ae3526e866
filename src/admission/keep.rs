//! What is kept of a payload while it is parsed: what names images, and who asks.

use std::borrow::Cow;

use crate::document::{Field, Keep, Value};
use crate::workload::{Kind, leads_to_images};

/// What is kept of a value in a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Payload,
    Request,
    Everything,
    /// An object of one of Kubernetes' own kinds: the fields that lead to images.
    KnownObject,
    /// The root of any other object: all that may name an image.
    SearchedObject,
    /// The metadata of an object.
    Metadata,
}

impl Keep for Kept {
    fn field(self, name: &str, before: &[Field<'_>]) -> Option<Self> {
        match (self, name) {
            (Self::Payload, "settings") | (Self::Everything, _) => Some(Self::Everything),
            (Self::Payload, "request") => Some(Self::Request),
            (Self::Request, "kind" | "namespace" | "operation" | "subResource" | "userInfo") => {
                Some(Self::Everything)
            }
            (Self::Request, "object") => Some(Self::of_object(before)),
            (Self::KnownObject, _) if leads_to_images(name) => Some(self),
            (Self::SearchedObject, "metadata") => Some(Self::Metadata),
            (Self::SearchedObject, "status") => None,
            (Self::SearchedObject, _) => Some(Self::Everything),
            (Self::Metadata, "annotations" | "ownerReferences") => Some(Self::Everything),
            (Self::Payload | Self::Request | Self::KnownObject | Self::Metadata, _) => None,
        }
    }
}

impl Kept {
    /// What is kept of an object, by the fields of the request that stand before it. Where
    /// its kind comes later, everything is kept.
    fn of_object(before: &[Field<'_>]) -> Self {
        let mut before = before.iter().rev();
        match before.find(|(name, _)| name == "kind") {
            Some((_, kind)) => Self::of_kind(&kind_of(kind)),
            None => Self::Everything,
        }
    }

    /// What is kept of objects of a kind.
    pub(super) fn of_kind(kind: &Kind<'_>) -> Self {
        match kind.is_built_in() {
            true => Self::KnownObject,
            false => Self::SearchedObject,
        }
    }
}

/// The kind that a request names.
pub(super) fn kind_of<'a>(kind: &Value<'a>) -> Kind<'a> {
    let text = |name| match kind.get(name) {
        Some(Value::String(text)) => text.clone(),
        _ => Cow::Borrowed(""),
    };
    Kind::new(text("group"), text("kind"))
}
