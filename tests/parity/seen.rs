//! The images of an object, as Kubernetes' types hold them and as the policy finds them.

use std::borrow::Cow;

use k8s_openapi::api::core::v1::PodSpec;
use mutable_tags_policy::workload::{DeclaredPullPolicy, Kind, Object, ReadPlan};

/// Path, image and pull policy.
pub(crate) type Seen = (String, String, Option<String>);

/// The images and errors that the policy finds in an object.
pub(crate) struct Views {
    /// The images, in the order of their paths.
    pub(crate) seen: Vec<Seen>,
    /// The decode errors.
    pub(crate) unreadable: Vec<String>,
}

/// The images of a PodSpec whose path in the object is `at`.
pub(crate) fn seen_by_types(at: &str, spec: &PodSpec) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut see = |path: String, image: Option<&String>, policy: Option<&String>| {
        if let Some(image) = image.filter(|image| !image.is_empty()) {
            seen.push((path, image.clone(), policy.cloned()));
        }
    };
    for (i, c) in spec.containers.iter().enumerate() {
        see(
            format!("{at}.containers[{i}].image"),
            c.image.as_ref(),
            c.image_pull_policy.as_ref(),
        );
    }
    for (i, c) in spec.ephemeral_containers.iter().flatten().enumerate() {
        let path = format!("{at}.ephemeralContainers[{i}].image");
        see(path, c.image.as_ref(), c.image_pull_policy.as_ref());
    }
    for (i, c) in spec.init_containers.iter().flatten().enumerate() {
        let path = format!("{at}.initContainers[{i}].image");
        see(path, c.image.as_ref(), c.image_pull_policy.as_ref());
    }
    for (i, v) in spec.volumes.iter().flatten().enumerate() {
        if let Some(image) = &v.image {
            let path = format!("{at}.volumes[{i}].image.reference");
            see(path, image.reference.as_ref(), image.pull_policy.as_ref());
        }
    }
    seen
}

/// The images that the policy finds in an object of a built-in kind.
pub(crate) fn seen_by_views(group: &str, kind: &str, json: &str) -> Views {
    let kind = Kind::new(Cow::Borrowed(group), Cow::Borrowed(kind));
    assert!(!kind.is_searched());
    let object = Object::parse(json).expect("an object");
    let located = object.locate(&ReadPlan::of(kind));
    let mut seen: Vec<_> = located
        .sites()
        .iter()
        .map(|site| {
            let policy = match site.pull_policy() {
                DeclaredPullPolicy::Declared(policy) => Some(policy.to_string()),
                DeclaredPullPolicy::Absent => None,
                DeclaredPullPolicy::Elsewhere => panic!("{} is elsewhere", site.path()),
            };
            (site.path().clone(), site.image().to_owned(), policy)
        })
        .collect();
    seen.sort();
    let seen = seen.into_iter();
    Views {
        seen: seen
            .map(|(path, image, policy)| (path.to_string(), image, policy))
            .collect(),
        unreadable: located.errors().iter().map(ToString::to_string).collect(),
    }
}
