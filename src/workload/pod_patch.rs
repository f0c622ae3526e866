//! Reads a JSON patch (RFC 6902) that an operator applies to the Pods of an object, as
//! CloudNativePG applies the annotation `cnpg.io/podPatch` of a Cluster.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::listed::ListedReader;
use super::miscased::{is_miscased, note_miscased};
use super::pod_spec::{container, image_source, image_volume, pod_spec};
use super::select::Selected;
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, Provenance, PullPolicyPlace,
};
use crate::document::{Cursor, Errors, FieldPath, Value};
use crate::image::PullPolicy;

/// The longest patch that is read, in bytes: no API server accepts more annotations
/// (`TotalAnnotationSizeLimitB` of Kubernetes' `apimachinery`).
const MAX_BYTES: usize = 256 << 10;

/// The images that a patch sets, and those of `object_sites` whose pull policy it sets. Notes an
/// error for a patch of which that cannot be told.
pub(super) fn pod_patch<'t>(
    patch: &Selected<'t>,
    object_sites: &[ImageSite<'t>],
    errors: &Errors<'t, DecodeErrorKind>,
) -> Vec<ImageSite<'t>> {
    let cursor = patch.cursor(errors);
    let Some(text) = cursor.text() else {
        return Vec::new();
    };
    let document = match text.as_ref() {
        "" => Ok(Value::Null),
        text if text.len() <= MAX_BYTES => Value::parse(text),
        _ => {
            cursor.note(DecodeErrorKind::NotAPatch);
            return Vec::new();
        }
    };
    let operations = match &document {
        Ok(Value::Null) => Ok(Vec::new()),
        Ok(Value::Array(items)) => items.iter().map(Operation::of).collect(),
        _ => Err(Untraceable),
    };
    let path = FieldPath::from(patch.steps.as_slice());
    let sites = operations.and_then(|operations: Vec<Option<Operation<'_>>>| {
        let operations: Vec<_> = operations.into_iter().flatten().collect();
        let sites = |own: &Operation<'_>| own.sites(&operations, object_sites, &path);
        operations.iter().map(sites).collect::<Result<Vec<_>, _>>()
    });
    match sites {
        Ok(sites) => sites.into_iter().flatten().collect(),
        Err(Untraceable) => {
            cursor.note(DecodeErrorKind::NotAPatch);
            Vec::new()
        }
    }
}

/// The images that a patch sets cannot be told without the Pod.
struct Untraceable;

/// An operation of a patch that reaches an image or a pull policy.
struct Operation<'v> {
    path: &'v str,
    target: Target,
    /// The new value; `None` where it is removed.
    value: Option<&'v Value<'v>>,
}

/// The part of a Pod that a path leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Pod,
    PodSpec,
    Containers(ContainerType),
    Container(ContainerType),
    Volumes,
    Volume,
    VolumeSource,
    Image,
    /// The pull policy, in a field of this name.
    PullPolicy(&'static str),
}

impl<'v> Operation<'v> {
    /// Reads an operation; `None` where it reaches neither an image nor a pull policy.
    fn of(operation: &'v Value<'v>) -> Result<Option<Self>, Untraceable> {
        let path = operation.str_at("path").unwrap_or_default();
        let target = Target::of(path)?;
        let value = match operation.str_at("op") {
            Some("add" | "replace") => Some(operation.get("value").unwrap_or(&Value::Null)),
            Some("remove") => None,
            Some("copy") => return target.map_or(Ok(None), |_| Err(Untraceable)),
            Some("move") => {
                let from = Target::of(operation.str_at("from").unwrap_or_default())?;
                return target.or(from).map_or(Ok(None), |_| Err(Untraceable));
            }
            _ => return Ok(None),
        };
        Ok(target.map(|target| Self {
            path,
            target,
            value,
        }))
    }

    /// Whether the operation can move the items of a list, or replaces more than one field.
    const fn is_structural(&self) -> bool {
        !matches!(self.target, Target::Image | Target::PullPolicy(_))
    }

    /// The path of the container or volume around a field.
    fn holder(&self) -> &'v str {
        self.path.rsplit_once('/').map_or("", |(holder, _)| holder)
    }

    /// The sites of the images that the operation sets, or whose pull policy it sets.
    fn sites<'t>(
        &self,
        operations: &[Self],
        object_sites: &[ImageSite<'t>],
        path: &FieldPath<'t>,
    ) -> Result<Vec<ImageSite<'t>>, Untraceable> {
        let site = |image: &str, declared, field| ImageSite {
            path: path.clone(),
            items: Vec::new(),
            holder: Holder::Field {
                owner: Some(("path", Cow::Owned(self.path.to_owned()))),
            },
            image: Cow::Owned(image.to_owned()),
            declared,
            pull_policy_field: Cow::Borrowed(field),
            pull_policy_place: PullPolicyPlace::Unknown,
            provenance: Provenance::Located,
        };
        // Where items of a list move, the same path is another container.
        let is_structural = operations.iter().any(Self::is_structural);
        let mut beside = operations.iter().filter(|other| {
            !is_structural && other.target != self.target && other.holder() == self.holder()
        });
        Ok(match (self.target, self.value) {
            (Target::Image, Some(Value::String(image))) if !image.is_empty() => {
                let declared = beside.next_back().map(Self::pull_policy);
                let declared = declared.unwrap_or(DeclaredPullPolicy::Elsewhere);
                vec![site(image, declared, "imagePullPolicy")]
            }
            // The image of the object is not what runs there.
            (Target::PullPolicy(_), _) if beside.next().is_some() => Vec::new(),
            (Target::PullPolicy(field), _) => {
                let sites = object_sites.iter();
                let sites = sites.filter(|site| site.pull_policy_field == field);
                let sites = sites.map(|own| site(&own.image, self.pull_policy(), field));
                sites.collect()
            }
            (_, None) => Vec::new(),
            (_, Some(value)) if value.is_empty() => Vec::new(),
            (Target::Image, Some(_)) => return Err(Untraceable),
            (target, Some(value)) => {
                let errors = Errors::new();
                let cursor = Cursor::root(value, &errors);
                let sites = target.sites(&cursor);
                note_miscased(value, &mut Vec::new(), target.way_to_images(), &errors);
                if errors.count() > 0 {
                    return Err(Untraceable);
                }
                let sites = sites.iter().map(|own| {
                    let declared = match own.declared {
                        DeclaredPullPolicy::Absent => DeclaredPullPolicy::Elsewhere,
                        declared => declared,
                    };
                    site(&own.image, declared, "imagePullPolicy")
                });
                sites.collect()
            }
        })
    }

    /// The pull policy that the operation sets. Kubernetes refuses an unknown one, or a later
    /// operation replaces it, so that the worst is assumed.
    fn pull_policy(&self) -> DeclaredPullPolicy {
        match self.value.filter(|value| !value.is_empty()) {
            None => DeclaredPullPolicy::Absent,
            Some(value) => {
                let policy = value.as_str().and_then(|text| text.parse().ok());
                DeclaredPullPolicy::Declared(policy.unwrap_or(PullPolicy::Always))
            }
        }
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
        let segments: Vec<&str> = pointer.split('/').skip(1).collect();
        // The third segment is a place in a list.
        let fields = segments.iter().enumerate().filter(|(index, _)| *index != 2);
        let mut levels = fields.zip(WAY_TO_IMAGES);
        if levels.any(|((_, field), names)| is_miscased(field, names)) {
            return Err(Untraceable);
        }
        let container_type = |list: &str| {
            let mut types = ContainerType::ALL.into_iter();
            types.find(|container_type| container_type.list() == list)
        };
        Ok(match segments.as_slice() {
            [] => Some(Self::Pod),
            ["spec"] => Some(Self::PodSpec),
            ["spec", "volumes"] => Some(Self::Volumes),
            ["spec", "volumes", _] => Some(Self::Volume),
            ["spec", "volumes", _, "image"] => Some(Self::VolumeSource),
            ["spec", "volumes", _, "image", "reference"] => Some(Self::Image),
            ["spec", "volumes", _, "image", "pullPolicy"] => Some(Self::PullPolicy("pullPolicy")),
            ["spec", list] => container_type(list).map(Self::Containers),
            ["spec", list, _] => container_type(list).map(Self::Container),
            ["spec", list, _, "image"] => container_type(list).map(|_| Self::Image),
            ["spec", list, _, "imagePullPolicy"] => {
                container_type(list).map(|_| Self::PullPolicy("imagePullPolicy"))
            }
            _ => None,
        })
    }

    /// The images in a value that takes the place of the target.
    fn sites<'v>(self, value: &Cursor<'v, '_, DecodeErrorKind>) -> Vec<ImageSite<'v>> {
        let listed = &mut ListedReader::new(None);
        match self {
            Self::Pod => {
                let spec = value.optional("spec");
                spec.map_or_else(Vec::new, |spec| pod_spec(&spec, listed))
            }
            Self::PodSpec => pod_spec(value, listed),
            Self::Containers(own) => {
                let items = value.items();
                items
                    .flat_map(|item| container(&item, own, listed))
                    .collect()
            }
            Self::Container(own) => container(value, own, listed),
            Self::Volumes => {
                let items = value.items();
                items.filter_map(|item| image_volume(&item)).collect()
            }
            Self::Volume => image_volume(value).into_iter().collect(),
            Self::VolumeSource => image_source(value, None).into_iter().collect(),
            Self::Image | Self::PullPolicy(_) => Vec::new(),
        }
    }

    /// The names of the fields on the way from the target to an image, level by level.
    fn way_to_images(self) -> &'static [&'static [&'static str]] {
        let level = match self {
            Self::Pod => 0,
            Self::PodSpec => 1,
            Self::Containers(_) | Self::Container(_) | Self::Volumes | Self::Volume => 2,
            Self::VolumeSource | Self::Image | Self::PullPolicy(_) => 3,
        };
        WAY_TO_IMAGES.get(level..).unwrap_or_default()
    }
}
