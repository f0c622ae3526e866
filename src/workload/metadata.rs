//! The metadata of an object, which tells who made it.

use super::decode_error::DecodeErrorKind;
use crate::document::Cursor;

/// The annotation of a Pod that a kubelet runs from a file and only mirrors to the API server
/// (`v1.MirrorPodAnnotationKey`).
pub(crate) const MIRROR_ANNOTATION: &str = "kubernetes.io/config.mirror";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) has_mirror_annotation: bool,
    /// Whether an owner reference has `controller: true`.
    pub(super) has_controller: bool,
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
                found.has_controller |= is_controller == Some(true);
            }
        }
        found
    }
}
