//! The kinds of operators whose images the search alone would not find, or would judge by another
//! pull policy than the operator's. Their other images are searched for.
//!
//! Every line was read in the source of its operator; docs/kinds.md has the versions.

use super::image_location::{DefaultPullPolicy, ImageFields, ImageLocation, MissingTag, Part};
use super::path_pattern::PathPattern;
use crate::image::PullPolicy;

/// The images of operators' kinds, one a line, in the order of kinds and fields. A line has:
/// - the group and the kind;
/// - the field with the image;
/// - the fields that may declare its pull policy, of which the first that does so counts;
/// - the pull policy where none does.
///
/// A field whose name has no dot stands beside the image.
#[rustfmt::skip]
const OPERATORS: &[OperatorImage] = &[
    image("acid.zalan.do/postgresql", "spec.connectionPooler.dockerImage", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/postgresql", "spec.dockerImage", &[], IF_NOT_PRESENT),
    image("agent.k8s.elastic.co/Agent", "spec.image", &[], KUBERNETES),
    image("apm.k8s.elastic.co/ApmServer", "spec.image", &["spec.podTemplate.spec.containers[apm-server].imagePullPolicy"], KUBERNETES),
    image("autoops.k8s.elastic.co/AutoOpsAgentPolicy", "spec.image", &["spec.podTemplate.spec.containers[autoops-agent].imagePullPolicy"], KUBERNETES),
    image("beat.k8s.elastic.co/Beat", "spec.image", &[], KUBERNETES),
    image("ceph.rook.io/CephCOSIDriver", "spec.image", &[], KUBERNETES),
    image("ceph.rook.io/CephCOSIDriver", "spec.objectProvisionerImage", &[], KUBERNETES),
    image("ceph.rook.io/CephCluster", "spec.cephVersion.image", BESIDE, IF_NOT_PRESENT),
    image("ceph.rook.io/CephNFS", "spec.security.sssd.sidecar.image", &[], KUBERNETES),
    image("ceph.rook.io/CephNFS", "spec.server.image", BESIDE, IF_NOT_PRESENT),
    image("ceph.rook.io/CephNVMeOFGateway", "spec.image", &[], IF_NOT_PRESENT),
    image("core.humio.com/HumioCluster", "spec.helperImage", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.image", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.nodePools[*].spec.helperImage", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.nodePools[*].spec.image", BESIDE, KUBERNETES),
    image("core.spinkube.dev/SpinApp", "spec.image", &[], KUBERNETES),
    image("databases.spotahome.com/RedisFailover", "spec.redis.exporter.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.redis.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.sentinel.exporter.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.sentinel.image", BESIDE, ALWAYS),
    image("dragonflydb.io/Dragonfly", "spec.image", BESIDE, ALWAYS),
    image("elasticsearch.k8s.elastic.co/Elasticsearch", "spec.image", &[], KUBERNETES),
    image("enterprisesearch.k8s.elastic.co/EnterpriseSearch", "spec.image", &["spec.podTemplate.spec.containers[enterprise-search].imagePullPolicy"], KUBERNETES),
    image("flink.apache.org/FlinkDeployment", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("fluentbit.fluent.io/Collector", "spec.image", BESIDE, KUBERNETES),
    image("fluentbit.fluent.io/FluentBit", "spec.image", BESIDE, KUBERNETES),
    image("fluentd.fluent.io/Fluentd", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/ExternalMariaDB", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.galera.agent.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.galera.initContainer.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.metrics.exporter.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.replication.agent.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.replication.initContainer.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MaxScale", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MaxScale", "spec.metrics.exporter.image", BESIDE, KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.cruiseControl.image", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.entityOperator.topicOperator.image", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.entityOperator.userOperator.image", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.kafka.brokerRackInitImage", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.kafka.image", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.kafkaExporter.image", &[], KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.zookeeper.image", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaBridge", "spec.clientRackInitImage", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaBridge", "spec.image", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaConnect", "spec.clientRackInitImage", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaConnect", "spec.image", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaMirrorMaker", "spec.image", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaMirrorMaker2", "spec.clientRackInitImage", &[], KUBERNETES),
    image("kafka.strimzi.io/KafkaMirrorMaker2", "spec.image", &[], KUBERNETES),
    image("kibana.k8s.elastic.co/Kibana", "spec.image", &["spec.podTemplate.spec.containers[kibana].imagePullPolicy"], KUBERNETES),
    image("kubevirt.io/VirtualMachine", "spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachine", "spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstance", "spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstance", "spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstanceReplicaSet", "spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstanceReplicaSet", "spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("logstash.k8s.elastic.co/Logstash", "spec.image", &["spec.podTemplate.spec.containers[logstash].imagePullPolicy"], KUBERNETES),
    image("maps.k8s.elastic.co/ElasticMapsServer", "spec.image", &["spec.podTemplate.spec.containers[maps].imagePullPolicy"], KUBERNETES),
    image("minio.min.io/Tenant", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("minio.min.io/Tenant", "spec.kes.image", BESIDE, IF_NOT_PRESENT),
    image("monitoring.coreos.com/Alertmanager", "spec.image", BESIDE, KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.image", BESIDE, KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.thanos.image", OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/PrometheusAgent", "spec.image", BESIDE, KUBERNETES),
    image("monitoring.coreos.com/ThanosRuler", "spec.image", BESIDE, KUBERNETES),
    image("openfaas.com/Function", "spec.image", &[], ALWAYS),
    image("opentelemetry.io/Instrumentation", "spec.apacheHttpd.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.dotnet.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.go.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.java.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.nginx.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.nodejs.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.python.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/OpenTelemetryCollector", "spec.image", BESIDE, KUBERNETES),
    image("opentelemetry.io/OpenTelemetryCollector", "spec.targetAllocator.image", &[], KUBERNETES),
    image("opentelemetry.io/TargetAllocator", "spec.image", BESIDE, KUBERNETES),
    image("operators.coreos.com/CatalogSource", "spec.image", &[], ALWAYS),
    image("packageregistry.k8s.elastic.co/PackageRegistry", "spec.image", &["spec.podTemplate.spec.containers[package-registry].imagePullPolicy"], KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.backups.pgbackrest.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.pmm.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.proxy.pgBouncer.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGUpgrade", "spec.image", BESIDE, KUBERNETES),
    image("pkg.crossplane.io/Configuration", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/Function", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/Provider", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("policies.kubewarden.io/PolicyServer", "spec.image", &[], KUBERNETES),
    image("pool.kubevirt.io/VirtualMachinePool", "spec.virtualMachineTemplate.spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("pool.kubevirt.io/VirtualMachinePool", "spec.virtualMachineTemplate.spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PGAdmin", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PGUpgrade", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.backups.pgbackrest.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.monitoring.pgmonitor.exporter.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.proxy.pgBouncer.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.userInterface.pgAdmin.image", OF_SPEC, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.mysql.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.orchestrator.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.pmm.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.haproxy.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.router.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.toolkit.image", BESIDE, KUBERNETES),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.backup.image", OF_SPEC, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.image", BESIDE, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.initImage", BESIDE, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.pmm.image", OF_SPEC, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.backup.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.haproxy.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.logcollector.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.pmm.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.proxysql.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.pxc.image", BESIDE, ALWAYS),
    image("rabbitmq.com/RabbitmqCluster", "spec.image", &[], KUBERNETES),
    image("rabbitmq.com/RabbitmqCluster", "spec.secretBackend.vault.defaultUserUpdaterImage", &[], KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("scylla.scylladb.com/ScyllaDBCluster", "spec.scyllaDB.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBCluster", "spec.scyllaDBManagerAgent.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBDatacenter", "spec.scyllaDB.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBDatacenter", "spec.scyllaDBManagerAgent.image", &[], IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.driver.image", &["spec.template.imagePullPolicy"], IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.executor.image", &["spec.template.imagePullPolicy"], IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.image", BESIDE, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.driver.image", OF_SPEC, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.executor.image", OF_SPEC, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.image", BESIDE, IF_NOT_PRESENT),
    split_image("upgrade.cattle.io/Plan", "spec.prepare.image", TAG_OF_PLAN, &[], ALWAYS),
    split_image("upgrade.cattle.io/Plan", "spec.upgrade.image", TAG_OF_PLAN, &[], ALWAYS),
];

/// The field that most operators have for the pull policy of an image.
const BESIDE: &[&str] = &["imagePullPolicy"];
/// The field for the pull policy of all images of an object.
const OF_SPEC: &[&str] = &["spec.imagePullPolicy"];

/// Kubernetes' default, since the operator passes on that there is none.
const KUBERNETES: DefaultPullPolicy = DefaultPullPolicy::Kubernetes;
const ALWAYS: DefaultPullPolicy = DefaultPullPolicy::Operator(PullPolicy::Always);
const IF_NOT_PRESENT: DefaultPullPolicy = DefaultPullPolicy::Operator(PullPolicy::IfNotPresent);

/// The version of an upgrade plan, which is the tag of an image without one.
const TAG_OF_PLAN: &Split = &Split {
    others: &[(Part::Tag, "spec.version")],
    ..Split::of(Part::Image)
};

/// An image in the objects of an operator's kind.
#[derive(Debug)]
struct OperatorImage {
    /// The group and the kind, with a slash between them.
    kind: &'static str,
    /// The path of the field that holds the image, or a part of it.
    field: &'static str,
    pull_policy: &'static [&'static str],
    default_pull_policy: DefaultPullPolicy,
    /// The fields of the other parts; `None` where the field holds the whole image.
    split: Option<&'static Split>,
}

/// An image whose parts stand in several fields. Where none of them has a tag, the operator finds
/// one itself.
#[derive(Debug)]
struct Split {
    /// The part that the field of the image holds.
    own: Part,
    /// The fields of the other parts. Of two for one part, the last that is set counts.
    others: &'static [(Part, &'static str)],
    /// The repository of a tag alone; empty where there is none.
    default_repository: &'static str,
    /// Fields of which each, where it is set, takes the place of this image.
    unless: &'static [&'static str],
}

impl Split {
    const fn of(own: Part) -> Self {
        Self {
            own,
            others: &[],
            default_repository: "",
            unless: &[],
        }
    }
}

/// An image in one field.
const fn image(
    kind: &'static str,
    field: &'static str,
    pull_policy: &'static [&'static str],
    default_pull_policy: DefaultPullPolicy,
) -> OperatorImage {
    OperatorImage {
        kind,
        field,
        pull_policy,
        default_pull_policy,
        split: None,
    }
}

/// An image in several fields.
const fn split_image(
    kind: &'static str,
    field: &'static str,
    split: &'static Split,
    pull_policy: &'static [&'static str],
    default_pull_policy: DefaultPullPolicy,
) -> OperatorImage {
    OperatorImage {
        split: Some(split),
        ..image(kind, field, pull_policy, default_pull_policy)
    }
}

/// The locations of images in the objects of an operator's kind.
pub(super) fn locations(group: &str, name: &str) -> Vec<ImageLocation<'static>> {
    let images = OPERATORS.iter();
    let images = images.filter(|image| is_kind(image.kind, group, name));
    images.flat_map(OperatorImage::locations).collect()
}

/// Whether a group and a kind, with a slash between them, are these.
fn is_kind(kind: &str, group: &str, name: &str) -> bool {
    let rest = kind.strip_prefix(group);
    rest.and_then(|rest| rest.strip_prefix('/')) == Some(name)
}

impl OperatorImage {
    /// The location of the image, and with a default repository that of a tag alone.
    fn locations(&self) -> Vec<ImageLocation<'static>> {
        let Some(split) = self.split else {
            let fields = self.fields(Part::Image);
            return vec![ImageLocation::of_image(
                PathPattern::known(self.field),
                fields,
            )];
        };
        let other_parts = |is_wanted: fn(Part) -> bool| {
            let others = split.others.iter().filter(|(part, _)| is_wanted(*part));
            others
                .map(|(part, field)| (*part, self.pattern(field)))
                .collect()
        };
        let unless = || {
            split
                .unless
                .iter()
                .map(|field| self.pattern(field))
                .collect()
        };
        let fields = ImageFields {
            other_parts: other_parts(|_| true),
            missing_tag: MissingTag::Unknown,
            unless: unless(),
            ..self.fields(split.own)
        };
        let field = PathPattern::known(self.field);
        let mut locations = vec![ImageLocation::of_image(field.clone(), fields)];
        let tag = split.others.iter().find(|(part, _)| *part == Part::Tag);
        if let (Some((_, tag)), false) = (tag, split.default_repository.is_empty()) {
            let mut unless: Vec<_> = unless();
            unless.push(field);
            let fields = ImageFields {
                other_parts: other_parts(|part| part != Part::Tag),
                default_repository: Some(split.default_repository.into()),
                unless,
                ..self.fields(Part::Tag)
            };
            locations.push(ImageLocation::of_image(self.pattern(tag), fields));
        }
        locations
    }

    /// The fields of an image of which this part stands at the location.
    fn fields(&self, own_part: Part) -> ImageFields<'static> {
        let mut pull_policies = self.pull_policy.iter().map(|field| self.pattern(field));
        ImageFields {
            pull_policy: pull_policies.next(),
            other_pull_policies: pull_policies.collect(),
            default_pull_policy: self.default_pull_policy,
            own_part,
            ..ImageFields::default()
        }
    }

    /// The path of a field, which stands beside the image where its name has no dot.
    fn pattern(&self, field: &'static str) -> PathPattern<'static> {
        match self.field.rsplit_once('.') {
            Some((holder, _)) if !field.contains('.') => {
                PathPattern::joined(format!("{holder}.{field}"))
            }
            _ => PathPattern::known(field),
        }
    }
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::workload::image_location::Holds;

    #[test]
    fn every_field_of_the_table_is_a_pattern() {
        for image in OPERATORS {
            for location in image.locations() {
                let Holds::Image(fields) = location.holds() else {
                    panic!("{image:?}");
                };
                let others = fields.other_parts.iter().map(|(_, other)| other);
                let others = others.chain(fields.pull_policies()).chain(&fields.unless);
                for pattern in others.chain([location.path()]) {
                    let text = pattern.text();
                    let parsed = PathPattern::parse(text.into());
                    assert_eq!(parsed.as_ref(), Ok(pattern), "{text}");
                    assert!(pattern.belongs_to(location.path()), "{text}");
                }
            }
        }
    }

    #[test]
    fn every_line_of_the_table_is_in_order() {
        let lines: Vec<_> = OPERATORS
            .iter()
            .map(|image| (image.kind, image.field))
            .collect();
        assert!(lines.is_sorted_by(|line, next| line < next));
    }
}
