//! The users whose objects have owners that were judged already.

/// Where Kubernetes keeps the service accounts of its controllers.
const SERVICE_ACCOUNTS: &str = "system:serviceaccount:kube-system:";

/// The controllers of Kubernetes' controller manager that make Pods, or what makes
/// Pods, each with its own service account (`--use-service-account-credentials`).
const CONTROLLERS: [&str; 7] = [
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "job-controller",
    "replicaset-controller",
    "replication-controller",
    "statefulset-controller",
];

/// The controller manager where its controllers share one user.
const MANAGER: &str = "system:kube-controller-manager";

/// Whether a user is one of Kubernetes' own controllers.
pub(super) fn is_built_in_controller(username: &str) -> bool {
    username == MANAGER
        || username
            .strip_prefix(SERVICE_ACCOUNTS)
            .is_some_and(|account| CONTROLLERS.contains(&account))
}
