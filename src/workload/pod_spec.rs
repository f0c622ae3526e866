//! Reads the images of the containers and volumes of a PodSpec.

use super::decode_error::DecodeErrorKind;
use super::listed::ListedReader;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, Provenance, PullPolicyPlace,
};
use crate::document::Cursor;
use crate::image::PullPolicy;

type ObjectCursor<'t, 'p> = Cursor<'t, 'p, DecodeErrorKind>;

/// The images of a PodSpec, in the order of their paths.
pub(super) fn pod_spec<'t>(
    spec: &ObjectCursor<'t, '_>,
    listed: &mut ListedReader<'_>,
) -> Vec<ImageSite<'t>> {
    let mut sites = Vec::new();
    for container_type in ContainerType::ALL {
        if let Some(list) = spec.get(container_type.list()) {
            for item in list.items() {
                sites.extend(container(&item, container_type, listed));
            }
        }
    }
    if let Some(volumes) = spec.get("volumes") {
        sites.extend(volumes.items().filter_map(|volume| image_volume(&volume)));
    }
    sites
}

/// The images of a container, in the order of their paths; none where one of its fields
/// cannot be read.
pub(super) fn container<'t>(
    container: &ObjectCursor<'t, '_>,
    container_type: ContainerType,
    listed: &mut ListedReader<'_>,
) -> Vec<ImageSite<'t>> {
    let errors = container.error_count();
    let mut sites = Vec::new();
    if container.object().is_none() {
        return sites;
    }
    let name = container.get("name");
    let name = name.and_then(|name| name.text());
    let name = name.map(AsRef::as_ref);
    sites.extend(listed.read(container, container_type, name));
    let image = container.get("image");
    let declared = declared(container, "imagePullPolicy");
    if let Some(image) = &image
        && let Some(text) = image.text()
        && !text.is_empty()
    {
        sites.push(ImageSite {
            path: image.path(),
            items: Vec::new(),
            holder: Holder::Container {
                container_type,
                name,
            },
            image: text.as_ref().into(),
            declared,
            pull_policy_field: "imagePullPolicy".into(),
            pull_policy_place: PullPolicyPlace::Beside,
            provenance: Provenance::Located,
        });
    }
    if container.error_count() > errors {
        sites.clear();
    }
    sites
}

/// The image of an image volume; `None` for any other volume.
fn image_volume<'t>(volume: &ObjectCursor<'t, '_>) -> Option<ImageSite<'t>> {
    let errors = volume.error_count();
    volume.object()?;
    let name = volume.get("name");
    let name = name.and_then(|name| name.text()).map(AsRef::as_ref);
    let source = volume.get("image")?;
    source.object()?;
    let declared = declared(&source, "pullPolicy");
    let reference = source.get("reference")?;
    let text = reference.text().filter(|text| !text.is_empty())?;
    (volume.error_count() == errors).then(|| ImageSite {
        path: reference.path(),
        items: Vec::new(),
        holder: Holder::Volume(name),
        image: text.as_ref().into(),
        declared,
        pull_policy_field: "pullPolicy".into(),
        pull_policy_place: PullPolicyPlace::Beside,
        provenance: Provenance::Located,
    })
}

/// The pull policy in a field. Notes an error for an unknown one.
fn declared(holder: &ObjectCursor<'_, '_>, field: &str) -> DeclaredPullPolicy {
    holder
        .get(field)
        .and_then(|policy| pull_policy(&policy))
        .into()
}

/// Parses a pull policy; `None` where it is empty. Notes an error for an unknown one.
pub(super) fn pull_policy(policy: &ObjectCursor<'_, '_>) -> Option<PullPolicy> {
    let text = policy.text().filter(|text| !text.is_empty())?;
    let parsed = text.parse().ok();
    if parsed.is_none() {
        policy.note(DecodeErrorKind::NotAPullPolicy);
    }
    parsed
}
