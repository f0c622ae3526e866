//! The kinds of operators whose images the search alone would not find, or would judge by another
//! pull policy than the operator's. Their other images are searched for.
//!
//! Every row was read in the source of its operator, as of 2026.

use super::image_location::{ImageLocation, Part};
use super::kind::{KindRow, OWN_IMAGE};
use super::path_pattern::PathPattern;
use crate::image::PullPolicy;

pub(super) const OPERATORS: &[KindRow] = &[
    KindRow::operator(
        "acid.zalan.do",
        "postgresql",
        const {
            &[
                operator_image("spec.dockerImage", None, PullPolicy::IfNotPresent),
                operator_image(
                    "spec.connectionPooler.dockerImage",
                    None,
                    PullPolicy::IfNotPresent,
                ),
            ]
        },
    ),
    KindRow::operator("agent.k8s.elastic.co", "Agent", UNDECLARED_IMAGE),
    KindRow::operator(
        "apm.k8s.elastic.co",
        "ApmServer",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[apm-server].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator(
        "autoops.k8s.elastic.co",
        "AutoOpsAgentPolicy",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[autoops-agent].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator("beat.k8s.elastic.co", "Beat", UNDECLARED_IMAGE),
    KindRow::operator(
        "ceph.rook.io",
        "CephCOSIDriver",
        const {
            &[
                default_image("spec.image"),
                default_image("spec.objectProvisionerImage"),
            ]
        },
    ),
    KindRow::operator(
        "ceph.rook.io",
        "CephCluster",
        const {
            &[operator_image(
                "spec.cephVersion.image",
                Some("spec.cephVersion.imagePullPolicy"),
                PullPolicy::IfNotPresent,
            )]
        },
    ),
    KindRow::operator(
        "ceph.rook.io",
        "CephNFS",
        const {
            &[
                operator_image(
                    "spec.server.image",
                    Some("spec.server.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                default_image("spec.security.sssd.sidecar.image"),
            ]
        },
    ),
    KindRow::operator(
        "ceph.rook.io",
        "CephNVMeOFGateway",
        const { &[operator_image("spec.image", None, PullPolicy::IfNotPresent)] },
    ),
    KindRow::operator(
        "core.humio.com",
        "HumioCluster",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                image("spec.helperImage", "spec.imagePullPolicy"),
                image(
                    "spec.nodePools[*].spec.image",
                    "spec.nodePools[*].spec.imagePullPolicy",
                ),
                image(
                    "spec.nodePools[*].spec.helperImage",
                    "spec.nodePools[*].spec.imagePullPolicy",
                ),
            ]
        },
    ),
    KindRow::operator("core.spinkube.dev", "SpinApp", UNDECLARED_IMAGE),
    KindRow::operator(
        "databases.spotahome.com",
        "RedisFailover",
        const {
            &[
                operator_image(
                    "spec.redis.image",
                    Some("spec.redis.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.redis.exporter.image",
                    Some("spec.redis.exporter.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.sentinel.image",
                    Some("spec.sentinel.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.sentinel.exporter.image",
                    Some("spec.sentinel.exporter.imagePullPolicy"),
                    PullPolicy::Always,
                ),
            ]
        },
    ),
    KindRow::operator(
        "dragonflydb.io",
        "Dragonfly",
        const {
            &[operator_image(
                "spec.image",
                Some("spec.imagePullPolicy"),
                PullPolicy::Always,
            )]
        },
    ),
    KindRow::operator(
        "enterprisesearch.k8s.elastic.co",
        "EnterpriseSearch",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[enterprise-search].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator("fluentbit.fluent.io", "Collector", OWN_IMAGE),
    KindRow::operator("fluentbit.fluent.io", "FluentBit", OWN_IMAGE),
    KindRow::operator("fluentd.fluent.io", "Fluentd", OWN_IMAGE),
    KindRow::operator("k8s.mariadb.com", "ExternalMariaDB", OWN_IMAGE),
    KindRow::operator(
        "k8s.mariadb.com",
        "MariaDB",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                image(
                    "spec.galera.agent.image",
                    "spec.galera.agent.imagePullPolicy",
                ),
                image(
                    "spec.galera.initContainer.image",
                    "spec.galera.initContainer.imagePullPolicy",
                ),
                image(
                    "spec.metrics.exporter.image",
                    "spec.metrics.exporter.imagePullPolicy",
                ),
                image(
                    "spec.replication.agent.image",
                    "spec.replication.agent.imagePullPolicy",
                ),
                image(
                    "spec.replication.initContainer.image",
                    "spec.replication.initContainer.imagePullPolicy",
                ),
            ]
        },
    ),
    KindRow::operator(
        "k8s.mariadb.com",
        "MaxScale",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                image(
                    "spec.metrics.exporter.image",
                    "spec.metrics.exporter.imagePullPolicy",
                ),
            ]
        },
    ),
    KindRow::operator(
        "kafka.strimzi.io",
        "Kafka",
        const {
            &[
                default_image("spec.cruiseControl.image"),
                default_image("spec.entityOperator.topicOperator.image"),
                default_image("spec.entityOperator.userOperator.image"),
                default_image("spec.kafka.image"),
                default_image("spec.kafkaExporter.image"),
                default_image("spec.zookeeper.image"),
                default_image("spec.kafka.brokerRackInitImage"),
            ]
        },
    ),
    KindRow::operator("kafka.strimzi.io", "KafkaBridge", KAFKA_CLIENT),
    KindRow::operator("kafka.strimzi.io", "KafkaConnect", KAFKA_CLIENT),
    KindRow::operator("kafka.strimzi.io", "KafkaMirrorMaker", UNDECLARED_IMAGE),
    KindRow::operator("kafka.strimzi.io", "KafkaMirrorMaker2", KAFKA_CLIENT),
    KindRow::operator(
        "kibana.k8s.elastic.co",
        "Kibana",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[kibana].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator("kubevirt.io", "VirtualMachine", VIRTUAL_MACHINE),
    KindRow::operator(
        "kubevirt.io",
        "VirtualMachineInstance",
        const {
            &[
                image(
                    "spec.volumes[*].containerDisk.image",
                    "spec.volumes[*].containerDisk.imagePullPolicy",
                ),
                image(
                    "spec.domain.firmware.kernelBoot.container.image",
                    "spec.domain.firmware.kernelBoot.container.imagePullPolicy",
                ),
            ]
        },
    ),
    KindRow::operator(
        "kubevirt.io",
        "VirtualMachineInstanceReplicaSet",
        VIRTUAL_MACHINE,
    ),
    KindRow::operator(
        "logstash.k8s.elastic.co",
        "Logstash",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[logstash].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator(
        "maps.k8s.elastic.co",
        "ElasticMapsServer",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[maps].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator(
        "minio.min.io",
        "Tenant",
        const {
            &[
                operator_image(
                    "spec.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                operator_image(
                    "spec.kes.image",
                    Some("spec.kes.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
            ]
        },
    ),
    KindRow::operator("openfaas.com", "Function", ALWAYS_PULLED),
    KindRow::operator(
        "opentelemetry.io",
        "Instrumentation",
        const {
            &[
                image("spec.apacheHttpd.image", "spec.imagePullPolicy"),
                image("spec.dotnet.image", "spec.imagePullPolicy"),
                image("spec.go.image", "spec.imagePullPolicy"),
                image("spec.java.image", "spec.imagePullPolicy"),
                image("spec.nginx.image", "spec.imagePullPolicy"),
                image("spec.nodejs.image", "spec.imagePullPolicy"),
                image("spec.python.image", "spec.imagePullPolicy"),
            ]
        },
    ),
    KindRow::operator(
        "opentelemetry.io",
        "OpenTelemetryCollector",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                default_image("spec.targetAllocator.image"),
            ]
        },
    ),
    KindRow::operator("opentelemetry.io", "TargetAllocator", OWN_IMAGE),
    KindRow::operator("operators.coreos.com", "CatalogSource", ALWAYS_PULLED),
    KindRow::operator(
        "packageregistry.k8s.elastic.co",
        "PackageRegistry",
        const {
            &[image(
                "spec.image",
                "spec.podTemplate.spec.containers[package-registry].imagePullPolicy",
            )]
        },
    ),
    KindRow::operator(
        "pgv2.percona.com",
        "PerconaPGCluster",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                image("spec.backups.pgbackrest.image", "spec.imagePullPolicy"),
                image("spec.proxy.pgBouncer.image", "spec.imagePullPolicy"),
                image("spec.pmm.image", "spec.pmm.imagePullPolicy"),
            ]
        },
    ),
    KindRow::operator("pgv2.percona.com", "PerconaPGUpgrade", OWN_IMAGE),
    KindRow::operator("pkg.crossplane.io", "Configuration", CROSSPLANE_PACKAGE),
    KindRow::operator("pkg.crossplane.io", "Function", CROSSPLANE_PACKAGE),
    KindRow::operator("pkg.crossplane.io", "Provider", CROSSPLANE_PACKAGE),
    KindRow::operator("policies.kubewarden.io", "PolicyServer", UNDECLARED_IMAGE),
    KindRow::operator(
        "pool.kubevirt.io",
        "VirtualMachinePool",
        const {
            &[
                image(
                    "spec.virtualMachineTemplate.spec.template.spec.volumes[*].containerDisk.image",
                    "spec.virtualMachineTemplate.spec.template.spec.volumes[*].containerDisk.imagePullPolicy",
                ),
                image(
                    "spec.virtualMachineTemplate.spec.template.spec.domain.firmware.kernelBoot.container.image",
                    "spec.virtualMachineTemplate.spec.template.spec.domain.firmware.kernelBoot.container.imagePullPolicy",
                ),
            ]
        },
    ),
    KindRow::operator("postgres-operator.crunchydata.com", "PGAdmin", OWN_IMAGE),
    KindRow::operator("postgres-operator.crunchydata.com", "PGUpgrade", OWN_IMAGE),
    KindRow::operator(
        "postgres-operator.crunchydata.com",
        "PostgresCluster",
        const {
            &[
                image("spec.image", "spec.imagePullPolicy"),
                image("spec.backups.pgbackrest.image", "spec.imagePullPolicy"),
                image("spec.proxy.pgBouncer.image", "spec.imagePullPolicy"),
                image(
                    "spec.monitoring.pgmonitor.exporter.image",
                    "spec.imagePullPolicy",
                ),
                image("spec.userInterface.pgAdmin.image", "spec.imagePullPolicy"),
            ]
        },
    ),
    KindRow::operator(
        "ps.percona.com",
        "PerconaServerMySQL",
        const {
            &[
                image("spec.backup.image", "spec.backup.imagePullPolicy"),
                image("spec.mysql.image", "spec.mysql.imagePullPolicy"),
                image(
                    "spec.orchestrator.image",
                    "spec.orchestrator.imagePullPolicy",
                ),
                image("spec.pmm.image", "spec.pmm.imagePullPolicy"),
                image(
                    "spec.proxy.haproxy.image",
                    "spec.proxy.haproxy.imagePullPolicy",
                ),
                image(
                    "spec.proxy.router.image",
                    "spec.proxy.router.imagePullPolicy",
                ),
                image("spec.toolkit.image", "spec.toolkit.imagePullPolicy"),
            ]
        },
    ),
    KindRow::operator(
        "psmdb.percona.com",
        "PerconaServerMongoDB",
        const {
            &[
                operator_image(
                    "spec.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.backup.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.initImage",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.pmm.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::Always,
                ),
            ]
        },
    ),
    KindRow::operator(
        "pxc.percona.com",
        "PerconaXtraDBCluster",
        const {
            &[
                operator_image(
                    "spec.backup.image",
                    Some("spec.backup.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.haproxy.image",
                    Some("spec.haproxy.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.logcollector.image",
                    Some("spec.logcollector.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.pmm.image",
                    Some("spec.pmm.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.proxysql.image",
                    Some("spec.proxysql.imagePullPolicy"),
                    PullPolicy::Always,
                ),
                operator_image(
                    "spec.pxc.image",
                    Some("spec.pxc.imagePullPolicy"),
                    PullPolicy::Always,
                ),
            ]
        },
    ),
    KindRow::operator(
        "rabbitmq.com",
        "RabbitmqCluster",
        const {
            &[
                default_image("spec.image"),
                default_image("spec.secretBackend.vault.defaultUserUpdaterImage"),
            ]
        },
    ),
    KindRow::operator("redis.redis.opstreelabs.in", "Redis", REDIS),
    KindRow::operator("redis.redis.opstreelabs.in", "RedisCluster", REDIS),
    KindRow::operator("redis.redis.opstreelabs.in", "RedisReplication", REDIS),
    KindRow::operator("redis.redis.opstreelabs.in", "RedisSentinel", REDIS),
    KindRow::operator("scylla.scylladb.com", "ScyllaDBCluster", SCYLLA),
    KindRow::operator("scylla.scylladb.com", "ScyllaDBDatacenter", SCYLLA),
    KindRow::operator(
        "sparkoperator.k8s.io",
        "ScheduledSparkApplication",
        const {
            &[
                operator_image(
                    "spec.template.image",
                    Some("spec.template.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                operator_image(
                    "spec.template.driver.image",
                    Some("spec.template.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                operator_image(
                    "spec.template.executor.image",
                    Some("spec.template.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
            ]
        },
    ),
    KindRow::operator(
        "sparkoperator.k8s.io",
        "SparkApplication",
        const {
            &[
                operator_image(
                    "spec.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                operator_image(
                    "spec.driver.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
                operator_image(
                    "spec.executor.image",
                    Some("spec.imagePullPolicy"),
                    PullPolicy::IfNotPresent,
                ),
            ]
        },
    ),
    // Its controller takes the tag of a channel where there is no version.
    KindRow::operator(
        "upgrade.cattle.io",
        "Plan",
        const {
            &[
                ImageLocation::tagged_image("spec.prepare.image", PLAN_TAG),
                ImageLocation::tagged_image("spec.upgrade.image", PLAN_TAG),
            ]
        },
    ),
];

/// An image for which the object declares no pull policy.
const UNDECLARED_IMAGE: &[ImageLocation<'static>] = &[default_image("spec.image")];

const KAFKA_CLIENT: &[ImageLocation<'static>] = &[
    default_image("spec.image"),
    default_image("spec.clientRackInitImage"),
];

const VIRTUAL_MACHINE: &[ImageLocation<'static>] = &[
    image(
        "spec.template.spec.volumes[*].containerDisk.image",
        "spec.template.spec.volumes[*].containerDisk.imagePullPolicy",
    ),
    image(
        "spec.template.spec.domain.firmware.kernelBoot.container.image",
        "spec.template.spec.domain.firmware.kernelBoot.container.imagePullPolicy",
    ),
];

const ALWAYS_PULLED: &[ImageLocation<'static>] =
    &[operator_image("spec.image", None, PullPolicy::Always)];

const CROSSPLANE_PACKAGE: &[ImageLocation<'static>] = &[operator_image(
    "spec.package",
    Some("spec.packagePullPolicy"),
    PullPolicy::IfNotPresent,
)];

const REDIS: &[ImageLocation<'static>] = &[
    image(
        "spec.initContainer.image",
        "spec.initContainer.imagePullPolicy",
    ),
    image(
        "spec.kubernetesConfig.image",
        "spec.kubernetesConfig.imagePullPolicy",
    ),
    image(
        "spec.redisExporter.image",
        "spec.redisExporter.imagePullPolicy",
    ),
];

const SCYLLA: &[ImageLocation<'static>] = &[
    operator_image("spec.scyllaDB.image", None, PullPolicy::IfNotPresent),
    operator_image(
        "spec.scyllaDBManagerAgent.image",
        None,
        PullPolicy::IfNotPresent,
    ),
];

/// The version of an upgrade plan, which is the tag of an image without one.
const PLAN_TAG: &[(Part, PathPattern<'static>)] =
    &[(Part::Tag, PathPattern::known("spec.version"))];

/// An image that Kubernetes pulls by its default, unless a field declares its pull policy.
const fn image(path: &'static str, pull_policy: &'static str) -> ImageLocation<'static> {
    ImageLocation::known_image(path, pull_policy)
}

const fn default_image(path: &'static str) -> ImageLocation<'static> {
    ImageLocation::default_image(path)
}

const fn operator_image(
    path: &'static str,
    pull_policy: Option<&'static str>,
    default: PullPolicy,
) -> ImageLocation<'static> {
    ImageLocation::operator_image(path, pull_policy, default)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::OPERATORS;
    use crate::document::Value;
    use crate::workload::path_pattern::{PathPattern, Segment};
    use crate::workload::{Kind, ReadPlan, locate};

    /// An object with a text at the path of a pattern.
    fn object_with(pattern: &PathPattern<'_>, text: &str) -> String {
        let segments: Vec<_> = pattern.segments().collect();
        let mut json = format!("{text:?}");
        for segment in segments.into_iter().rev() {
            json = match segment {
                Segment::Field(name) => format!("{{{name:?}:{json}}}"),
                Segment::Named(_) | Segment::Each => format!("[{json}]"),
            };
        }
        json
    }

    #[test]
    fn every_row_finds_its_images() {
        for row in OPERATORS {
            for location in row.locations {
                let json = object_with(location.path(), "acme/app:main");
                let object = Value::parse(&json).unwrap();
                let kind = Kind::new(Cow::Borrowed(row.group), Cow::Borrowed(row.name));
                let located = locate(&object, &ReadPlan::of(kind));
                let images: Vec<_> = located.sites().iter().map(|site| site.image()).collect();
                assert_eq!(images, ["acme/app:main"], "{} {json}", row.name);
                assert_eq!(located.errors(), [], "{} {json}", row.name);
            }
        }
    }

    #[test]
    fn no_kind_has_two_rows() {
        let mut kinds: Vec<_> = OPERATORS.iter().map(|row| (row.group, row.name)).collect();
        let all = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), all);
    }
}
