//! The kinds whose objects hold a PodSpec at a fixed path.

use k8s_openapi::Resource;
use k8s_openapi::api::apps::v1::{
    ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet,
};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{Pod, PodTemplate, ReplicationController};

/// A kind that is read at a fixed path, in any version of its group.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownKind {
    group: &'static str,
    kind: &'static str,
    pod_spec: &'static [&'static str],
    containers: Containers,
}

/// Whether a PodSpec without containers can be one of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Containers {
    /// The API server would refuse it: such an object is not what it says it is.
    Required,
    /// The field belongs to whoever writes the object.
    Optional,
}

const TEMPLATE: &[&str] = &["spec", "template", "spec"];

const KNOWN_KINDS: [KnownKind; 10] = [
    KnownKind::built_in::<Pod>(&["spec"]),
    KnownKind::built_in::<PodTemplate>(&["template", "spec"]),
    KnownKind::built_in::<ReplicationController>(TEMPLATE),
    KnownKind::built_in::<Deployment>(TEMPLATE),
    KnownKind::built_in::<ReplicaSet>(TEMPLATE),
    KnownKind::built_in::<StatefulSet>(TEMPLATE),
    KnownKind::built_in::<DaemonSet>(TEMPLATE),
    // Holds what its owner wants to remember: a whole template for Kubernetes'
    // own controllers, anything for others.
    KnownKind {
        containers: Containers::Optional,
        ..KnownKind::built_in::<ControllerRevision>(&["data", "spec", "template", "spec"])
    },
    KnownKind::built_in::<Job>(TEMPLATE),
    KnownKind::built_in::<CronJob>(&["spec", "jobTemplate", "spec", "template", "spec"]),
];

impl KnownKind {
    const fn built_in<R: Resource>(pod_spec: &'static [&'static str]) -> Self {
        Self {
            group: R::GROUP,
            kind: R::KIND,
            pod_spec,
            containers: Containers::Required,
        }
    }

    /// Looks up a group and kind, as an admission request names them.
    #[must_use]
    pub fn of(group: &str, kind: &str) -> Option<&'static Self> {
        KNOWN_KINDS
            .iter()
            .find(|known| known.kind == kind && known.group == group)
    }

    /// Whether objects of this kind are Pods, rather than hold a template of some.
    #[must_use]
    pub fn is_pod(&self) -> bool {
        self.kind == Pod::KIND && self.group == Pod::GROUP
    }

    pub(super) const fn pod_spec(&self) -> &'static [&'static str] {
        self.pod_spec
    }

    pub(super) const fn containers(&self) -> Containers {
        self.containers
    }
}
