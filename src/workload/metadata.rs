//! The metadata of an object, which tells who made it.

use super::decode_error::DecodeErrorKind;
use crate::document::Cursor;

/// The kind of an object's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnerKind {
    pub(crate) group: String,
    pub(crate) name: String,
}

/// The annotation of a Pod that a kubelet runs from a file and only mirrors to the API server
/// (`v1.MirrorPodAnnotationKey`).
pub(crate) const MIRROR_ANNOTATION: &str = "kubernetes.io/config.mirror";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) has_mirror_annotation: bool,
    /// The kind of the first owner with `controller: true`.
    pub(super) controller: Option<OwnerKind>,
}

impl Metadata {
    pub(super) fn of(object: &Cursor<'_, '_, DecodeErrorKind>) -> Self {
        let mut found = Self::default();
        let Some(metadata) = object.get("metadata") else {
            return found;
        };
        if let Some(annotations) = metadata.optional("annotations")
            && let Some(mirror) = annotations.optional(MIRROR_ANNOTATION)
        {
            found.has_mirror_annotation = mirror.text().is_some();
        }
        if let Some(owners) = metadata.get("ownerReferences") {
            for owner in owners.items() {
                let controller = owner.optional("controller");
                let is_controller = controller.and_then(|controller| controller.boolean());
                if is_controller == Some(true) && found.controller.is_none() {
                    let text = |name| owner.optional(name).and_then(|field| field.text());
                    let version = text("apiVersion").map_or("", AsRef::as_ref);
                    let (group, _) = version.split_once('/').unwrap_or_default();
                    found.controller = Some(OwnerKind {
                        group: group.to_owned(),
                        name: text("kind").map(ToString::to_string).unwrap_or_default(),
                    });
                }
            }
        }
        found
    }
}
