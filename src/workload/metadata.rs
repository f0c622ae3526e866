//! ObjectMeta: what it says of who made an object.

use super::reader::{GaveUp, InnerSites, ItemView, Known, Reading, Value, View};

/// Marks a Pod that a kubelet runs from a file and only mirrors to the API server
/// (`v1.MirrorPodAnnotationKey`).
const MIRROR_ANNOTATION: &str = "kubernetes.io/config.mirror";

#[derive(Default)]
pub(super) struct MetadataView {
    annotations: AnnotationsView,
}

impl MetadataView {
    pub(super) const fn has_mirror_annotation(&self) -> bool {
        self.annotations.has_mirror
    }
}

impl<'de> View<'de> for MetadataView {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["annotations", "ownerReferences"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "annotations" => value.object(&mut self.annotations)?,
            _ => value.items(OwnerView::default)?,
        };
        Ok(())
    }
}

#[derive(Default)]
struct AnnotationsView {
    has_mirror: bool,
}

impl<'de> View<'de> for AnnotationsView {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &[MIRROR_ANNOTATION])
    }

    fn read(&mut self, _: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        self.has_mirror |= value.text()?.is_some();
        Ok(())
    }
}

/// `OwnerReference`, of which an object has at most one that is its controller.
#[derive(Default)]
struct OwnerView {
    is_controller: bool,
}

impl<'de> View<'de> for OwnerView {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["controller"])
    }

    fn read(&mut self, _: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        self.is_controller = value.boolean()?;
        Ok(())
    }
}

impl<'de> ItemView<'de> for OwnerView {
    fn finish(&mut self, reading: &mut Reading<'de>, _: InnerSites) {
        if self.is_controller {
            reading.found_controller();
        }
    }
}
