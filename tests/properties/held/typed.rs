//! Compares the images that the policy finds with those in Kubernetes' typed objects.

use k8s_openapi::Resource;
use k8s_openapi::api::apps::v1::{
    ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet,
};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{
    Pod, PodSpec, PodTemplate, PodTemplateSpec, ReplicationController,
};
use k8s_openapi::serde::Deserialize;
use serde_json::Value;

use super::images::{LocatedImage, images_of_pod_spec};
use super::{Held, Subject, hold};

/// A kind with a PodSpec: group, kind, the path of the PodSpec, and a function that reads it.
pub(crate) struct TypedKind {
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    pub(crate) at: &'static str,
    read: fn(&Value) -> Option<Option<PodSpec>>,
}

/// Reads an object; `None` if its type refuses it.
fn read<R: Resource + for<'de> Deserialize<'de>>(object: &Value) -> Option<R> {
    let mut object = object.clone();
    let fields = object.as_object_mut()?;
    fields.insert("apiVersion".to_owned(), R::API_VERSION.into());
    fields.insert("kind".to_owned(), R::KIND.into());
    R::deserialize(object).ok()
}

/// Reads a ControllerRevision, whose `data` is a template or anything else.
fn read_revision(object: &Value) -> Option<Option<PodSpec>> {
    let data = read::<ControllerRevision>(object)?.data;
    match data
        .as_ref()
        .and_then(|data| data.0.pointer("/spec/template"))
    {
        None | Some(Value::Null) => Some(None),
        Some(template) => Some(PodTemplateSpec::deserialize(template).ok()?.spec),
    }
}

macro_rules! typed_kind {
    ($kind:ident, $at:literal, $spec:expr) => {
        TypedKind {
            group: $kind::GROUP,
            name: $kind::KIND,
            at: $at,
            read: |object| {
                let spec: fn($kind) -> Option<PodSpec> = $spec;
                read(object).map(spec)
            },
        }
    };
}

pub(crate) const KINDS: [TypedKind; 10] = [
    typed_kind!(Pod, "spec", |pod| pod.spec),
    typed_kind!(PodTemplate, "template.spec", |kind| kind.template?.spec),
    typed_kind!(ReplicationController, "spec.template.spec", |kind| {
        kind.spec?.template?.spec
    }),
    typed_kind!(Deployment, "spec.template.spec", |kind| {
        kind.spec?.template.spec
    }),
    typed_kind!(ReplicaSet, "spec.template.spec", |kind| {
        kind.spec?.template?.spec
    }),
    typed_kind!(StatefulSet, "spec.template.spec", |kind| {
        kind.spec?.template.spec
    }),
    typed_kind!(DaemonSet, "spec.template.spec", |kind| {
        kind.spec?.template.spec
    }),
    typed_kind!(Job, "spec.template.spec", |kind| kind.spec?.template.spec),
    typed_kind!(CronJob, "spec.jobTemplate.spec.template.spec", |kind| {
        kind.spec.job_template.spec?.template.spec
    }),
    TypedKind {
        group: ControllerRevision::GROUP,
        name: ControllerRevision::KIND,
        at: "data.spec.template.spec",
        read: read_revision,
    },
];

/// The kind of the request, if it is one with a PodSpec.
pub(crate) fn kind_of(payload: &Value) -> Option<&'static TypedKind> {
    let kind = &payload["request"]["kind"];
    let group = kind["group"].as_str().unwrap_or_default();
    KINDS
        .iter()
        .find(|known| kind["kind"] == known.name && group == known.group)
}

/// The policy finds the images that the types hold, if these can read the object. Only the
/// policy refuses unknown pull policies and missing fields.
pub(crate) fn finds_the_images_of_the_types(subject: &Subject, payload: &Value) -> Held {
    let object = &payload["request"]["object"];
    let Some(kind) = kind_of(payload) else {
        return Ok(());
    };
    let Some(spec) = (kind.read)(object) else {
        return Ok(());
    };
    let expected = spec.map_or_else(Vec::new, |spec| images_of_pod_spec(kind.at, &spec));
    let found = (subject.locate)(kind.group, kind.name, &object.to_string());
    let is_reported = |(path, ..): &LocatedImage| {
        let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
        let mut problems = found.errors.iter();
        problems.any(|problem| problem.starts_with(parent) && is_of_pull_policy(problem))
    };
    let (unknown, expected): (Vec<_>, Vec<_>) = expected
        .into_iter()
        .map(|(path, image, policy)| (path, image, policy.filter(|name| !name.is_empty())))
        .partition(|(_, _, policy)| policy.as_ref().is_some_and(|name| !is_pull_policy(name)));
    let is_expected =
        |problem: &String| problem.ends_with(" is missing") || is_of_pull_policy(problem);
    let is_equal = found.images == expected
        && unknown.iter().all(is_reported)
        && found.errors.iter().all(is_expected);
    hold(is_equal, || {
        format!(
            "{}: found {:?}, expected {expected:?}; errors {:?}; {object}",
            kind.name, found.images, found.errors
        )
    })
}

fn is_pull_policy(name: &str) -> bool {
    matches!(name, "Always" | "IfNotPresent" | "Never")
}

fn is_of_pull_policy(problem: &str) -> bool {
    problem.ends_with("olicy must be Always, IfNotPresent or Never")
}
