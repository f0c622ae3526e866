//! The images of an object: those in Kubernetes' types, and those that the policy finds.

use std::borrow::Cow;

use k8s_openapi::api::core::v1::PodSpec;
use mutable_tags_policy::workload::{DeclaredPullPolicy, DecodeErrorKind, Kind, Object, ReadPlan};

/// Path, image and pull policy.
pub(crate) type LocatedImage = (String, String, Option<String>);

/// The images and the errors that the policy finds in an object.
pub(crate) struct FoundImages {
    /// Sorted by path.
    pub(crate) images: Vec<LocatedImage>,
    pub(crate) errors: Vec<String>,
}

/// The images of a PodSpec whose path in the object is `at`.
pub(crate) fn images_of_pod_spec(at: &str, spec: &PodSpec) -> Vec<LocatedImage> {
    let mut images = Vec::new();
    let mut add = |path: String, image: Option<&String>, policy: Option<&String>| {
        if let Some(image) = image.filter(|image| !image.is_empty()) {
            images.push((path, image.clone(), policy.cloned()));
        }
    };
    for (i, c) in spec.containers.iter().enumerate() {
        add(
            format!("{at}.containers[{i}].image"),
            c.image.as_ref(),
            c.image_pull_policy.as_ref(),
        );
    }
    for (i, c) in spec.ephemeral_containers.iter().flatten().enumerate() {
        let path = format!("{at}.ephemeralContainers[{i}].image");
        add(path, c.image.as_ref(), c.image_pull_policy.as_ref());
    }
    for (i, c) in spec.init_containers.iter().flatten().enumerate() {
        let path = format!("{at}.initContainers[{i}].image");
        add(path, c.image.as_ref(), c.image_pull_policy.as_ref());
    }
    for (i, v) in spec.volumes.iter().flatten().enumerate() {
        if let Some(image) = &v.image {
            let path = format!("{at}.volumes[{i}].image.reference");
            add(path, image.reference.as_ref(), image.pull_policy.as_ref());
        }
    }
    images
}

/// The images that the policy finds in an object of a built-in kind.
pub(crate) fn images_found_by_policy(group: &str, kind: &str, json: &str) -> FoundImages {
    let is_patch = kind == "ControllerRevision";
    let kind = Kind::new(Cow::Borrowed(group), Cow::Borrowed(kind));
    assert!(is_patch || !kind.is_searched());
    let object = Object::parse(json).expect("an object");
    let located = object.locate(&ReadPlan::of(kind));
    let mut images: Vec<_> = located
        .sites()
        .iter()
        // The rest of a revision is searched, and no type says what it is.
        .filter(|site| {
            !is_patch
                || site
                    .path()
                    .to_string()
                    .starts_with("data.spec.template.spec.")
        })
        .map(|site| {
            let policy = match site.pull_policy() {
                DeclaredPullPolicy::Declared(policy) => Some(policy.to_string()),
                DeclaredPullPolicy::Absent | DeclaredPullPolicy::Operator(_) => None,
                // A patch leaves what it does not name to the object that it is for.
                DeclaredPullPolicy::Elsewhere if is_patch => None,
                DeclaredPullPolicy::Elsewhere => panic!("{} is elsewhere", site.path()),
            };
            (site.path().clone(), site.image().to_owned(), policy)
        })
        .collect();
    images.sort();
    let images = images.into_iter();
    FoundImages {
        images: images
            .map(|(path, image, policy)| (path.to_string(), image, policy))
            .collect(),
        errors: located
            .errors()
            .iter()
            // The types ignore such a field.
            .filter(|error| error.kind() != DecodeErrorKind::Miscased)
            // A patch may leave out the image that it changes otherwise.
            .filter(|error| !is_patch || error.kind() != DecodeErrorKind::Missing)
            .map(ToString::to_string)
            .collect(),
    }
}
