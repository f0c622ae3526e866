//! The built-in controllers of Kubernetes, whose objects have owners that were already
//! judged at admission.

use crate::workload::{Kind, OwnerKind};

/// The prefix of the user names of Kubernetes' own service accounts.
const SERVICE_ACCOUNTS: &str = "system:serviceaccount:kube-system:";

/// A group and a kind.
type GroupKind = (&'static str, &'static str);

const POD: GroupKind = ("", "Pod");
const REVISION: GroupKind = ("apps", "ControllerRevision");

/// The objects that controllers of kube-controller-manager make for their owners: the
/// controller, the object and the owner. Each controller has a service account of its own
/// (`--use-service-account-credentials`).
const MADE: [(&str, GroupKind, GroupKind); 9] = [
    ("cronjob-controller", ("batch", "Job"), ("batch", "CronJob")),
    ("daemon-set-controller", POD, ("apps", "DaemonSet")),
    ("daemon-set-controller", REVISION, ("apps", "DaemonSet")),
    (
        "deployment-controller",
        ("apps", "ReplicaSet"),
        ("apps", "Deployment"),
    ),
    ("job-controller", POD, ("batch", "Job")),
    ("replicaset-controller", POD, ("apps", "ReplicaSet")),
    ("replication-controller", POD, ("", "ReplicationController")),
    ("statefulset-controller", POD, ("apps", "StatefulSet")),
    ("statefulset-controller", REVISION, ("apps", "StatefulSet")),
];

/// The user of every controller where they share the credentials of
/// kube-controller-manager.
const MANAGER: &str = "system:kube-controller-manager";

/// Whether a built-in controller makes objects of this kind for such an owner. For nothing else
/// does a controller vouch: a Deployment that deployment-controller rolls back is its author's.
pub(super) fn makes(username: &str, object: &Kind<'_>, owner: &OwnerKind) -> bool {
    let account = username.strip_prefix(SERVICE_ACCOUNTS);
    MADE.iter().any(|(controller, (group, kind), of)| {
        (username == MANAGER || account == Some(controller))
            && object.is(group, kind)
            && *of == (owner.group.as_str(), owner.name.as_str())
    })
}
