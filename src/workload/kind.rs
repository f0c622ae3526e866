//! The kinds whose objects carry images at places that are known, and those places.

use std::borrow::Cow;

use k8s_openapi::Resource;
use k8s_openapi::api::apps::v1::{
    ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet,
};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{ConfigMap, Pod, PodTemplate, ReplicationController, Secret};

use super::path_pattern::PathPattern;
use super::place::{Place, PodSpecForm};

/// What an object is, in any version of its API group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind<'a> {
    group: Cow<'a, str>,
    name: Cow<'a, str>,
    known: Option<&'static KnownKind>,
}

impl<'a> Kind<'a> {
    /// The kind of this name in an API group; the core group's name is empty.
    #[must_use]
    pub fn new(group: Cow<'a, str>, name: Cow<'a, str>) -> Self {
        let is_it = |known: &&KnownKind| known.name == name && known.group == group;
        Self {
            known: KNOWN_KINDS.iter().find(is_it),
            group,
            name,
        }
    }

    /// Whether it is this kind of that API group.
    pub(crate) fn is(&self, group: &str, name: &str) -> bool {
        self.group == group && self.name == name
    }

    /// Whether its objects are searched for images: nothing is known of them.
    #[must_use]
    pub const fn is_searched(&self) -> bool {
        self.known.is_none()
    }

    /// Whether its objects can hold placeholders: those of Kubernetes' own kinds that
    /// hold a PodSpec cannot.
    pub(crate) fn can_hold_placeholders(&self) -> bool {
        self.known
            .is_none_or(|known| known.group == CNPG || known.places.is_empty())
    }

    /// Whether its objects are Pods, rather than hold a template of some.
    pub(crate) fn is_pod(&self) -> bool {
        self.is(Pod::GROUP, Pod::KIND)
    }

    /// Whether its objects are Jobs, whose template is fixed.
    pub(crate) fn is_job(&self) -> bool {
        self.is(Job::GROUP, Job::KIND)
    }

    /// What tells the Pods of one of its objects from others, and what the images in
    /// fields of their own are to those Pods.
    pub(crate) fn own_pods(&self) -> OwnPods {
        if self.is_pod() {
            OwnPods::Itself
        } else if self.is(CNPG, "Cluster") {
            OwnPods::Labelled {
                label: "cnpg.io/cluster",
                image: "imageName",
                container: "postgres",
            }
        } else if self.is(ReplicationController::GROUP, ReplicationController::KIND) {
            OwnPods::SelectedByLabels
        } else {
            OwnPods::Selected
        }
    }

    /// Where its objects carry images, as far as that is known.
    pub(super) fn places(&self) -> &'static [Place<'static>] {
        self.known.map_or(&[], |known| known.places)
    }

    /// The parts of an object, beside pod templates, that start Pods with its
    /// images anew when they change.
    pub(crate) fn restarting_parts(&self) -> &'static [PathPattern<'static>] {
        self.known.map_or(&[], |known| known.restarting_parts)
    }
}

/// What tells the Pods of an object from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnPods {
    /// The object is the Pod.
    Itself,
    /// `spec.selector`, a LabelSelector, if it has one.
    Selected,
    /// `spec.selector`, labels.
    SelectedByLabels,
    /// A label that holds the object's name.
    Labelled {
        /// The label's key.
        label: &'static str,
        /// The field of `spec` that names the image of this container.
        image: &'static str,
        /// The container's name.
        container: &'static str,
    },
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
struct KnownKind {
    group: &'static str,
    name: &'static str,
    places: &'static [Place<'static>],
    restarting_parts: &'static [PathPattern<'static>],
}

/// The API group of CloudNativePG.
const CNPG: &str = "postgresql.cnpg.io";

const KNOWN_KINDS: [KnownKind; 17] = [
    KnownKind::built_in::<Pod>(POD),
    KnownKind::built_in::<PodTemplate>(POD_TEMPLATE),
    KnownKind::built_in::<ReplicationController>(TEMPLATE),
    KnownKind::built_in::<Deployment>(TEMPLATE),
    KnownKind::built_in::<ReplicaSet>(TEMPLATE),
    KnownKind::built_in::<StatefulSet>(TEMPLATE),
    KnownKind::built_in::<DaemonSet>(TEMPLATE),
    KnownKind::built_in::<ControllerRevision>(CONTROLLER_REVISION),
    KnownKind::built_in::<Job>(TEMPLATE),
    KnownKind::built_in::<CronJob>(CRON_JOB),
    KnownKind {
        group: CNPG,
        name: "Cluster",
        places: &[
            Place::known_image("spec.imageName", "spec.imagePullPolicy"),
            Place::known_image(
                "spec.postgresql.extensions[*].image.reference",
                "spec.postgresql.extensions[*].image.pullPolicy",
            ),
        ],
        // What makes the operator roll instances.
        restarting_parts: &[
            PathPattern::known("metadata.annotations[kubectl.kubernetes.io/restartedAt]"),
            PathPattern::known("spec.affinity"),
            PathPattern::known("spec.env"),
            PathPattern::known("spec.envFrom"),
            PathPattern::known("spec.ephemeralVolumesSizeLimit"),
            PathPattern::known("spec.imageCatalogRef"),
            PathPattern::known("spec.imageName"),
            PathPattern::known("spec.imagePullPolicy"),
            PathPattern::known("spec.logLevel"),
            PathPattern::known("spec.monitoring.tls"),
            PathPattern::known("spec.plugins"),
            PathPattern::known("spec.podSecurityContext"),
            PathPattern::known("spec.postgresql.extensions"),
            PathPattern::known("spec.probes"),
            PathPattern::known("spec.projectedVolumeTemplate"),
            PathPattern::known("spec.resources"),
            PathPattern::known("spec.schedulerName"),
            PathPattern::known("spec.seccompProfile"),
            PathPattern::known("spec.securityContext"),
            PathPattern::known("spec.serviceAccountName"),
            PathPattern::known("spec.stopDelay"),
            PathPattern::known("spec.topologySpreadConstraints"),
        ],
    },
    KnownKind {
        group: CNPG,
        name: "Pooler",
        places: &[
            Place::known_pod_spec("spec.template.spec", PodSpecForm::Partial),
            Place::known_image(
                "spec.pgbouncer.image",
                "spec.template.spec.containers[pgbouncer].imagePullPolicy",
            ),
        ],
        restarting_parts: &[PathPattern::known("spec.template")],
    },
    // What these hold runs nothing, whatever it looks like; a Secret is quoted nowhere.
    KnownKind::built_in::<ConfigMap>(&[]),
    KnownKind::built_in::<Secret>(&[]),
    KnownKind {
        group: "apiextensions.k8s.io",
        name: "CustomResourceDefinition",
        places: &[],
        restarting_parts: &[],
    },
    KnownKind::catalog("ClusterImageCatalog"),
    KnownKind::catalog("ImageCatalog"),
];

const POD: &[Place<'static>] = &[Place::known_pod_spec("spec", PodSpecForm::Complete)];
const POD_TEMPLATE: &[Place<'static>] = &[Place::known_pod_spec(
    "template.spec",
    PodSpecForm::Complete,
)];
const TEMPLATE: &[Place<'static>] = &[Place::known_pod_spec(
    "spec.template.spec",
    PodSpecForm::Complete,
)];
// Holds what its owner wants to remember: a whole template for Kubernetes' own
// controllers, anything for others.
const CONTROLLER_REVISION: &[Place<'static>] = &[Place::known_pod_spec(
    "data.spec.template.spec",
    PodSpecForm::Foreign,
)];
const CRON_JOB: &[Place<'static>] = &[Place::known_pod_spec(
    "spec.jobTemplate.spec.template.spec",
    PodSpecForm::Complete,
)];
const CATALOG: &[Place<'static>] = &[
    Place::known_image_alone("spec.componentImages[*].image", "key"),
    Place::known_image_alone("spec.images[*].extensions[*].image.reference", "name"),
    Place::known_image_alone("spec.images[*].image", "major"),
];

impl KnownKind {
    const fn built_in<R: Resource>(places: &'static [Place<'static>]) -> Self {
        Self {
            group: R::GROUP,
            name: R::KIND,
            places,
            restarting_parts: &[],
        }
    }

    /// A catalog of CloudNativePG: how its images are pulled is for the Clusters to
    /// say that use it.
    const fn catalog(name: &'static str) -> Self {
        Self {
            group: CNPG,
            name,
            places: CATALOG,
            restarting_parts: &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::place::Holds;

    /// Every pattern of the table, with whether it may lead into items.
    fn patterns() -> Vec<(&'static PathPattern<'static>, bool)> {
        let mut patterns = Vec::new();
        for known in &KNOWN_KINDS {
            for place in known.places {
                patterns.push((place.path(), true));
                if let Holds::Image(Some(pull_policy)) = place.holds() {
                    patterns.push((pull_policy, true));
                }
            }
            let parts = known.restarting_parts.iter();
            patterns.extend(parts.map(|part| (part, false)));
        }
        patterns
    }

    #[test]
    fn every_pattern_of_the_table_is_one() {
        let patterns = patterns();
        assert!(patterns.len() > 30, "{}", patterns.len());
        for (pattern, has_items) in patterns {
            let text = pattern.text();
            assert_eq!(
                PathPattern::parse(Cow::Borrowed(text)).as_ref(),
                Ok(pattern),
                "{text}"
            );
            assert!(has_items || !text.contains("[*]"), "{text}");
        }
    }

    #[test]
    fn every_pull_policy_of_the_table_belongs_to_its_image() {
        for known in &KNOWN_KINDS {
            for place in known.places {
                if let Holds::Image(Some(pull_policy)) = place.holds() {
                    let text = pull_policy.text();
                    assert!(pull_policy.belongs_to(place.path()), "{text}");
                }
            }
        }
    }
}
