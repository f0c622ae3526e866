//! Reads what is particular to a ControllerRevision of Kubernetes' own controllers: its data is
//! a patch.

use super::decode_error::DecodeErrorKind;
use super::image_location::ImageLocation;
use super::listed::ListedReader;
use super::pod_spec::pod_spec;
use super::read_plan::ReadPlan;
use super::select::Selected;
use super::site::{ContainerType, DeclaredPullPolicy, ImageSite};
use crate::document::{Cursor, Value};

/// Whether an object is a patch of a template, so nothing else in it names images.
pub(super) fn holds_template(object: &Value<'_>, plan: &ReadPlan<'_>) -> bool {
    let is_patch = |location: &ImageLocation<'_>| location.allows_other_types();
    let spec = || {
        let data = object.get("data")?.get("spec")?;
        data.get("template")?.get("spec")?.as_object()
    };
    plan.locations().any(is_patch) && spec().is_some()
}

/// The names of the fields on the way to an image, level by level.
pub(super) const WAY_TO_IMAGES: [&[&str]; 7] = [
    &["data"],
    &["spec"],
    &["template"],
    &["spec"],
    &[
        "containers",
        "ephemeralContainers",
        "initContainers",
        "volumes",
    ],
    &["image", "imagePullPolicy"],
    &["pullPolicy", "reference"],
];

/// The images of a PodSpec in a patch that keeps what it does not name, so an absent pull
/// policy may be `Always`. Notes an error where the patch sets the pull policy of an image that it
/// does not name.
pub(super) fn kept_pod_spec<'t>(
    spec: &Cursor<'t, '_, DecodeErrorKind>,
    listed: &mut ListedReader<'_>,
) -> Vec<ImageSite<'t>> {
    let mut sites = pod_spec(spec, listed);
    for site in &mut sites {
        if site.declared == DeclaredPullPolicy::Absent {
            site.declared = DeclaredPullPolicy::Elsewhere;
        }
    }
    let lists = ContainerType::ALL.map(ContainerType::list);
    let lists = lists.iter().filter_map(|list| spec.get(list));
    for list in lists {
        for container in list.items() {
            note_unnamed(&container, "image", &["imagePullPolicy", "$retainKeys"]);
        }
    }
    if let Some(volumes) = spec.get("volumes") {
        for volume in volumes.items() {
            if let Some(source) = volume.get("image") {
                note_unnamed(&source, "reference", &["pullPolicy", "$retainKeys"]);
            }
        }
    }
    sites
}

/// Notes that an image is missing where another field changes how it is pulled.
fn note_unnamed(
    holder: &Cursor<'_, '_, DecodeErrorKind>,
    image: &'static str,
    changes: &[&'static str],
) {
    let has_image = holder
        .get(image)
        .is_some_and(|image| !image.value().is_empty());
    let is_changed = |field: &&str| holder.value().get(field).is_some();
    if !has_image && changes.iter().any(is_changed) {
        holder.note_field(image, DecodeErrorKind::Missing);
    }
}

/// Whether a patch replaces the whole template around a PodSpec, so it keeps nothing of what
/// was there. Kubernetes' own controllers write such patches.
pub(super) fn replaces_template(object: &Value<'_>, pod_spec: &Selected<'_>) -> bool {
    let template = pod_spec
        .steps
        .split_last()
        .and_then(|(_, steps)| object.at(steps));
    template.and_then(|template| template.str_at("$patch")) == Some("replace")
}
