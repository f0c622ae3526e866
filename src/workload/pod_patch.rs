//! Reads a JSON patch (RFC 6902) that an operator applies to the Pods of an object, as
//! CloudNativePG applies the annotation `cnpg.io/podPatch` of a Cluster.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::miscased::{is_miscased, note_miscased};
use super::select::Selected;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::document::{Errors, FieldPath, Value};
use crate::image::PullPolicy;

/// The longest patch that is read, in bytes: no API server accepts more annotations
/// (`TotalAnnotationSizeLimitB` of Kubernetes' `apimachinery`).
const MAX_BYTES: usize = 256 << 10;
/// The longest path to an image that is read, in bytes. No Pod has a longer one.
const MAX_PATH: usize = 255;

/// The most parts of a patch among which the pull policy of an image is looked for.
const MAX_PARTS: usize = 100;

/// The images that a patch sets, and those of `object_sites` whose pull policy it sets. Notes an
/// error if the patch alone does not show which these are.
pub(super) fn pod_patch<'t>(
    patch: &Selected<'t>,
    object_sites: &[ImageSite<'t>],
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<ImageSite<'t>> {
    let cursor = patch.cursor(errors);
    let text = cursor.text().map_or("", AsRef::as_ref);
    let path = FieldPath::from(patch.steps.as_slice());
    match sites_of(text, object_sites, &path) {
        Ok(sites) => sites,
        Err(Untraceable) => {
            cursor.note(DecodeErrorKind::NotAPatch);
            Vec::new()
        }
    }
}

/// The patch alone does not show which images it sets.
struct Untraceable;

fn sites_of<'t>(
    text: &str,
    object_sites: &[ImageSite<'t>],
    path: &FieldPath<'t>,
) -> Result<Vec<ImageSite<'t>>, Untraceable> {
    if text.len() > MAX_BYTES {
        return Err(Untraceable);
    }
    let document = match text {
        "" => Value::Null,
        text => Value::parse_unambiguous(text).map_err(|_| Untraceable)?,
    };
    let mut parts = Vec::new();
    match &document {
        Value::Null => {}
        Value::Array(operations) => {
            for operation in operations {
                parts.extend(parts_of(operation)?);
            }
        }
        _ => return Err(Untraceable),
    }
    let mut bytes = 0;
    let mut sites = Vec::new();
    for (part, image, declared) in judged(&parts, object_sites) {
        let site = ImageSite {
            path: path.clone(),
            items: Vec::new(),
            holder: Holder::Field {
                owner: Some(("path", Cow::Owned(part.path.to_owned()))),
            },
            image: Cow::Owned(image.to_owned()),
            declared,
            pull_policy_field: Cow::Borrowed(part.policy_field),
            pull_policy_place: PullPolicyPlace::Unknown,
            provenance: Provenance::Located,
        };
        bytes += site.weight();
        if bytes > MAX_SITE_BYTES {
            return Err(Untraceable);
        }
        sites.push(site);
    }
    Ok(sites)
}

/// The images and pull policies that are judged. The operator decodes the patched Pod into the Pod
/// that it has, so a field that is removed, null or left out keeps its value there.
fn judged<'p, 'v>(
    parts: &'p [Part<'v>],
    object_sites: &'p [ImageSite<'_>],
) -> Vec<(&'p Part<'v>, &'p str, DeclaredPullPolicy)> {
    // Each part is compared with every other one, which takes too long for very many.
    let is_structural = parts.len() > MAX_PARTS || parts.iter().any(|part| part.holder.is_none());
    let is_image_cleared = parts.iter().any(|part| part.image == Set::Nothing);
    let has_beside = |own: &Part<'_>, is_set: fn(&Part<'_>) -> bool| {
        let is_beside = |other: &&Part<'_>| other.holder == own.holder;
        !is_structural && parts.iter().filter(is_beside).any(is_set)
    };
    // One path can stand for several places, as items are added and removed. So a pull policy is
    // believed only where the patch sets no other one anywhere.
    let policies = parts.iter().map(|part| part.policy);
    let mut policies = policies.filter(|policy| *policy != Set::Untouched);
    let first = policies.next();
    let only = first.filter(|first| policies.all(|policy| policy == *first));
    let mut judged = Vec::new();
    let mut judged_policies = Vec::new();
    for part in parts {
        if let Set::To(image) = part.image {
            let has_policy = part.policy != Set::Untouched
                || has_beside(part, |other| other.policy != Set::Untouched);
            let declared = match only {
                Some(Set::To(policy)) if has_policy => DeclaredPullPolicy::Declared(policy),
                _ => DeclaredPullPolicy::Elsewhere,
            };
            judged.push((part, image, declared));
        } else if let Set::To(policy) = part.policy {
            let has_other_image =
                !is_image_cleared && has_beside(part, |other| matches!(other.image, Set::To(_)));
            let key = (part.policy_field, policy);
            if has_other_image || judged_policies.contains(&key) {
                continue;
            }
            judged_policies.push(key);
            let declared = DeclaredPullPolicy::Declared(policy);
            let sites = object_sites.iter();
            let sites = sites.filter(|site| site.pull_policy_field == part.policy_field);
            judged.extend(sites.map(|site| (part, site.image.as_ref(), declared)));
        }
    }
    judged
}

/// The fields of a container or an image volume that an operation sets.
struct Part<'v> {
    /// The path of the operation.
    path: &'v str,
    /// The path of the container or volume, where the operation sets one field of it.
    holder: Option<&'v str>,
    image: Set<&'v str>,
    policy: Set<PullPolicy>,
    policy_field: &'static str,
}

/// The new value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set<T> {
    Untouched,
    /// The field is removed, or set to null or nothing.
    Nothing,
    To(T),
}

/// The part of a Pod that a path leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Pod,
    PodSpec,
    Containers,
    Container,
    Volumes,
    Volume,
    VolumeSource,
    ContainerImage,
    ContainerPolicy,
    VolumeImage,
    VolumePolicy,
}

/// The fields that an operation sets.
fn parts_of<'v>(operation: &'v Value<'v>) -> Result<Vec<Part<'v>>, Untraceable> {
    let path = operation.str_at("path").unwrap_or_default();
    let target = Target::of(path)?;
    let value = match operation.str_at("op") {
        Some("add" | "replace") => operation.get("value").unwrap_or(&Value::Null),
        Some("remove") => &Value::Null,
        // Only the operator, which applies the patch, knows what the source path holds.
        Some("copy") => return target.map_or(Ok(Vec::new()), |_| Err(Untraceable)),
        Some("move") => {
            let from = Target::of(operation.str_at("from").unwrap_or_default())?;
            return target.or(from).map_or(Ok(Vec::new()), |_| Err(Untraceable));
        }
        _ => return Ok(Vec::new()),
    };
    let Some(target) = target else {
        return Ok(Vec::new());
    };
    if path.len() > MAX_PATH {
        return Err(Untraceable);
    }
    let holder = path.rsplit_once('/').map(|(holder, _)| holder);
    let part = |holder, policy_field, image, policy| {
        Ok(Part {
            path,
            holder,
            image: set_image(image)?,
            policy: set_policy(policy)?,
            policy_field,
        })
    };
    let of_container = |container: &'v Value<'v>| {
        let fields = ["image", "imagePullPolicy"].map(|name| container.get(name));
        part(None, "imagePullPolicy", fields[0], fields[1])
    };
    let of_source = |source: &'v Value<'v>| {
        let fields = ["reference", "pullPolicy"].map(|name| source.get(name));
        part(None, "pullPolicy", fields[0], fields[1])
    };
    let errors = Errors::new();
    note_miscased(value, &mut Vec::new(), target.way_to_images(), &errors);
    if errors.count() > 0 {
        return Err(Untraceable);
    }
    match target {
        Target::ContainerImage => Ok(vec![part(holder, "imagePullPolicy", Some(value), None)?]),
        Target::ContainerPolicy => Ok(vec![part(holder, "imagePullPolicy", None, Some(value))?]),
        Target::VolumeImage => Ok(vec![part(holder, "pullPolicy", Some(value), None)?]),
        Target::VolumePolicy => Ok(vec![part(holder, "pullPolicy", None, Some(value))?]),
        Target::VolumeSource => Ok(vec![of_source(value)?]),
        _ => {
            let containers = target.containers(value).into_iter().map(of_container);
            let sources = target.volume_sources(value).into_iter().map(of_source);
            containers.chain(sources).collect()
        }
    }
}

fn set_image<'v>(value: Option<&'v Value<'_>>) -> Result<Set<&'v str>, Untraceable> {
    match value {
        None => Ok(Set::Untouched),
        Some(Value::String(image)) if !image.is_empty() => Ok(Set::To(image)),
        Some(value) if value.is_empty() => Ok(Set::Nothing),
        Some(_) => Err(Untraceable),
    }
}

/// The pull policy in a field. Kubernetes refuses an unknown one, or a later operation replaces
/// it, so the worst is assumed.
fn set_policy(value: Option<&Value<'_>>) -> Result<Set<PullPolicy>, Untraceable> {
    match value {
        None => Ok(Set::Untouched),
        Some(Value::String(policy)) if !policy.is_empty() => {
            Ok(Set::To(policy.parse().unwrap_or(PullPolicy::Always)))
        }
        Some(value) if value.is_empty() => Ok(Set::Nothing),
        Some(_) => Err(Untraceable),
    }
}

/// The names of the fields on the way from a Pod to an image, level by level.
const WAY_TO_IMAGES: [&[&str]; 4] = [
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

impl Target {
    /// The target of a JSON pointer; `None` where it reaches neither an image nor a pull policy. No
    /// field on the way has a character that a pointer escapes.
    fn of(pointer: &str) -> Result<Option<Self>, Untraceable> {
        // The operator's library for patches ignores the text before the first slash.
        let segments = pointer.split('/').skip(1);
        // Deeper paths lead to nothing that counts.
        let segments: Vec<&str> = segments.take(WAY_TO_IMAGES.len() + 2).collect();
        // The third segment is a place in a list.
        let fields = segments.iter().enumerate().filter(|(index, _)| *index != 2);
        let mut levels = fields.zip(WAY_TO_IMAGES);
        if levels.any(|((_, field), names)| is_miscased(field, names)) {
            return Err(Untraceable);
        }
        let is_list = |list: &str| {
            let mut types = ContainerType::ALL.into_iter();
            types.any(|container_type| container_type.list() == list)
        };
        Ok(match segments.as_slice() {
            [] => Some(Self::Pod),
            ["spec"] => Some(Self::PodSpec),
            ["spec", "volumes"] => Some(Self::Volumes),
            ["spec", "volumes", _] => Some(Self::Volume),
            ["spec", "volumes", _, "image"] => Some(Self::VolumeSource),
            ["spec", "volumes", _, "image", "reference"] => Some(Self::VolumeImage),
            ["spec", "volumes", _, "image", "pullPolicy"] => Some(Self::VolumePolicy),
            ["spec", list] if is_list(list) => Some(Self::Containers),
            ["spec", list, _] if is_list(list) => Some(Self::Container),
            ["spec", list, _, "image"] if is_list(list) => Some(Self::ContainerImage),
            ["spec", list, _, "imagePullPolicy"] if is_list(list) => Some(Self::ContainerPolicy),
            _ => None,
        })
    }

    /// The containers in a value that takes the place of the target.
    fn containers<'v>(self, value: &'v Value<'v>) -> Vec<&'v Value<'v>> {
        let in_spec = |spec: &'v Value<'v>| {
            let lists = ContainerType::ALL.into_iter();
            let lists = lists.filter_map(|container_type| spec.get(container_type.list()));
            lists.flat_map(Value::items).collect()
        };
        match self {
            Self::Pod => value.get("spec").map(in_spec).unwrap_or_default(),
            Self::PodSpec => in_spec(value),
            Self::Containers => value.items().iter().collect(),
            Self::Container => vec![value],
            _ => Vec::new(),
        }
    }

    /// The sources of image volumes in a value that takes the place of the target.
    fn volume_sources<'v>(self, value: &'v Value<'v>) -> Vec<&'v Value<'v>> {
        let in_spec = |spec: &'v Value<'v>| spec.get("volumes").map_or(&[][..], Value::items);
        let volumes: Vec<&Value<'_>> = match self {
            Self::Pod => value.get("spec").map_or(&[][..], in_spec).iter().collect(),
            Self::PodSpec => in_spec(value).iter().collect(),
            Self::Volumes => value.items().iter().collect(),
            Self::Volume => vec![value],
            _ => Vec::new(),
        };
        volumes
            .into_iter()
            .filter_map(|volume| volume.get("image"))
            .collect()
    }

    /// The names of the fields on the way from the target to an image, level by level.
    fn way_to_images(self) -> &'static [&'static [&'static str]] {
        let level = match self {
            Self::Pod => 0,
            Self::PodSpec => 1,
            Self::Containers | Self::Container | Self::Volumes | Self::Volume => 2,
            _ => 3,
        };
        WAY_TO_IMAGES.get(level..).unwrap_or_default()
    }
}
