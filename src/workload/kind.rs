//! The table of kinds: where the objects of each known kind carry images, and when an update
//! restarts their Pods.

use std::borrow::Cow;

use k8s_openapi::Resource;
use k8s_openapi::api::apps::v1::{
    ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet,
};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{ConfigMap, Pod, PodTemplate, ReplicationController, Secret};

use super::image_location::{ImageLocation, NAME, PodSpecForm};
use super::metadata::MIRROR_ANNOTATION;
use super::path_pattern::PathPattern;

/// The kind of an object, in any version of its API group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind<'a> {
    group: Cow<'a, str>,
    name: Cow<'a, str>,
    row: Option<&'static KindRow>,
}

impl<'a> Kind<'a> {
    /// Looks a kind up in the table. The core group has an empty name.
    #[must_use]
    pub fn new(group: Cow<'a, str>, name: Cow<'a, str>) -> Self {
        Self {
            row: row(&group, &name),
            group,
            name,
        }
    }

    pub(crate) fn is(&self, group: &str, name: &str) -> bool {
        self.group == group && self.name == name
    }

    /// Whether the table has this as one of Kubernetes' own kinds.
    pub(crate) fn is_built_in(&self) -> bool {
        self.row.is_some_and(|row| row.is_built_in)
    }

    /// Whether objects of this kind are searched for images, since the table has no row for it.
    #[must_use]
    pub const fn is_searched(&self) -> bool {
        self.row.is_none()
    }

    /// Whether objects of this kind can hold placeholders, which an operator fills in later.
    pub(crate) fn can_hold_placeholders(&self) -> bool {
        self.row.is_none_or(|row| row.can_hold_placeholders)
    }

    pub(crate) fn update_rule(&self) -> UpdateRule {
        self.row
            .map_or(UpdateRule::RestartsTemplate, |row| row.update_rule)
    }

    pub(crate) fn own_pods(&self) -> OwnPods {
        self.row.map_or(OwnPods::Selected, |row| row.own_pods)
    }

    /// The known locations of images in objects of this kind.
    pub(super) fn locations(&self) -> &'static [ImageLocation<'static>] {
        self.row.map_or(&[], |row| row.locations)
    }

    /// The fields whose change restarts the Pods of an image that stands in no pod template.
    pub(crate) fn restarting_fields(&self) -> &'static [PathPattern<'static>] {
        self.row.map_or(&[], |row| row.restarting_fields)
    }
}

/// What a change of an object means for an image that stays equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdateRule {
    /// A Pod restarts a container only if its image changes, so that an equal image is unchanged.
    Pod,
    /// Like [`Self::RestartsTemplate`]; but the API server refuses changes of a Job's template
    /// unless it is suspended, so that the policy does not adjust an update.
    Job,
    /// A change of the template counts as a restart. Kinds differ in when Pods of the changed
    /// template start: at once, when something is resumed, or at the next run.
    RestartsTemplate,
}

/// The way to tell the Pods of an object from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnPods {
    /// The object is itself the Pod.
    Itself,
    /// The LabelSelector in `spec.selector`, if there is one, selects them.
    Selected,
    /// The labels in `spec.selector` select them.
    SelectedByLabels,
    /// A label with the object's name marks them.
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
struct KindRow {
    group: &'static str,
    name: &'static str,
    locations: &'static [ImageLocation<'static>],
    update_rule: UpdateRule,
    restarting_fields: &'static [PathPattern<'static>],
    own_pods: OwnPods,
    can_hold_placeholders: bool,
    /// Whether the kind is one of Kubernetes' own.
    is_built_in: bool,
}

/// The API group of CloudNativePG.
const CNPG: &str = "postgresql.cnpg.io";

const KINDS: &[KindRow] = &[
    KindRow {
        update_rule: UpdateRule::Pod,
        own_pods: OwnPods::Itself,
        ..KindRow::built_in::<Pod>(POD)
    },
    KindRow::built_in::<PodTemplate>(POD_TEMPLATE),
    KindRow {
        own_pods: OwnPods::SelectedByLabels,
        ..KindRow::built_in::<ReplicationController>(TEMPLATE)
    },
    KindRow::built_in::<Deployment>(TEMPLATE),
    KindRow::built_in::<ReplicaSet>(TEMPLATE),
    KindRow::built_in::<StatefulSet>(TEMPLATE),
    KindRow::built_in::<DaemonSet>(TEMPLATE),
    KindRow::built_in::<ControllerRevision>(CONTROLLER_REVISION),
    KindRow {
        update_rule: UpdateRule::Job,
        ..KindRow::built_in::<Job>(TEMPLATE)
    },
    KindRow::built_in::<CronJob>(CRON_JOB),
    KindRow {
        restarting_fields: CLUSTER_RESTARTS,
        own_pods: OwnPods::Labelled {
            label: "cnpg.io/cluster",
            image: "imageName",
            container: "postgres",
        },
        ..KindRow::custom(CNPG, "Cluster", CLUSTER)
    },
    KindRow {
        restarting_fields: &[PathPattern::known("spec.template")],
        ..KindRow::custom(CNPG, "Pooler", POOLER)
    },
    KindRow::custom(CNPG, "ClusterImageCatalog", CATALOG),
    KindRow::custom(CNPG, "ImageCatalog", CATALOG),
    // These kinds run nothing, even if they hold text that looks like a container. Their rows
    // also keep the content of a Secret out of every message.
    KindRow::without_images(ConfigMap::GROUP, ConfigMap::KIND),
    KindRow::without_images(Secret::GROUP, Secret::KIND),
    KindRow::without_images("apiextensions.k8s.io", "CustomResourceDefinition"),
];

/// Whether a field of this name, in an object of a built-in kind, leads to an image or tells
/// who made the object.
pub(crate) fn leads_to_images(name: &str) -> bool {
    matches!(
        name,
        "annotations"
            | "containers"
            | "controller"
            | "data"
            | "ephemeralContainers"
            | "image"
            | "imagePullPolicy"
            | "initContainers"
            | "jobTemplate"
            | "metadata"
            | "name"
            | "ownerReferences"
            | "pullPolicy"
            | "reference"
            | "spec"
            | "template"
            | "volumes"
            | MIRROR_ANNOTATION
    )
}

fn row(group: &str, name: &str) -> Option<&'static KindRow> {
    KINDS
        .iter()
        .find(|row| row.name == name && row.group == group)
}

/// The fields and annotations of a Cluster whose change makes CloudNativePG roll its
/// instances.
const CLUSTER_RESTARTS: &[PathPattern<'static>] = &[
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
];

const CLUSTER: &[ImageLocation<'static>] = &[
    ImageLocation::known_image("spec.imageName", "spec.imagePullPolicy"),
    ImageLocation::known_image(
        "spec.postgresql.extensions[*].image.reference",
        "spec.postgresql.extensions[*].image.pullPolicy",
    ),
];
const POOLER: &[ImageLocation<'static>] = &[
    ImageLocation::known_pod_spec("spec.template.spec", PodSpecForm::Partial),
    ImageLocation::known_image(
        "spec.pgbouncer.image",
        "spec.template.spec.containers[pgbouncer].imagePullPolicy",
    ),
];
const POD: &[ImageLocation<'static>] =
    &[ImageLocation::known_pod_spec("spec", PodSpecForm::Complete)];
const POD_TEMPLATE: &[ImageLocation<'static>] = &[ImageLocation::known_pod_spec(
    "template.spec",
    PodSpecForm::Complete,
)];
const TEMPLATE: &[ImageLocation<'static>] = &[ImageLocation::known_pod_spec(
    "spec.template.spec",
    PodSpecForm::Complete,
)];
// A ControllerRevision holds what its owner wants to remember. Kubernetes' own controllers
// store a whole template, others anything.
const CONTROLLER_REVISION: &[ImageLocation<'static>] = &[ImageLocation::known_pod_spec(
    "data.spec.template.spec",
    PodSpecForm::Foreign,
)];
const CRON_JOB: &[ImageLocation<'static>] = &[ImageLocation::known_pod_spec(
    "spec.jobTemplate.spec.template.spec",
    PodSpecForm::Complete,
)];
// The Clusters that use a catalog decide how its images are pulled.
const CATALOG: &[ImageLocation<'static>] = &[
    ImageLocation::known_image_without_pull_policy("spec.componentImages[*].image", &["key"]),
    ImageLocation::known_image_without_pull_policy(
        "spec.images[*].extensions[*].image.reference",
        &["major", NAME],
    ),
    ImageLocation::known_image_without_pull_policy("spec.images[*].image", &["major"]),
];

impl KindRow {
    const fn built_in<R: Resource>(locations: &'static [ImageLocation<'static>]) -> Self {
        Self {
            can_hold_placeholders: false,
            is_built_in: true,
            ..Self::custom(R::GROUP, R::KIND, locations)
        }
    }

    const fn custom(
        group: &'static str,
        name: &'static str,
        locations: &'static [ImageLocation<'static>],
    ) -> Self {
        Self {
            group,
            name,
            locations,
            update_rule: UpdateRule::RestartsTemplate,
            restarting_fields: &[],
            own_pods: OwnPods::Selected,
            can_hold_placeholders: true,
            is_built_in: false,
        }
    }

    const fn without_images(group: &'static str, name: &'static str) -> Self {
        Self {
            is_built_in: true,
            ..Self::custom(group, name, &[])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Field, Keep, Value};
    use crate::workload::image_location::Holds;
    use crate::workload::path_pattern::Segment;
    use crate::workload::{ReadPlan, locate};

    /// Every pattern of the table, and whether it may have a step `[*]`.
    fn patterns() -> Vec<(&'static PathPattern<'static>, bool)> {
        let mut patterns = Vec::new();
        for row in KINDS {
            for location in row.locations {
                patterns.push((location.path(), true));
                if let Holds::Image(Some(pull_policy)) = location.holds() {
                    patterns.push((pull_policy, true));
                }
            }
            let parts = row.restarting_fields.iter();
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
        for row in KINDS {
            for location in row.locations {
                if let Holds::Image(Some(pull_policy)) = location.holds() {
                    let text = pull_policy.text();
                    assert!(pull_policy.belongs_to(location.path()), "{text}");
                }
            }
        }
    }

    #[test]
    fn every_step_to_an_image_of_a_built_in_kind_is_kept() {
        let mut steps = 0;
        for row in KINDS.iter().filter(|row| row.is_built_in) {
            let images = row.locations.iter().flat_map(|location| {
                let pull_policy = match location.holds() {
                    Holds::Image(pull_policy) => pull_policy.as_ref(),
                    Holds::PodSpec(_) | Holds::Container => None,
                };
                [Some(location.path()), pull_policy].into_iter().flatten()
            });
            for segment in images.flat_map(PathPattern::segments) {
                let Segment::Field(name) = segment else {
                    panic!("{}: what stands behind a key is not kept", row.name);
                };
                assert!(leads_to_images(name), "{}: {name}", row.name);
                steps += 1;
            }
        }
        assert!(steps > 20, "{steps}");
    }

    /// The rule by which `admission` keeps objects of built-in kinds.
    #[derive(Clone, Copy)]
    struct Leading;

    impl Keep for Leading {
        fn field(self, name: &str, _: &[Field<'_>]) -> Option<Self> {
            leads_to_images(name).then_some(self)
        }
    }

    /// An object of a kind, with metadata and every field of a PodSpec that names images.
    fn object_of(row: &KindRow, image: &str, controller: &str) -> String {
        let container = format!(
            r#"[{{"name":"web","image":{image},"imagePullPolicy":"Always","args":["a"],"env":[{{"name":"A","value":"b"}}]}}]"#
        );
        let pod_spec = format!(
            r#"{{"containers":{container},"initContainers":{container},"ephemeralContainers":{container},"volumes":[{{"name":"data","image":{{"reference":{image},"pullPolicy":"Never"}}}}],"nodeName":"a"}}"#
        );
        let metadata = format!(
            r#"{{"name":"web","annotations":{{"a":"b","{MIRROR_ANNOTATION}":"0"}},"ownerReferences":[{{"name":"a","controller":{controller}}}]}}"#
        );
        let path = row
            .locations
            .first()
            .map_or("spec", |row| row.path().text());
        let mut steps = path.rsplit('.');
        let innermost = format!(
            r#"{{"metadata":{{"labels":{{}}}},"{}":{pod_spec}"#,
            steps.next().unwrap()
        );
        let mut fields = innermost;
        for step in steps {
            fields = format!(r#"{{"{step}":{fields}}}"#);
        }
        // A path of one step gives the object two fields `metadata`. The last one counts.
        format!(r#"{fields},"metadata":{metadata}}}"#)
    }

    #[test]
    fn locates_in_what_is_kept_of_a_built_in_kind_what_the_whole_object_has() {
        for row in KINDS.iter().filter(|row| row.is_built_in) {
            let kind = Kind::new(Cow::Borrowed(row.group), Cow::Borrowed(row.name));
            let plan = ReadPlan::of(kind);
            for (image, controller) in [(r#""a""#, "true"), ("1", "1")] {
                let json = object_of(row, image, controller);
                let whole = Value::parse(&json).unwrap();
                let kept = Value::parse_kept(&json, Leading).unwrap().value;
                let (located, kept) = (locate(&whole, &plan), locate(&kept, &plan));
                assert_eq!(kept, located, "{}", row.name);
                assert!(located.has_mirror_annotation(), "{}", row.name);
                let is_readable = image != "1";
                assert_eq!(located.has_controller(), is_readable, "{}", row.name);
                let (sites, errors) = match (row.locations.is_empty(), is_readable) {
                    (true, _) => (0, usize::from(!is_readable)),
                    (false, true) => (4, 0),
                    (false, false) => (0, 5),
                };
                assert_eq!(located.sites().len(), sites, "{}", row.name);
                assert_eq!(located.errors().len(), errors, "{}", row.name);
            }
        }
    }
}
