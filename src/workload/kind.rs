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
use super::operators::{self, ContainerFields};
use super::path_pattern::PathPattern;

/// The kind of an object, in any version of its API group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind<'a> {
    group: Cow<'a, str>,
    name: Cow<'a, str>,
    row: Option<&'static KindRow>,
    /// The images that the table of operators knows.
    operator_images: Vec<ImageLocation<'static>>,
    container_fields: Option<&'static ContainerFields>,
}

impl<'a> Kind<'a> {
    /// Looks a kind up in the table. The core group has an empty name.
    #[must_use]
    pub fn new(group: Cow<'a, str>, name: Cow<'a, str>) -> Self {
        let row = row(&group, &name);
        let (operator_images, container_fields) = match row {
            Some(row) if row.is_built_in => (Vec::new(), None),
            _ => (
                operators::locations(&group, &name),
                operators::container_fields(&group, &name),
            ),
        };
        Self {
            group,
            name,
            row,
            operator_images,
            container_fields,
        }
    }

    pub(crate) fn is(&self, group: &str, name: &str) -> bool {
        self.group == group && self.name == name
    }

    /// Whether only fields with the names of [`leads_to_images`] count in objects of this kind.
    pub(crate) fn has_known_fields(&self) -> bool {
        self.row
            .is_some_and(|row| row.is_built_in && !row.is_searched)
    }

    /// Whether objects of this kind are searched for images.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        self.row.is_none_or(|row| row.is_searched)
    }

    /// Whether objects of this kind can hold placeholders, which an operator fills in later.
    pub(crate) fn can_hold_placeholders(&self) -> bool {
        match (self.row, self.container_fields) {
            (Some(row), _) if !row.can_hold_placeholders => false,
            (_, Some(fields)) => fields.can_hold_placeholders(),
            _ => self.operator_images.is_empty(),
        }
    }

    pub(crate) fn update_rule(&self) -> UpdateRule {
        self.row.map_or(UpdateRule::Operator, |row| row.update_rule)
    }

    pub(crate) fn own_pods(&self) -> OwnPods {
        self.row.map_or(OwnPods::Selected, |row| row.own_pods)
    }

    /// The known locations of images in objects of this kind.
    pub(super) fn locations(&self) -> impl Iterator<Item = &ImageLocation<'a>> {
        let known: &[ImageLocation<'a>] = self.row.map_or(&[], |row| row.locations);
        let operator_images: &[ImageLocation<'a>] = &self.operator_images;
        known.iter().chain(operator_images)
    }

    /// Fields and their values with which no update restarts Pods.
    pub(crate) fn no_restart_values(&self) -> &'static [(PathPattern<'static>, &'static str)] {
        self.row.map_or(&[], |row| row.no_restart_values)
    }

    /// The fields that hold containers in objects of this kind, beside those with the names that
    /// Kubernetes gives them.
    pub(super) const fn container_fields(&self) -> Option<&'static ContainerFields> {
        self.container_fields
    }

    /// The fields outside of pod templates whose change restarts the Pods.
    pub(super) fn restarting_fields(&self) -> &'static [RestartingField] {
        self.row.map_or(&[], |row| row.restarting_fields)
    }
}

/// The effect of an update of an object on an image that it leaves unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdateRule {
    /// A Pod restarts a container only if its image changes.
    Pod,
    /// A Job's template can change only while the Job is suspended, which Kueue does. The
    /// Job was judged when it was created.
    Job,
    /// The update starts nothing by itself: Pods start when others end, or on schedule.
    StartsNothing,
    /// A change of the template replaces the Pods that run; while the object is paused, when it is
    /// resumed.
    RollsOutUnlessPaused,
    /// A change of the template replaces the Pods that run; under `OnDelete`, when they are
    /// deleted.
    RollsOutUnlessOnDelete,
    /// A change of the template, or of one of the kind's restarting fields, restarts its Pods, and
    /// nothing else does.
    KnownOperator,
    /// Like [`Self::KnownOperator`], but other changes may restart the Pods too.
    Operator,
}

/// A field whose change makes an operator restart the Pods of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RestartingField {
    /// The field gets a value, or another one. A field that is removed restarts nothing.
    Set(PathPattern<'static>),
    /// The field had this value, and has another one or none.
    ChangedFrom(PathPattern<'static>, &'static str),
    /// The field is added or removed; of a list, an item of another name.
    AddedOrRemoved(PathPattern<'static>),
    /// Any field of this object changes, except these.
    AnyExcept(PathPattern<'static>, &'static [&'static str]),
}

impl RestartingField {
    /// The path of the field.
    pub(crate) const fn path(&self) -> &PathPattern<'static> {
        match self {
            Self::Set(path)
            | Self::ChangedFrom(path, _)
            | Self::AddedOrRemoved(path)
            | Self::AnyExcept(path, _) => path,
        }
    }
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
    restarting_fields: &'static [RestartingField],
    no_restart_values: &'static [(PathPattern<'static>, &'static str)],
    own_pods: OwnPods,
    can_hold_placeholders: bool,
    /// Whether the kind is one of Kubernetes' own.
    is_built_in: bool,
    /// Whether its objects are searched for images beside the row's locations.
    is_searched: bool,
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
    KindRow {
        update_rule: UpdateRule::RollsOutUnlessPaused,
        ..KindRow::built_in::<Deployment>(TEMPLATE)
    },
    KindRow::built_in::<ReplicaSet>(TEMPLATE),
    KindRow {
        update_rule: UpdateRule::RollsOutUnlessOnDelete,
        ..KindRow::built_in::<StatefulSet>(TEMPLATE)
    },
    KindRow {
        update_rule: UpdateRule::RollsOutUnlessOnDelete,
        ..KindRow::built_in::<DaemonSet>(TEMPLATE)
    },
    KindRow {
        is_searched: true,
        ..KindRow::built_in::<ControllerRevision>(CONTROLLER_REVISION)
    },
    KindRow {
        update_rule: UpdateRule::Job,
        ..KindRow::built_in::<Job>(TEMPLATE)
    },
    KindRow::built_in::<CronJob>(CRON_JOB),
    KindRow {
        update_rule: UpdateRule::KnownOperator,
        restarting_fields: CLUSTER_RESTARTS,
        own_pods: OwnPods::Labelled {
            label: "cnpg.io/cluster",
            image: "imageName",
            container: "postgres",
        },
        ..KindRow::custom(CNPG, "Cluster", CLUSTER)
    },
    KindRow {
        update_rule: UpdateRule::KnownOperator,
        restarting_fields: POOLER_RESTARTS,
        ..KindRow::custom(CNPG, "Pooler", POOLER)
    },
    KindRow {
        update_rule: UpdateRule::KnownOperator,
        restarting_fields: ROLLOUT_RESTARTS,
        ..KindRow::searched("argoproj.io", "Rollout")
    },
    KindRow {
        restarting_fields: ELASTICSEARCH_RESTARTS,
        ..KindRow::searched("elasticsearch.k8s.elastic.co", "Elasticsearch")
    },
    KindRow {
        update_rule: UpdateRule::KnownOperator,
        restarting_fields: FLINK_RESTARTS,
        ..KindRow::searched("flink.apache.org", "FlinkDeployment")
    },
    KindRow {
        update_rule: UpdateRule::KnownOperator,
        restarting_fields: &[any_except("spec", &[])],
        no_restart_values: GRADUAL,
        ..KindRow::searched("keda.sh", "ScaledJob")
    },
    KindRow {
        update_rule: UpdateRule::StartsNothing,
        ..KindRow::custom(CNPG, "ClusterImageCatalog", CATALOG)
    },
    KindRow {
        update_rule: UpdateRule::StartsNothing,
        ..KindRow::custom(CNPG, "ImageCatalog", CATALOG)
    },
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
            | "apiVersion"
            | "containers"
            | "controller"
            | "data"
            | "ephemeralContainers"
            | "image"
            | "imagePullPolicy"
            | "initContainers"
            | "jobTemplate"
            | "kind"
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

const fn set(path: &'static str) -> RestartingField {
    RestartingField::Set(PathPattern::known(path))
}

const fn changed_from(path: &'static str, value: &'static str) -> RestartingField {
    RestartingField::ChangedFrom(PathPattern::known(path), value)
}

const fn added_or_removed(path: &'static str) -> RestartingField {
    RestartingField::AddedOrRemoved(PathPattern::known(path))
}

const fn any_except(path: &'static str, except: &'static [&'static str]) -> RestartingField {
    RestartingField::AnyExcept(PathPattern::known(path), except)
}

/// The fields and annotations of a Cluster whose change makes CloudNativePG roll its
/// instances.
const CLUSTER_RESTARTS: &[RestartingField] = &[
    set("metadata.annotations[cnpg.io/podPatch]"),
    set("metadata.annotations[kubectl.kubernetes.io/restartedAt]"),
    set("metadata.annotations[alpha.cnpg.io/enableInstancePprof]"),
    changed_from("metadata.annotations[cnpg.io/hibernation]", "on"),
    changed_from("metadata.annotations[cnpg.io/reconcilePodSpec]", "disabled"),
    set("spec.affinity"),
    set("spec.env"),
    set("spec.envFrom"),
    set("spec.ephemeralVolumeSource"),
    set("spec.ephemeralVolumesSizeLimit"),
    set("spec.imageCatalogRef"),
    set("spec.imageName"),
    set("spec.imagePullPolicy"),
    set("spec.livenessProbeTimeout"),
    set("spec.logLevel"),
    set("spec.monitoring.tls"),
    set("spec.plugins"),
    set("spec.podSecurityContext"),
    set("spec.postgresGID"),
    set("spec.postgresUID"),
    set("spec.postgresql.extensions"),
    set("spec.probes"),
    set("spec.projectedVolumeTemplate"),
    set("spec.resources"),
    set("spec.schedulerName"),
    set("spec.seccompProfile"),
    set("spec.securityContext"),
    set("spec.serviceAccountName"),
    set("spec.startDelay"),
    set("spec.stopDelay"),
    added_or_removed("spec.tablespaces"),
    set("spec.topologySpreadConstraints"),
    added_or_removed("spec.walStorage"),
];

/// The fields of a Pooler whose change makes CloudNativePG replace its Pods.
const POOLER_RESTARTS: &[RestartingField] = &[
    set("spec.monitoring.tls"),
    set("spec.serviceAccountName"),
    set("spec.template"),
];

/// Argo Rollouts' own way to restart the Pods of a Rollout, beside its template.
const ROLLOUT_RESTARTS: &[RestartingField] = &[set("spec.restartAt")];

/// The annotation by which ECK restarts the nodes of a cluster, beside their templates.
const ELASTICSEARCH_RESTARTS: &[RestartingField] = &[set(
    "metadata.annotations[eck.k8s.elastic.co/restart-trigger]",
)];

/// By default KEDA ends the running Jobs of a ScaledJob and starts them anew when its spec changes.
/// Under this strategy, which has an old field and a new one, they go on.
const GRADUAL: &[(PathPattern<'static>, &str)] = &[
    (PathPattern::known("spec.rollout.strategy"), "gradual"),
    (PathPattern::known("spec.rolloutStrategy"), "gradual"),
];

/// The whole spec of a FlinkDeployment, except what the operator's diff ignores or only scales.
const FLINK_RESTARTS: &[RestartingField] = &[
    any_except("spec", &["job", "jobManager", "taskManager"]),
    any_except(
        "spec.job",
        &[
            "allowNonRestoredState",
            "autoscalerResetNonce",
            "checkpointTriggerNonce",
            "initialSavepointPath",
            "parallelism",
            "savepointTriggerNonce",
            "upgradeMode",
        ],
    ),
    any_except("spec.jobManager", &["replicas"]),
    any_except("spec.taskManager", &["replicas"]),
];

const CLUSTER: &[ImageLocation<'static>] = &[
    ImageLocation::known_image("spec.imageName", "spec.imagePullPolicy"),
    ImageLocation::known_image(
        "spec.postgresql.extensions[*].image.reference",
        "spec.postgresql.extensions[*].image.pullPolicy",
    ),
    // After the images of the Cluster, whose pull policies it can change.
    ImageLocation::known_pod_patch("metadata.annotations[cnpg.io/podPatch]"),
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
// store a patch of a template, others anything, which is searched.
const CONTROLLER_REVISION: &[ImageLocation<'static>] = &[ImageLocation::known_pod_spec(
    "data.spec.template.spec",
    PodSpecForm::Patch,
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
            update_rule: UpdateRule::StartsNothing,
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
            update_rule: UpdateRule::Operator,
            restarting_fields: &[],
            no_restart_values: &[],
            own_pods: OwnPods::Selected,
            can_hold_placeholders: false,
            is_built_in: false,
            is_searched: false,
        }
    }

    /// A kind of which something is known, and whose images the search finds.
    const fn searched(group: &'static str, name: &'static str) -> Self {
        Self {
            can_hold_placeholders: true,
            is_searched: true,
            ..Self::custom(group, name, &[])
        }
    }

    const fn without_images(group: &'static str, name: &'static str) -> Self {
        Self {
            can_hold_placeholders: true,
            is_built_in: true,
            ..Self::custom(group, name, &[])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Field, Keep, Value};
    use crate::workload::image_location::Content;
    use crate::workload::path_pattern::Segment;
    use crate::workload::{ReadPlan, locate};

    fn pull_policy_of<'l>(
        location: &'l ImageLocation<'static>,
    ) -> Option<&'l PathPattern<'static>> {
        match location.content() {
            Content::Image(fields) => fields.pull_policy.as_ref(),
            Content::PodSpec(_) | Content::Container | Content::PodPatch => None,
        }
    }

    /// Every pattern of the table, and whether it may have a step `[*]`.
    fn patterns() -> Vec<(&'static PathPattern<'static>, bool)> {
        let mut patterns = Vec::new();
        for row in KINDS {
            for location in row.locations {
                patterns.push((location.path(), true));
                if let Some(pull_policy) = pull_policy_of(location) {
                    patterns.push((pull_policy, true));
                }
            }
            let parts = row.restarting_fields.iter();
            patterns.extend(parts.map(|part| (part.path(), false)));
            let fields = row.no_restart_values.iter();
            patterns.extend(fields.map(|(path, _)| (path, false)));
        }
        patterns
    }

    #[test]
    fn every_pattern_of_the_table_parses() {
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
                if let Some(pull_policy) = pull_policy_of(location) {
                    let text = pull_policy.text();
                    assert!(pull_policy.belongs_to(location.path()), "{text}");
                }
            }
        }
    }

    #[test]
    fn every_step_to_an_image_of_a_built_in_kind_is_kept() {
        let mut steps = 0;
        for row in KINDS
            .iter()
            .filter(|row| row.is_built_in && !row.is_searched)
        {
            let images = row.locations.iter().flat_map(|location| {
                let pull_policy = pull_policy_of(location);
                [Some(location.path()), pull_policy].into_iter().flatten()
            });
            for segment in images.flat_map(PathPattern::segments) {
                let Segment::Field(name) = segment else {
                    panic!("{}: a built-in kind's path has only fields", row.name);
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
    fn locates_the_same_in_the_kept_and_the_whole_object() {
        for row in KINDS
            .iter()
            .filter(|row| row.is_built_in && !row.is_searched)
        {
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
