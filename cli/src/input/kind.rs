//! Derives from a kind what a manifest does not say: its resource and its scope.

use crate::input::error::Problem;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) name: String,
}

/// The cluster-scoped kinds of Kubernetes, and custom ones that name an image. All others
/// count as namespaced, as most are.
const CLUSTER_SCOPED: &[(&str, &[&str])] = &[
    (
        "",
        &["ComponentStatus", "Namespace", "Node", "PersistentVolume"],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io", &["APIService"]),
    (
        "argoproj.io",
        &["ClusterAnalysisTemplate", "ClusterWorkflowTemplate"],
    ),
    ("cert-manager.io", &["ClusterIssuer"]),
    (
        "certificates.k8s.io",
        &["CertificateSigningRequest", "ClusterTrustBundle"],
    ),
    ("config.openshift.io", &["ClusterVersion"]),
    (
        "flowcontrol.apiserver.k8s.io",
        &["FlowSchema", "PriorityLevelConfiguration"],
    ),
    (
        "networking.k8s.io",
        &["IngressClass", "IPAddress", "ServiceCIDR"],
    ),
    ("node.k8s.io", &["RuntimeClass"]),
    (
        "nvidia.com",
        &["ClusterPolicy", "GPUCluster", "NVIDIADriver"],
    ),
    ("operator.tigera.io", &["Installation"]),
    (
        "pkg.crossplane.io",
        &[
            "Configuration",
            "ConfigurationRevision",
            "ControllerConfig",
            "DeploymentRuntimeConfig",
            "Function",
            "FunctionRevision",
            "Provider",
            "ProviderRevision",
        ],
    ),
    (
        "policies.kubewarden.io",
        &[
            "ClusterAdmissionPolicy",
            "ClusterAdmissionPolicyGroup",
            "PolicyServer",
        ],
    ),
    ("postgresql.cnpg.io", &["ClusterImageCatalog"]),
    (
        "rbac.authorization.k8s.io",
        &["ClusterRole", "ClusterRoleBinding"],
    ),
    (
        "resource.k8s.io",
        &["DeviceClass", "DeviceTaintRule", "ResourceSlice"],
    ),
    ("scheduling.k8s.io", &["PriorityClass"]),
    ("scylla.scylladb.com", &["ScyllaOperatorConfig"]),
    (
        "serving.kserve.io",
        &["ClusterServingRuntime", "ClusterStorageContainer"],
    ),
    (
        "storage.k8s.io",
        &[
            "CSIDriver",
            "CSINode",
            "StorageClass",
            "VolumeAttachment",
            "VolumeAttributesClass",
        ],
    ),
    ("storagemigration.k8s.io", &["StorageVersionMigration"]),
    ("tekton.dev", &["ClusterTask"]),
    ("trident.netapp.io", &["TridentOrchestrator"]),
];

/// The groups of Kubernetes' own kinds.
const BUILT_IN: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "extensions",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
];

impl Kind {
    pub(crate) fn new(api_version: &str, name: &str) -> Result<Self, Problem> {
        let (group, version) = match api_version.split_once('/') {
            Some((group, version)) => (group, version),
            None => ("", api_version),
        };
        let is_core = !api_version.contains('/');
        if version.is_empty() || version.contains('/') || (group.is_empty() && !is_core) {
            return Err(Problem::ApiVersion(api_version.to_owned()));
        }
        Ok(Self {
            group: group.to_owned(),
            version: version.to_owned(),
            name: name.to_owned(),
        })
    }

    pub(crate) fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// Whether the kind is `List`, in which `kubectl get` wraps objects of any kind.
    pub(crate) fn is_any_list(&self) -> bool {
        self.group.is_empty() && self.name == "List"
    }

    /// Whether the kind is one of Kubernetes itself, and not a custom resource's.
    pub(crate) fn is_built_in(&self) -> bool {
        BUILT_IN.contains(&self.group.as_str())
    }

    pub(crate) fn is_cluster_scoped(&self) -> bool {
        CLUSTER_SCOPED
            .iter()
            .any(|(group, kinds)| *group == self.group && kinds.contains(&self.name.as_str()))
    }

    /// The plural under which the API server serves the kind. The manifest does not have it, so
    /// that it is guessed by the rules of English.
    pub(crate) fn resource(&self) -> String {
        let singular = self.name.to_lowercase();
        if singular == "endpoints" {
            return singular;
        }
        if let Some(stem) = singular.strip_suffix('y')
            && !stem.ends_with(['a', 'e', 'o', 'u'])
        {
            return format!("{stem}ies");
        }
        let hisses = ["s", "x", "z", "ch", "sh"];
        if hisses.iter().any(|ending| singular.ends_with(ending)) {
            return format!("{singular}es");
        }
        format!("{singular}s")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn kind(group: &str, name: &str) -> Kind {
        Kind {
            group: group.to_owned(),
            version: "v1".to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn knows_the_kinds_of_operators_that_are_in_no_namespace() {
        for (group, name, is_cluster_scoped) in [
            ("argoproj.io", "ClusterWorkflowTemplate", true),
            ("argoproj.io", "WorkflowTemplate", false),
            ("pkg.crossplane.io", "Provider", true),
            ("kubernetes.crossplane.io", "Provider", false),
            ("serving.kserve.io", "ClusterServingRuntime", true),
            ("serving.kserve.io", "ServingRuntime", false),
        ] {
            assert_eq!(
                kind(group, name).is_cluster_scoped(),
                is_cluster_scoped,
                "{name}"
            );
        }
    }

    #[test]
    fn a_kind_has_the_plural_that_the_api_server_serves() {
        let cases = [
            ("Pod", "pods"),
            ("PodTemplate", "podtemplates"),
            ("ReplicationController", "replicationcontrollers"),
            ("Deployment", "deployments"),
            ("StatefulSet", "statefulsets"),
            ("ControllerRevision", "controllerrevisions"),
            ("CronJob", "cronjobs"),
            ("Ingress", "ingresses"),
            ("StorageClass", "storageclasses"),
            ("NetworkPolicy", "networkpolicies"),
            ("Gateway", "gateways"),
            ("Endpoints", "endpoints"),
            ("Prometheus", "prometheuses"),
            ("Kafka", "kafkas"),
            ("ImageCatalog", "imagecatalogs"),
        ];
        for (name, expected) in cases {
            assert_eq!(kind("", name).resource(), expected);
        }
    }

    #[test]
    fn parses_api_versions_with_and_without_a_group() {
        for (text, group, version) in [("v1", "", "v1"), ("apps/v1", "apps", "v1")] {
            let kind = Kind::new(text, "Pod").unwrap();
            assert_eq!(
                (kind.group.as_str(), kind.version.as_str()),
                (group, version)
            );
            assert_eq!(kind.api_version(), text);
        }
        for text in ["/v1", "apps/", "a/b/c", "/", "//"] {
            let problem = Kind::new(text, "Pod").unwrap_err();
            assert_eq!(
                problem.to_string(),
                format!("\"apiVersion\" is {text:?}: it must be \"version\" or \"group/version\"")
            );
        }
    }

    #[test]
    fn scope_goes_by_group_and_kind() {
        assert!(kind("", "Namespace").is_cluster_scoped());
        assert!(!kind("", "Pod").is_cluster_scoped());
        assert!(kind("rbac.authorization.k8s.io", "ClusterRole").is_cluster_scoped());
        assert!(!kind("example.com", "ClusterRole").is_cluster_scoped());
        assert!(kind("postgresql.cnpg.io", "ClusterImageCatalog").is_cluster_scoped());
        assert!(!kind("postgresql.cnpg.io", "ImageCatalog").is_cluster_scoped());
    }
}
