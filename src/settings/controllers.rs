//! The built-in controllers of Kubernetes, whose objects have owners that were already
//! judged at admission.

/// The prefix of the user names of Kubernetes' own service accounts.
const SERVICE_ACCOUNTS: &str = "system:serviceaccount:kube-system:";

/// The controllers of kube-controller-manager that create Pods, or objects that create
/// Pods. Each has a service account of its own (`--use-service-account-credentials`).
const CONTROLLERS: [&str; 7] = [
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "job-controller",
    "replicaset-controller",
    "replication-controller",
    "statefulset-controller",
];

/// The user of every controller where they share the credentials of
/// kube-controller-manager.
const MANAGER: &str = "system:kube-controller-manager";

pub(super) fn is_built_in_controller(username: &str) -> bool {
    username == MANAGER
        || username
            .strip_prefix(SERVICE_ACCOUNTS)
            .is_some_and(|account| CONTROLLERS.contains(&account))
}
