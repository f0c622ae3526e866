//! Reads what is particular to a ControllerRevision of Kubernetes' own controllers: its data is
//! a patch.

use super::image_location::ImageLocation;
use super::read_plan::ReadPlan;
use super::select::Selected;
use crate::document::Value;

/// Whether an object is a patch of a template, so that nothing else in it names images.
pub(super) fn holds_template(object: &Value<'_>, plan: &ReadPlan<'_>) -> bool {
    let is_patch = |location: &ImageLocation<'_>| location.is_foreign();
    let spec = || {
        let data = object.get("data")?.get("spec")?;
        data.get("template")?.get("spec")?.as_object()
    };
    plan.locations().any(is_patch) && spec().is_some()
}

/// The names of the fields on the way to an image, level by level.
pub(super) const WAY_TO_IMAGES: [&[&str]; 6] = [
    &["data"],
    &["spec"],
    &["template"],
    &["spec"],
    &["containers", "ephemeralContainers", "initContainers"],
    &["image", "imagePullPolicy"],
];

/// Whether a patch replaces the whole template around a PodSpec, so that it keeps nothing of what
/// was there. Kubernetes' own controllers write such patches.
pub(super) fn replaces_template(object: &Value<'_>, pod_spec: &Selected<'_>) -> bool {
    let template = pod_spec
        .steps
        .split_last()
        .and_then(|(_, steps)| object.at(steps));
    template.and_then(|template| template.str_at("$patch")) == Some("replace")
}
