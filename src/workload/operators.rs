//! The kinds of operators whose images the search alone would not find, or would judge by another
//! pull policy than the operator's. Their other images are searched for.
//!
//! The lines were read in the source of the operators; docs/kinds.md has the versions.

use std::borrow::Cow;

use super::image_location::{DefaultPullPolicy, ImageFields, ImageLocation, MissingTag, Part};
use super::path_pattern::PathPattern;
use crate::image::PullPolicy;

/// The images of operators' kinds, one per line, sorted by kind and field. A line has:
/// - the group and the kind;
/// - the field with the image;
/// - the fields that may declare its pull policy, of which the first that does so counts;
/// - the pull policy where none does.
///
/// A field whose name has no dot stands beside the image.
#[rustfmt::skip]
const OPERATORS: &[OperatorImage] = &[
    image("acid.zalan.do/OperatorConfiguration", "configuration.connection_pooler.connection_pooler_image", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/OperatorConfiguration", "configuration.docker_image", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/OperatorConfiguration", "configuration.logical_backup.logical_backup_docker_image", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/OperatorConfiguration", "configuration.scalyr.scalyr_image", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/OperatorConfiguration", "configuration.sidecar_docker_images[*]", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/postgresql", "spec.connectionPooler.dockerImage", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/postgresql", "spec.dockerImage", &[], IF_NOT_PRESENT),
    image("acid.zalan.do/postgresql", "spec.sidecars[*].image", &[], IF_NOT_PRESENT),
    image("agent.k8s.elastic.co/Agent", "spec.image", AGENT, KUBERNETES),
    image("apm.k8s.elastic.co/ApmServer", "spec.image", &["spec.podTemplate.spec.containers[apm-server].imagePullPolicy"], KUBERNETES),
    image("autoops.k8s.elastic.co/AutoOpsAgentPolicy", "spec.image", &["spec.podTemplate.spec.containers[autoops-agent].imagePullPolicy"], KUBERNETES),
    image("beat.k8s.elastic.co/Beat", "spec.image", &[], KUBERNETES),
    image("caching.internal.knative.dev/Image", "spec.image", &[], KUBERNETES),
    image("cassandra.datastax.com/CassandraDatacenter", "spec.configBuilderImage", &[], IF_NOT_PRESENT),
    image("cassandra.datastax.com/CassandraDatacenter", "spec.serverImage", &[], IF_NOT_PRESENT),
    image("cassandra.datastax.com/CassandraDatacenter", "spec.systemLoggerImage", &[], IF_NOT_PRESENT),
    image("cdi.kubevirt.io/DataVolume", "spec.source.registry.url", &[], IF_NOT_PRESENT),
    image("cdi.kubevirt.io/DataVolume", "spec.source.vddk.initImageURL", &[], KUBERNETES),
    image("cdi.kubevirt.io/VolumeImportSource", "spec.source.registry.url", &[], IF_NOT_PRESENT),
    image("cdi.kubevirt.io/VolumeImportSource", "spec.source.vddk.initImageURL", &[], KUBERNETES),
    image("ceph.rook.io/CephCOSIDriver", "spec.image", &[], KUBERNETES),
    image("ceph.rook.io/CephCOSIDriver", "spec.objectProvisionerImage", &[], KUBERNETES),
    image("ceph.rook.io/CephCluster", "spec.cephVersion.image", BESIDE, IF_NOT_PRESENT),
    image("ceph.rook.io/CephNFS", "spec.security.sssd.sidecar.image", &[], KUBERNETES),
    image("ceph.rook.io/CephNFS", "spec.server.image", BESIDE, IF_NOT_PRESENT),
    image("ceph.rook.io/CephNVMeOFGateway", "spec.image", &[], IF_NOT_PRESENT),
    split_image("cluster.redpanda.com/Console", "spec.image.repository", REDPANDA_CONSOLE, PULL_POLICY, IF_NOT_PRESENT),
    split_image("cluster.redpanda.com/NodePool", "spec.image.repository", REDPANDA, &[], KUBERNETES),
    split_image("cluster.redpanda.com/NodePool", "spec.initContainerImage.repository", BUSYBOX, &[], KUBERNETES),
    split_image("cluster.redpanda.com/NodePool", "spec.sidecarImage.repository", REDPANDA_OPERATOR, &[], KUBERNETES),
    image("cluster.redpanda.com/Pipeline", "spec.image", &[], KUBERNETES),
    split_image("cluster.redpanda.com/Redpanda", "spec.clusterSpec.console.image.repository", REDPANDA_CONSOLE, PULL_POLICY, IF_NOT_PRESENT),
    split_image("cluster.redpanda.com/Redpanda", "spec.clusterSpec.image.repository", REDPANDA, &[], KUBERNETES),
    split_image("cluster.redpanda.com/Redpanda", "spec.clusterSpec.statefulset.initContainerImage.repository", BUSYBOX, &[], KUBERNETES),
    split_image("cluster.redpanda.com/Redpanda", "spec.clusterSpec.statefulset.sideCars.controllers.image.repository", REDPANDA_OPERATOR, &[], KUBERNETES),
    split_image("cluster.redpanda.com/Redpanda", "spec.clusterSpec.statefulset.sideCars.image.repository", REDPANDA_OPERATOR, &[], KUBERNETES),
    split_image("cluster.redpanda.com/RedpandaBrokerPool", "spec.image.repository", REDPANDA, &[], KUBERNETES),
    split_image("cluster.redpanda.com/RedpandaBrokerPool", "spec.initContainerImage.repository", BUSYBOX, &[], KUBERNETES),
    split_image("cluster.redpanda.com/RedpandaBrokerPool", "spec.sidecarImage.repository", REDPANDA_OPERATOR, &[], KUBERNETES),
    split_image("cluster.redpanda.com/StretchCluster", "spec.image.repository", REDPANDA, &[], KUBERNETES),
    split_image("collectors.grafana.com/Alloy", "spec.configReloader.image.repository", ALLOY_RELOADER, &["spec.global.image.pullPolicy", "pullPolicy"], IF_NOT_PRESENT),
    split_image("collectors.grafana.com/Alloy", "spec.image.repository", ALLOY, &["spec.global.image.pullPolicy", "pullPolicy"], IF_NOT_PRESENT),
    image("compliance.openshift.io/ComplianceScan", "spec.contentImage", &[], IF_NOT_PRESENT),
    image("compliance.openshift.io/ComplianceSuite", "spec.scans[*].contentImage", &[], IF_NOT_PRESENT),
    image("compliance.openshift.io/ProfileBundle", "spec.contentImage", &[], IF_NOT_PRESENT),
    image("config.openshift.io/ClusterVersion", "spec.desiredUpdate.image", &[], KUBERNETES),
    image("core.humio.com/HumioBootstrapToken", "spec.bootstrapImage", &[], KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.helperImage", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.image", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.nodePools[*].spec.helperImage", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.nodePools[*].spec.image", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.nodePools[*].spec.sidecarContainer[*].image", BESIDE, KUBERNETES),
    image("core.humio.com/HumioCluster", "spec.sidecarContainer[*].image", BESIDE, KUBERNETES),
    image("core.humio.com/HumioPdfRenderService", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("core.spinkube.dev/SpinApp", "spec.image", &[], KUBERNETES),
    image("core.spinkube.dev/SpinAppExecutor", "spec.deploymentConfig.spinImage", &[], KUBERNETES),
    image("databases.spotahome.com/RedisFailover", "spec.redis.exporter.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.redis.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.sentinel.exporter.image", BESIDE, ALWAYS),
    image("databases.spotahome.com/RedisFailover", "spec.sentinel.image", BESIDE, ALWAYS),
    image("dragonflydb.io/Dragonfly", "spec.image", BESIDE, ALWAYS),
    image("elasticsearch.k8s.elastic.co/Elasticsearch", "spec.image", &[], KUBERNETES),
    image("enterprisesearch.k8s.elastic.co/EnterpriseSearch", "spec.image", &["spec.podTemplate.spec.containers[enterprise-search].imagePullPolicy"], KUBERNETES),
    image("flink.apache.org/FlinkBlueGreenDeployment", "spec.template.spec.image", &["imagePullPolicy", "spec.template.spec.flinkConfiguration[kubernetes.container.image.pull-policy]"], IF_NOT_PRESENT),
    image("flink.apache.org/FlinkDeployment", "spec.flinkConfiguration[kubernetes.container.image.ref]", FLINK, IF_NOT_PRESENT),
    image("flink.apache.org/FlinkDeployment", "spec.image", FLINK, IF_NOT_PRESENT),
    image("fluentbit.fluent.io/Collector", "spec.image", BESIDE, KUBERNETES),
    image("fluentbit.fluent.io/FluentBit", "spec.image", BESIDE, KUBERNETES),
    image("fluentd.fluent.io/Fluentd", "spec.image", BESIDE, KUBERNETES),
    image("gateway.envoyproxy.io/EnvoyProxy", "spec.provider.kubernetes.envoyDaemonSet.container.image", &[], IF_NOT_PRESENT),
    image("gateway.envoyproxy.io/EnvoyProxy", "spec.provider.kubernetes.envoyDeployment.container.image", &[], IF_NOT_PRESENT),
    image("goharbor.io/ChartMuseum", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Core", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Exporter", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.chartmuseum.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.core.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.exporter.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.jobservice.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.notary.server.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.notary.signer.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.portal.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.registry.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.registryctl.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/Harbor", "spec.trivy.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.cache.spec.redisFailover.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.chartmuseum.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.core.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.database.spec.zlandoPostgreSql.image", &[], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.exporter.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.jobservice.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.notary.server.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.notary.signer.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.portal.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.registry.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.registryctl.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.storage.spec.minIO.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/HarborCluster", "spec.trivy.image", &["imagePullPolicy", "spec.imageSource.imagePullPolicy"], IF_NOT_PRESENT),
    image("goharbor.io/JobService", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/NotaryServer", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/NotarySigner", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Portal", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Registry", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/RegistryController", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("goharbor.io/Trivy", "spec.image", BESIDE, IF_NOT_PRESENT),
    split_image("grafana.integreatly.org/Grafana", "spec.version", GRAFANA, &["spec.deployment.spec.template.spec.containers[grafana].imagePullPolicy"], IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.citadel.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.galley.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.gateways.egress.sds.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.gateways.ingress.sds.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.gateways.meshExpansion.sds.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.istioCoreDNS.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.istioCoreDNS.pluginImage", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.istiod.ca.vault.vaultEnvImage", &[], KUBERNETES),
    image("istio.banzaicloud.io/Istio", "spec.mixer.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.nodeAgent.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.pilot.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.policy.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.proxy.coreDumpImage", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.proxy.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.proxyInit.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.sidecarInjector.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.sidecarInjector.initCNIConfiguration.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/Istio", "spec.telemetry.image", OF_SPEC, IF_NOT_PRESENT),
    image("istio.banzaicloud.io/MeshGateway", "spec.sds.image", &[], IF_NOT_PRESENT),
    image("jaegertracing.io/Jaeger", "spec.agent.image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.allInOne.image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.collector.image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.ingester.image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.query.image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.cassandraCreateSchema.image", &[], KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.dependencies.image", &[], KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.elasticsearch.image", &[], KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.esIndexCleaner.image", BESIDE, KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.esRollover.image", &[], KUBERNETES),
    image("jaegertracing.io/Jaeger", "spec.storage.grpcPlugin.image", &[], KUBERNETES),
    image("k8s.mariadb.com/ExternalMariaDB", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.galera.agent.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.galera.initContainer.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.metrics.exporter.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.replication.agent.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.replication.initContainer.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MariaDB", "spec.sidecarContainers[*].image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MaxScale", "spec.image", BESIDE, KUBERNETES),
    image("k8s.mariadb.com/MaxScale", "spec.metrics.exporter.image", BESIDE, KUBERNETES),
    image("kafka.strimzi.io/Kafka", "spec.cruiseControl.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.entityOperator.tlsSidecar.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.entityOperator.topicOperator.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.entityOperator.userOperator.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.kafka.brokerRackInitImage", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.kafka.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.kafkaExporter.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/Kafka", "spec.zookeeper.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaBridge", "spec.clientRackInitImage", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaBridge", "spec.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaConnect", "spec.clientRackInitImage", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaConnect", "spec.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaConnect", "spec.plugins[*].artifacts[*].reference", PULL_POLICY, KUBERNETES),
    image("kafka.strimzi.io/KafkaMirrorMaker", "spec.image", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaMirrorMaker2", "spec.clientRackInitImage", &[], ALWAYS_LATEST),
    image("kafka.strimzi.io/KafkaMirrorMaker2", "spec.image", &[], ALWAYS_LATEST),
    image("kibana.k8s.elastic.co/Kibana", "spec.image", &["spec.podTemplate.spec.containers[kibana].imagePullPolicy"], KUBERNETES),
    image("kubevirt.io/KubeVirt", "spec.configuration.network.binding[*].sidecarImage", &["spec.configuration.imagePullPolicy"], IF_NOT_PRESENT),
    image("kubevirt.io/VirtualMachine", "spec.dataVolumeTemplates[*].spec.source.registry.url", &[], IF_NOT_PRESENT),
    image("kubevirt.io/VirtualMachine", "spec.dataVolumeTemplates[*].spec.source.vddk.initImageURL", &[], KUBERNETES),
    image("kubevirt.io/VirtualMachine", "spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachine", "spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstance", "spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstance", "spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstanceReplicaSet", "spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("kubevirt.io/VirtualMachineInstanceReplicaSet", "spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("logstash.k8s.elastic.co/Logstash", "spec.image", &["spec.podTemplate.spec.containers[logstash].imagePullPolicy"], KUBERNETES),
    image("longhorn.io/BackingImageManager", "spec.image", &[], IF_NOT_PRESENT),
    image("longhorn.io/EngineImage", "spec.image", &[], IF_NOT_PRESENT),
    image("longhorn.io/InstanceManager", "spec.image", &[], IF_NOT_PRESENT),
    image("longhorn.io/ShareManager", "spec.image", &[], IF_NOT_PRESENT),
    image("maps.k8s.elastic.co/ElasticMapsServer", "spec.image", &["spec.podTemplate.spec.containers[maps].imagePullPolicy"], KUBERNETES),
    image("minio.min.io/Tenant", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("minio.min.io/Tenant", "spec.kes.image", BESIDE, IF_NOT_PRESENT),
    split_image("monitoring.coreos.com/Alertmanager", "spec.baseImage", BASE_IMAGE, &["spec.containers[alertmanager].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/Alertmanager", "spec.containers[alertmanager].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/Alertmanager", "spec.containers[config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/Alertmanager", "spec.image", &["spec.containers[alertmanager].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/Alertmanager", "spec.initContainers[init-config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    split_image("monitoring.coreos.com/Alertmanager", "spec.tag", ALERTMANAGER_TAG, &["spec.containers[alertmanager].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    split_image("monitoring.coreos.com/Prometheus", "spec.baseImage", BASE_IMAGE, &["spec.containers[prometheus].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.containers[config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.containers[prometheus].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.containers[thanos-sidecar].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.image", &["spec.containers[prometheus].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.initContainers[init-config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    split_image("monitoring.coreos.com/Prometheus", "spec.tag", PROMETHEUS_TAG, &["spec.containers[prometheus].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    split_image("monitoring.coreos.com/Prometheus", "spec.thanos.baseImage", BASE_IMAGE, &["spec.containers[thanos-sidecar].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/Prometheus", "spec.thanos.image", &["spec.containers[thanos-sidecar].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    split_image("monitoring.coreos.com/Prometheus", "spec.thanos.tag", THANOS_TAG, &["spec.containers[thanos-sidecar].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/PrometheusAgent", "spec.containers[config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/PrometheusAgent", "spec.containers[prometheus].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/PrometheusAgent", "spec.image", &["spec.containers[prometheus].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("monitoring.coreos.com/PrometheusAgent", "spec.initContainers[init-config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/ThanosRuler", "spec.containers[config-reloader].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/ThanosRuler", "spec.containers[thanos-ruler].image", BESIDE_OR_OF_SPEC, KUBERNETES),
    image("monitoring.coreos.com/ThanosRuler", "spec.image", &["spec.containers[thanos-ruler].imagePullPolicy", "spec.imagePullPolicy"], KUBERNETES),
    image("mysql.oracle.com/InnoDBCluster", "spec.image", BESIDE, ALWAYS),
    image("mysql.oracle.com/InnoDBCluster", "spec.logs.collector.image", &[], KUBERNETES),
    image("mysql.oracle.com/InnoDBCluster", "spec.metrics.image", &[], IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.ccManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.dcgm.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.dcgmExporter.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.devicePlugin.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.driver.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.driver.manager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.gdrcopy.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.gds.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.gfd.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.kataManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.kataSandboxDevicePlugin.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.migManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.nodeStatusExporter.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.operator.initContainer.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.sandboxDevicePlugin.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.toolkit.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.validator.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.vfioManager.driverManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.vfioManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.vgpuDeviceManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.vgpuManager.driverManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/ClusterPolicy", "spec.vgpuManager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/GPUCluster", "spec.dcgm.image", NVIDIA, BESIDE, KUBERNETES),
    split_image("nvidia.com/GPUCluster", "spec.dcgmExporter.image", NVIDIA, BESIDE, KUBERNETES),
    split_image("nvidia.com/GPUCluster", "spec.draDriver.image", NVIDIA, BESIDE, KUBERNETES),
    split_image("nvidia.com/NVIDIADriver", "spec.gdrcopy.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/NVIDIADriver", "spec.gds.image", NVIDIA, &[], IF_NOT_PRESENT),
    split_image("nvidia.com/NVIDIADriver", "spec.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    split_image("nvidia.com/NVIDIADriver", "spec.manager.image", NVIDIA, BESIDE, IF_NOT_PRESENT),
    image("openfaas.com/Function", "spec.image", &[], ALWAYS),
    image("opentelemetry.io/Instrumentation", "spec.apacheHttpd.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.dotnet.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.go.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.java.extensions[*].image", &[], KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.java.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.nginx.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.nodejs.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/Instrumentation", "spec.python.image", OF_SPEC, KUBERNETES),
    image("opentelemetry.io/OpAMPBridge", "spec.image", BESIDE, KUBERNETES),
    image("opentelemetry.io/OpenTelemetryCollector", "spec.image", BESIDE, KUBERNETES),
    image("opentelemetry.io/OpenTelemetryCollector", "spec.targetAllocator.image", &[], KUBERNETES),
    image("opentelemetry.io/TargetAllocator", "spec.image", BESIDE, KUBERNETES),
    split_image("operator.victoriametrics.com/VLAgent", "spec.image.repository", VLAGENT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLCluster", "spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLCluster", "spec.vlinsert.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLCluster", "spec.vlselect.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLCluster", "spec.vlstorage.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VLDistributed", "spec.vmauth.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.vmauth.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlagent.spec.image.repository", VLAGENT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlcluster.spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlcluster.spec.vlinsert.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlcluster.spec.vlselect.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlcluster.spec.vlstorage.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zoneCommon.vlsingle.spec.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlagent.spec.image.repository", VLAGENT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlcluster.spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlcluster.spec.vlinsert.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlcluster.spec.vlselect.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlcluster.spec.vlstorage.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLDistributed", "spec.zones[*].vlsingle.spec.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLSingle", "spec.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VLogs", "spec.image.repository", VICTORIA_LOGS, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMAgent", "spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMAgent", "spec.image.repository", VMAGENT, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMAlert", "spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMAlert", "spec.image.repository", VMALERT, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMAlertmanager", "spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMAlertmanager", "spec.image.repository", ALERTMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMAnomaly", "spec.image.repository", VMANOMALY, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMAuth", "spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMAuth", "spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMCluster", "spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMCluster", "spec.vminsert.image.repository", VMINSERT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMCluster", "spec.vmselect.image.repository", VMSELECT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMCluster", "spec.vmstorage.image.repository", VMSTORAGE, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMCluster", "spec.vmstorage.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMDistributed", "spec.vmauth.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.vmauth.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmagent.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmagent.spec.image.repository", VMAGENT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmcluster.spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmcluster.spec.vminsert.image.repository", VMINSERT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmcluster.spec.vmselect.image.repository", VMSELECT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmcluster.spec.vmstorage.image.repository", VMSTORAGE, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmcluster.spec.vmstorage.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmsingle.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmsingle.spec.image.repository", VICTORIA_METRICS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zoneCommon.vmsingle.spec.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmagent.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmagent.spec.image.repository", VMAGENT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmcluster.spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmcluster.spec.vminsert.image.repository", VMINSERT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmcluster.spec.vmselect.image.repository", VMSELECT, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmcluster.spec.vmstorage.image.repository", VMSTORAGE, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmcluster.spec.vmstorage.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmsingle.spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmsingle.spec.image.repository", VICTORIA_METRICS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMDistributed", "spec.zones[*].vmsingle.spec.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    image("operator.victoriametrics.com/VMSingle", "spec.configReloaderImage", &[], KUBERNETES),
    split_image("operator.victoriametrics.com/VMSingle", "spec.image.repository", VICTORIA_METRICS, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VMSingle", "spec.vmBackup.image.repository", VMBACKUPMANAGER, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VTCluster", "spec.insert.image.repository", VICTORIA_TRACES, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VTCluster", "spec.requestsLoadBalancer.spec.image.repository", VMAUTH, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VTCluster", "spec.select.image.repository", VICTORIA_TRACES, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VTCluster", "spec.storage.image.repository", VICTORIA_TRACES, PULL_POLICY, IF_NOT_PRESENT),
    split_image("operator.victoriametrics.com/VTSingle", "spec.image.repository", VICTORIA_TRACES, PULL_POLICY, IF_NOT_PRESENT),
    image("operators.coreos.com/CatalogSource", "spec.image", &[], ALWAYS),
    image("packageregistry.k8s.elastic.co/PackageRegistry", "spec.image", &["spec.podTemplate.spec.containers[package-registry].imagePullPolicy"], KUBERNETES),
    image("perf.kubestone.xridge.io/Drill", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/EsRally", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Fio", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Ioping", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Iperf3", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/KafkaBench", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/OcpLogtest", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Pgbench", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Qperf", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/S3Bench", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/Sysbench", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("perf.kubestone.xridge.io/YcsbBench", "spec.image.name", PULL_POLICY, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.backups.pgbackrest.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.backups.pgbackrest.initContainer.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.extensions.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.initContainer.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.instances[*].initContainer.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.logcollector.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.pmm.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGCluster", "spec.proxy.pgBouncer.image", OF_SPEC, KUBERNETES),
    image("pgv2.percona.com/PerconaPGUpgrade", "spec.image", BESIDE, KUBERNETES),
    image("pgv2.percona.com/PerconaPGUpgrade", "spec.toPgBackRestImage", &[], KUBERNETES),
    image("pgv2.percona.com/PerconaPGUpgrade", "spec.toPgBouncerImage", &[], KUBERNETES),
    image("pgv2.percona.com/PerconaPGUpgrade", "spec.toPostgresImage", &[], KUBERNETES),
    image("pkg.crossplane.io/Configuration", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/ConfigurationRevision", "spec.image", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/Function", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/FunctionRevision", "spec.image", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/Provider", "spec.package", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("pkg.crossplane.io/ProviderRevision", "spec.image", &["packagePullPolicy"], IF_NOT_PRESENT),
    image("policies.kubewarden.io/PolicyServer", "spec.image", &[], KUBERNETES),
    image("pool.kubevirt.io/VirtualMachinePool", "spec.virtualMachineTemplate.spec.template.spec.domain.firmware.kernelBoot.container.image", BESIDE, KUBERNETES),
    image("pool.kubevirt.io/VirtualMachinePool", "spec.virtualMachineTemplate.spec.template.spec.volumes[*].containerDisk.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PGAdmin", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PGAdmin", "spec.instrumentation.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PGUpgrade", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.backups.pgbackrest.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.image", BESIDE, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.instrumentation.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.monitoring.pgmonitor.exporter.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.proxy.pgBouncer.image", OF_SPEC, KUBERNETES),
    image("postgres-operator.crunchydata.com/PostgresCluster", "spec.userInterface.pgAdmin.image", OF_SPEC, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.initContainer.image", &["spec.backup.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.pitr.binlogServer.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.pitr.binlogServer.initContainer.image", &["spec.backup.pitr.binlogServer.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.backup.pitr.binlogServer.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.initContainer.image", &["spec.mysql.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.initImage", &["spec.mysql.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.mysql.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.mysql.initContainer.image", &["spec.mysql.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.mysql.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.orchestrator.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.orchestrator.initContainer.image", &["spec.orchestrator.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.orchestrator.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.pmm.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.haproxy.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.haproxy.initContainer.image", &["spec.proxy.haproxy.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.haproxy.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.router.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.router.initContainer.image", &["spec.proxy.router.imagePullPolicy"], KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.proxy.router.initImage", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQL", "spec.toolkit.image", BESIDE, KUBERNETES),
    image("ps.percona.com/PerconaServerMySQLClusterSet", "spec.mysqlshellRunner.image", &[], KUBERNETES),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.backup.image", OF_SPEC, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.image", BESIDE, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.initImage", BESIDE, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.logcollector.image", BESIDE, KUBERNETES),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.pmm.image", OF_SPEC, ALWAYS),
    image("psmdb.percona.com/PerconaServerMongoDB", "spec.search.image", BESIDE, KUBERNETES),
    image("psmdb.percona.com/PerconaServerMongoDBClusterSync", "spec.image", BESIDE, KUBERNETES),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.backup.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.haproxy.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.initContainer.image", &["spec.pxc.imagePullPolicy"], ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.initImage", &["spec.pxc.imagePullPolicy"], ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.logcollector.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.pmm.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.proxysql.image", BESIDE, ALWAYS),
    image("pxc.percona.com/PerconaXtraDBCluster", "spec.pxc.image", BESIDE, ALWAYS),
    image("rabbitmq.com/RabbitmqCluster", "spec.image", &["spec.override.statefulSet.spec.template.spec.containers[rabbitmq].imagePullPolicy"], KUBERNETES),
    image("rabbitmq.com/RabbitmqCluster", "spec.secretBackend.vault.defaultUserUpdaterImage", &[], KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/Redis", "spec.sidecars[*].image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisCluster", "spec.sidecars[*].image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.sentinel.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisReplication", "spec.sidecars[*].image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.initContainer.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.kubernetesConfig.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.redisExporter.image", BESIDE, KUBERNETES),
    image("redis.redis.opstreelabs.in/RedisSentinel", "spec.sidecars[*].image", BESIDE, KUBERNETES),
    split_image("redpanda.vectorized.io/Cluster", "spec.image", REDPANDA_V1, &[], KUBERNETES),
    image("redpanda.vectorized.io/Console", "spec.deployment.image", BESIDE, KUBERNETES),
    image("renovate-operator.mogenius.com/RenovateJob", "spec.image", &[], KUBERNETES),
    image("ripsaw.cloudbulldozer.io/Benchmark", "spec.metadata.image", &[], ALWAYS),
    image("ripsaw.cloudbulldozer.io/Benchmark", "spec.system_metrics.image", &[], ALWAYS),
    image("ripsaw.cloudbulldozer.io/Benchmark", "spec.workload.args.image", &[], ALWAYS),
    split_image("scylla.scylladb.com/ScyllaCluster", "spec.agentRepository", SCYLLA_AGENT, &[], IF_NOT_PRESENT),
    split_image("scylla.scylladb.com/ScyllaCluster", "spec.repository", SCYLLA, &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBCluster", "spec.scyllaDB.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBCluster", "spec.scyllaDBManagerAgent.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBDatacenter", "spec.scyllaDB.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaDBDatacenter", "spec.scyllaDBManagerAgent.image", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaOperatorConfig", "spec.scyllaDBNodeExporterImage", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaOperatorConfig", "spec.scyllaUtilsImage", &[], IF_NOT_PRESENT),
    image("scylla.scylladb.com/ScyllaOperatorConfig", "spec.unsupportedBashToolsImageOverride", &[], IF_NOT_PRESENT),
    split_image("solr.apache.org/SolrCloud", "spec.busyBoxImage.repository", BUSYBOX, PULL_POLICY, KUBERNETES),
    split_image("solr.apache.org/SolrCloud", "spec.solrImage.repository", SOLR, PULL_POLICY, KUBERNETES),
    split_image("solr.apache.org/SolrCloud", "spec.zookeeperRef.provided.image.repository", ZOOKEEPER, PULL_POLICY, IF_NOT_PRESENT),
    split_image("solr.apache.org/SolrPrometheusExporter", "spec.busyBoxImage.repository", BUSYBOX, PULL_POLICY, KUBERNETES),
    split_image("solr.apache.org/SolrPrometheusExporter", "spec.image.repository", SOLR, PULL_POLICY, KUBERNETES),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.driver.image", &["spec.template.imagePullPolicy"], IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.executor.image", &["spec.template.imagePullPolicy"], IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/ScheduledSparkApplication", "spec.template.image", BESIDE, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.driver.image", OF_SPEC, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.executor.image", OF_SPEC, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkApplication", "spec.image", BESIDE, IF_NOT_PRESENT),
    image("sparkoperator.k8s.io/SparkConnect", "spec.image", &[], IF_NOT_PRESENT),
    image("trident.netapp.io/TridentOrchestrator", "spec.autosupportImage", BESIDE, IF_NOT_PRESENT),
    image("trident.netapp.io/TridentOrchestrator", "spec.tridentImage", BESIDE, IF_NOT_PRESENT),
    split_image("upgrade.cattle.io/Plan", "spec.prepare.image", PLAN, &[], ALWAYS),
    split_image("upgrade.cattle.io/Plan", "spec.upgrade.image", PLAN, &[], ALWAYS),
    split_image("zookeeper.pravega.io/ZookeeperCluster", "spec.image.repository", ZOOKEEPER, PULL_POLICY, ALWAYS),
];

/// The fields in which operators' kinds have containers, beside the lists that all kinds have:
/// a container there may have nothing but an image. A line has:
/// - the group and the kind;
/// - the names of the fields, wherever they stand, of an object or a list;
/// - the pull policy of a container that declares none;
/// - whether the operator fills in placeholders.
#[rustfmt::skip]
const CONTAINERS: &[ContainerFields] = &[
    containers("argoproj.io/ClusterWorkflowTemplate", ARGO, KUBERNETES, Placeholders::Filled),
    containers("argoproj.io/CronWorkflow", ARGO, KUBERNETES, Placeholders::Filled),
    containers("argoproj.io/Workflow", ARGO, KUBERNETES, Placeholders::Filled),
    containers("argoproj.io/WorkflowTemplate", ARGO, KUBERNETES, Placeholders::Filled),
    containers("numaflow.numaproj.io/MonoVertex", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("numaflow.numaproj.io/Pipeline", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("numaflow.numaproj.io/ServingPipeline", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("numaflow.numaproj.io/Vertex", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("numaplane.numaproj.io/MonoVertexRollout", &["container"], KUBERNETES, Placeholders::Filled),
    containers("numaplane.numaproj.io/PipelineRollout", &["container"], KUBERNETES, Placeholders::Filled),
    containers("pgv2.percona.com/PerconaPGCluster", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("ps.percona.com/PerconaServerMySQL", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("psmdb.percona.com/PerconaServerMongoDB", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("pxc.percona.com/PerconaXtraDBCluster", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("serving.kserve.io/ClusterServingRuntime", &[], IF_NOT_PRESENT, Placeholders::Filled),
    containers("serving.kserve.io/ClusterStorageContainer", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("serving.kserve.io/InferenceService", KSERVE, IF_NOT_PRESENT, Placeholders::Unfilled),
    containers("serving.kserve.io/ServingRuntime", &[], IF_NOT_PRESENT, Placeholders::Filled),
    containers("serving.kubeflow.org/InferenceService", &["container"], KUBERNETES, Placeholders::Unfilled),
    containers("sparkoperator.k8s.io/ScheduledSparkApplication", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("sparkoperator.k8s.io/SparkApplication", &["sidecars"], KUBERNETES, Placeholders::Unfilled),
    containers("tekton.dev/ClusterTask", TEKTON, KUBERNETES, Placeholders::Filled),
    containers("tekton.dev/Pipeline", TEKTON, KUBERNETES, Placeholders::Filled),
    containers("tekton.dev/PipelineRun", TEKTON, KUBERNETES, Placeholders::Filled),
    containers("tekton.dev/StepAction", &["spec"], KUBERNETES, Placeholders::Filled),
    containers("tekton.dev/Task", TEKTON, KUBERNETES, Placeholders::Filled),
    containers("tekton.dev/TaskRun", TEKTON, KUBERNETES, Placeholders::Filled),
];

const ARGO: &[&str] = &["container", "script", "sidecars"];
const KSERVE: &[&str] = &[
    "art",
    "container",
    "huggingface",
    "lightgbm",
    "model",
    "onnx",
    "paddle",
    "pmml",
    "pytorch",
    "sklearn",
    "tensorflow",
    "triton",
    "xgboost",
];
const TEKTON: &[&str] = &["sidecars", "stepTemplate", "steps"];

/// The fields that declare pull policies in many kinds.
const BESIDE: &[&str] = &["imagePullPolicy"];
const OF_SPEC: &[&str] = &["spec.imagePullPolicy"];
const BESIDE_OR_OF_SPEC: &[&str] = &["imagePullPolicy", "spec.imagePullPolicy"];
const PULL_POLICY: &[&str] = &["pullPolicy"];
/// An Elastic Agent is deployed as one of these three workloads.
const AGENT: &[&str] = &[
    "spec.daemonSet.podTemplate.spec.containers[agent].imagePullPolicy",
    "spec.deployment.podTemplate.spec.containers[agent].imagePullPolicy",
    "spec.statefulSet.podTemplate.spec.containers[agent].imagePullPolicy",
];

/// The default of Kubernetes, since the operator adds none.
const KUBERNETES: DefaultPullPolicy = DefaultPullPolicy::Kubernetes;
const ALWAYS: DefaultPullPolicy = DefaultPullPolicy::Operator(PullPolicy::Always);
const ALWAYS_LATEST: DefaultPullPolicy = DefaultPullPolicy::AlwaysLatest;
const IF_NOT_PRESENT: DefaultPullPolicy = DefaultPullPolicy::Operator(PullPolicy::IfNotPresent);

/// The deprecated fields beside an `image` of the Prometheus operator, which counts before them.
const BASE_IMAGE: &Split = &Split {
    others: &[
        (Part::Tag, "version"),
        (Part::Tag, "tag"),
        (Part::Digest, "sha"),
    ],
    unless: &["image"],
    ..Split::of(Part::Repository)
};
const ALERTMANAGER_TAG: &Split = &Split::base_tag("quay.io/prometheus/alertmanager");
const PROMETHEUS_TAG: &Split = &Split::base_tag("quay.io/prometheus/prometheus");
const THANOS_TAG: &Split = &Split::base_tag("quay.io/thanos/thanos");

/// The fields with the pull policy of a Flink deployment: what is configured counts before the
/// template of the Pods.
const FLINK: &[&str] = &[
    "spec.imagePullPolicy",
    "spec.flinkConfiguration[kubernetes.container.image.pull-policy]",
    "spec.podTemplate.spec.containers[flink-main-container].imagePullPolicy",
];

const ALLOY: &Split = &Split::of_chart("grafana/alloy");
const ALLOY_RELOADER: &Split =
    &Split::of_chart("quay.io/prometheus-operator/prometheus-config-reloader");

/// A version, or a whole image.
const GRAFANA: &Split = &Split {
    default_repository: Some("docker.io/grafana/grafana"),
    ..Split::of(Part::Tag)
};
const NVIDIA: &Split = &Split {
    others: &[(Part::Repository, "repository"), (Part::Tag, "version")],
    ..Split::of(Part::Image)
};
/// The version of an upgrade plan, which is the tag of an image without one.
const PLAN: &Split = &Split {
    others: &[(Part::Tag, "spec.version")],
    ..Split::of(Part::Image)
};
const REDPANDA_V1: &Split = &Split {
    others: &[(Part::Tag, "version")],
    ..Split::of(Part::Image)
};
const SCYLLA: &Split = &Split {
    others: &[(Part::Tag, "version")],
    default_repository: Some("docker.io/scylladb/scylla"),
    ..Split::of(Part::Repository)
};
const SCYLLA_AGENT: &Split = &Split {
    others: &[(Part::Tag, "agentVersion")],
    default_repository: Some("docker.io/scylladb/scylla-manager-agent"),
    ..Split::of(Part::Repository)
};

const ALERTMANAGER: &Split = &Split::repository_and_tag("prom/alertmanager");
const BUSYBOX: &Split = &Split::repository_and_tag("library/busybox");
const REDPANDA: &Split = &Split::repository_and_tag("docker.redpanda.com/redpandadata/redpanda");
const REDPANDA_CONSOLE: &Split = &Split {
    others: &[(Part::Registry, "registry"), (Part::Tag, "tag")],
    ..Split::repository_and_tag("docker.redpanda.com/redpandadata/console")
};
const REDPANDA_OPERATOR: &Split =
    &Split::repository_and_tag("docker.redpanda.com/redpandadata/redpanda-operator");
const SOLR: &Split = &Split::repository_and_tag("library/solr");
const VICTORIA_LOGS: &Split = &Split::repository_and_tag("victoriametrics/victoria-logs");
const VICTORIA_METRICS: &Split = &Split::repository_and_tag("victoriametrics/victoria-metrics");
const VICTORIA_TRACES: &Split = &Split::repository_and_tag("victoriametrics/victoria-traces");
const VLAGENT: &Split = &Split::repository_and_tag("victoriametrics/vlagent");
const VMAGENT: &Split = &Split::repository_and_tag("victoriametrics/vmagent");
const VMALERT: &Split = &Split::repository_and_tag("victoriametrics/vmalert");
const VMANOMALY: &Split = &Split::repository_and_tag("victoriametrics/vmanomaly");
const VMAUTH: &Split = &Split::repository_and_tag("victoriametrics/vmauth");
const VMBACKUPMANAGER: &Split = &Split::repository_and_tag("victoriametrics/vmbackupmanager");
const VMINSERT: &Split = &Split::repository_and_tag("victoriametrics/vminsert");
const VMSELECT: &Split = &Split::repository_and_tag("victoriametrics/vmselect");
const VMSTORAGE: &Split = &Split::repository_and_tag("victoriametrics/vmstorage");
const ZOOKEEPER: &Split = &Split::repository_and_tag("pravega/zookeeper");

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
    /// The repository of a tag alone, if the operator has one.
    default_repository: Option<&'static str>,
    /// Fields that each replace this image if they are set.
    unless: &'static [&'static str],
}

impl Split {
    const fn of(own: Part) -> Self {
        Self {
            own,
            others: &[],
            default_repository: None,
            unless: &[],
        }
    }

    /// A `repository` with a `tag` beside it.
    const fn repository_and_tag(default_repository: &'static str) -> Self {
        Self {
            others: &[(Part::Tag, "tag")],
            default_repository: Some(default_repository),
            ..Self::of(Part::Repository)
        }
    }

    /// The `repository` in the values of a chart of Grafana's.
    const fn of_chart(default_repository: &'static str) -> Self {
        Self {
            others: &[
                (Part::Registry, "registry"),
                (Part::Registry, "spec.global.image.registry"),
                (Part::Tag, "tag"),
                (Part::Digest, "digest"),
            ],
            default_repository: Some(default_repository),
            ..Self::of(Part::Repository)
        }
    }

    /// The deprecated `tag` of the Prometheus operator without its `baseImage`.
    const fn base_tag(default_repository: &'static str) -> Self {
        Self {
            others: &[(Part::Digest, "sha")],
            default_repository: Some(default_repository),
            unless: &["image", "baseImage"],
            ..Self::of(Part::Tag)
        }
    }
}

/// The fields with containers in the objects of an operator's kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ContainerFields {
    kind: &'static str,
    names: &'static [&'static str],
    default_pull_policy: DefaultPullPolicy,
    placeholders: Placeholders,
}

/// The treatment of placeholders by an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholders {
    Filled,
    Unfilled,
}

const fn containers(
    kind: &'static str,
    names: &'static [&'static str],
    default_pull_policy: DefaultPullPolicy,
    placeholders: Placeholders,
) -> ContainerFields {
    ContainerFields {
        kind,
        names,
        default_pull_policy,
        placeholders,
    }
}

impl ContainerFields {
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    pub(super) const fn default_pull_policy(&self) -> DefaultPullPolicy {
        self.default_pull_policy
    }

    pub(super) fn can_hold_placeholders(&self) -> bool {
        self.placeholders == Placeholders::Filled
    }
}

/// The fields with containers in the objects of an operator's kind.
pub(super) fn container_fields(group: &str, name: &str) -> Option<&'static ContainerFields> {
    let kind = format!("{group}/{name}");
    let found = CONTAINERS.binary_search_by(|containers| containers.kind.cmp(&kind));
    found.ok().and_then(|index| CONTAINERS.get(index))
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
    let kind = format!("{group}/{name}");
    let first = OPERATORS.partition_point(|image| image.kind < kind.as_str());
    let images = OPERATORS.iter().skip(first);
    let images = images.take_while(|image| image.kind == kind);
    images.flat_map(OperatorImage::locations).collect()
}

impl OperatorImage {
    fn locations(&self) -> Vec<ImageLocation<'static>> {
        let field = PathPattern::known(self.field);
        let mut pull_policies = self.pull_policy.iter().map(|field| self.pattern(field));
        let fields = ImageFields {
            pull_policy: pull_policies.next(),
            other_pull_policies: pull_policies.collect(),
            default_pull_policy: self.default_pull_policy,
            ..ImageFields::default()
        };
        let Some(split) = self.split else {
            return ImageLocation::of_parts(vec![(Part::Image, field)], None, &fields);
        };
        let mut parts = vec![(split.own, field)];
        let others = split.others.iter();
        parts.extend(others.map(|(part, field)| (*part, self.pattern(field))));
        let unless = split.unless.iter();
        let fields = ImageFields {
            missing_tag: MissingTag::Unknown,
            unless: unless.map(|field| self.pattern(field)).collect(),
            ..fields
        };
        let default_repository = split.default_repository.map(Cow::Borrowed);
        ImageLocation::of_parts(parts, default_repository, &fields)
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
    use crate::workload::image_location::Content;

    #[test]
    fn every_field_of_the_table_is_a_pattern() {
        for image in OPERATORS {
            for location in image.locations() {
                let Content::Image(fields) = location.content() else {
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
        let kinds: Vec<_> = CONTAINERS.iter().map(|fields| fields.kind).collect();
        assert!(kinds.is_sorted_by(|kind, next| kind < next));
    }

    /// The kind and the field of the image in every case.
    fn cases() -> Vec<(&'static str, &'static str)> {
        let table = include_str!("../../tests/cases/operators.tsv");
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let columns = lines.map(|line| line.split('\t'));
        let fields = columns.filter_map(|mut line| Some((line.next()?, line.next()?)));
        fields.collect()
    }

    #[test]
    fn every_line_of_the_table_has_a_case() {
        let cases = cases();
        for image in OPERATORS {
            assert!(cases.contains(&(image.kind, image.field)), "{image:?}");
        }
        for containers in CONTAINERS {
            for name in containers.names {
                let has_case = cases.iter().any(|(kind, field)| {
                    let holder = field.strip_suffix(".image").unwrap_or_default();
                    let holder = holder.strip_suffix("[*]").unwrap_or(holder);
                    *kind == containers.kind && holder.rsplit('.').next() == Some(name)
                });
                assert!(has_case, "{name} of {containers:?}");
            }
        }
    }

    #[test]
    fn every_kind_is_documented() {
        let page = include_str!("../../docs/kinds.md");
        let kinds = OPERATORS.iter().map(|image| image.kind);
        let kinds = kinds.chain(CONTAINERS.iter().map(|containers| containers.kind));
        for kind in kinds {
            let (group, name) = kind.split_once('/').unwrap();
            let rows = page
                .lines()
                .filter_map(|row| row.strip_prefix("| ")?.split_once(" | "));
            let mut rows = rows.filter(|(first, _)| *first == group);
            let is_listed = rows.any(|(_, row)| {
                let (kinds, version) = row.split_once(" | ").unwrap();
                kinds.split(", ").any(|listed| listed == name) && version.len() > " |".len()
            });
            assert!(is_listed, "docs/kinds.md, Other operators: {kind}");
        }
    }
}
