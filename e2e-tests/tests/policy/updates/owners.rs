//! Tests objects that controllers make for their owners.

use serde_json::{Value, json};

use super::{KINDS, by, rejected, update, warned};
use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, VERSION, container, create, pod, with, without};

const CONTROLLERS: [&str; 8] = [
    "system:kube-controller-manager",
    "system:serviceaccount:kube-system:deployment-controller",
    "system:serviceaccount:kube-system:replicaset-controller",
    "system:serviceaccount:kube-system:statefulset-controller",
    "system:serviceaccount:kube-system:daemon-set-controller",
    "system:serviceaccount:kube-system:job-controller",
    "system:serviceaccount:kube-system:cronjob-controller",
    "system:serviceaccount:kube-system:replication-controller",
];

const OTHERS: [&str; 16] = [
    "alice",
    "system:admin",
    "system:node:worker-1",
    "system:kube-scheduler",
    "system:kube-controller-manager ",
    "System:kube-controller-manager",
    "kube-controller-manager",
    "system:serviceaccount:kube-system:deployment-controller2",
    "system:serviceaccount:kube-system:deployment-controlle",
    "system:serviceaccount:kube-system:",
    "system:serviceaccount:kube-system:default",
    "system:serviceaccount:kube-system:generic-garbage-collector",
    "system:serviceaccount:shop:deployment-controller",
    "system:serviceaccount:kube-system2:deployment-controller",
    "deployment-controller",
    "system:serviceaccount:kube-system:deployment-controller\n",
];

/// An object that a controller makes for its owner.
struct Owned {
    object: Value,
    finding: Finding,
    /// The user name of the controller that makes it, besides kube-controller-manager.
    maker: &'static str,
}

/// A Pod, a ReplicaSet and a Job with their owners, and a given image.
fn owned(image: &str) -> [Owned; 3] {
    let spec = json!({"containers": [container("web", image)]});
    [
        (
            pod(spec.clone()),
            Finding::at("spec.containers[0].image", image),
            ["apps/v1", "ReplicaSet"],
            CONTROLLERS[2],
        ),
        (
            KINDS[3].object(spec.clone()),
            KINDS[3].found(image),
            ["apps/v1", "Deployment"],
            CONTROLLERS[1],
        ),
        (
            KINDS[7].object(spec),
            KINDS[7].found(image),
            ["batch/v1", "CronJob"],
            CONTROLLERS[6],
        ),
    ]
    .map(|(object, finding, [api_version, kind], maker)| {
        let owners = json!([{"apiVersion": api_version, "kind": kind, "name": "web", "uid": "1", "controller": true}]);
        Owned {
            object: with(&object, "/metadata/ownerReferences", owners),
            finding,
            maker,
        }
    })
}

/// Creations and updates that bring a finding, the finding, and who makes such objects.
fn requests() -> Vec<(Value, Finding, &'static str)> {
    let mut requests = Vec::new();
    for (new, old) in owned(MOVING).into_iter().zip(owned(VERSION)) {
        requests.push((create(new.object.clone()), new.finding.clone(), new.maker));
        requests.push((update(new.object, old.object), new.finding, new.maker));
    }
    requests
}

#[test]
fn what_a_built_in_controller_makes_for_its_owner_is_only_warned_of() {
    for (request, finding, maker) in requests() {
        for username in CONTROLLERS {
            let request = by(&request, username);
            let case = format!("{username}: {}", finding.path);
            let expected = match username == maker || username == CONTROLLERS[0] {
                true => warned([finding.clone()]),
                false => rejected([finding.clone()]),
            };
            assert_eq!(answer(&case, &request, &json!({})), expected, "{case}");
            let orphan = without(&request, "/object/metadata/ownerReferences");
            assert_eq!(
                answer(&case, &orphan, &json!({})),
                rejected([finding.clone()]),
                "{case}"
            );
        }
    }
}

#[test]
fn an_owned_object_of_another_user_is_enforced() {
    for (request, finding, _) in requests() {
        for username in OTHERS {
            let request = by(&request, username);
            let case = format!("{username:?}: {}", finding.path);
            for owned in ["warn", "enforce", "ignore"] {
                assert_eq!(
                    answer(&case, &request, &json!({"owned": owned})),
                    rejected([finding.clone()]),
                    "{case}"
                );
            }
        }
    }
}

#[test]
fn the_setting_decides_what_becomes_of_owned_objects() {
    for (request, finding, maker) in requests() {
        let request = by(&request, maker);
        for (owned, expected) in [
            ("warn", warned([finding.clone()])),
            ("enforce", rejected([finding.clone()])),
            ("ignore", ACCEPTED),
        ] {
            let settings = json!({"owned": owned});
            assert_eq!(answer(owned, &request, &settings), expected, "{owned}");
        }
    }
}

#[test]
fn a_request_without_a_user_comes_from_a_scan() {
    for (request, finding, _) in requests() {
        for user in [
            json!({}),
            json!(null),
            json!({"username": null}),
            json!({"username": ""}),
            json!({"groups": ["system:authenticated"]}),
        ] {
            let case = user.to_string();
            let request = with(&request, "/userInfo", user);
            assert_eq!(
                answer(&case, &request, &json!({})),
                warned([finding.clone()]),
                "{case}"
            );
            let enforced = json!({"owned": "enforce"});
            assert_eq!(
                answer(&case, &request, &enforced),
                rejected([finding.clone()]),
                "{case}"
            );
            let orphan = without(&request, "/object/metadata/ownerReferences");
            assert_eq!(
                answer(&case, &orphan, &json!({})),
                rejected([finding.clone()]),
                "{case}"
            );
        }
        let request = without(&request, "/userInfo");
        assert_eq!(
            answer("none", &request, &json!({})),
            warned([finding.clone()])
        );
        let request = by(&request, " ");
        assert_eq!(
            answer("white space", &request, &json!({})),
            rejected([finding])
        );
    }
}

#[test]
fn controllers_of_the_settings_count_beside_built_in_ones() {
    let settings = json!({"controllers": ["system:serviceaccount:argo:*", "ci-?"]});
    for (request, finding, _) in requests() {
        for username in [
            "system:serviceaccount:argo:rollouts",
            "ci-1",
            CONTROLLERS[0],
        ] {
            let request = by(&request, username);
            assert_eq!(
                answer(username, &request, &settings),
                warned([finding.clone()]),
                "{username}"
            );
        }
        for username in [
            "system:serviceaccount:argo-cd:rollouts",
            "ci-10",
            "xci-1",
            "CI-1",
        ] {
            let request = by(&request, username);
            assert_eq!(
                answer(username, &request, &settings),
                rejected([finding.clone()]),
                "{username}"
            );
        }
    }
}

#[test]
fn an_owned_unchanged_object_is_never_enforced() {
    for Owned {
        object,
        finding,
        maker,
    } in owned(MOVING)
    {
        let request = by(&update(object.clone(), object), maker);
        for owned in ["warn", "enforce"] {
            for unchanged in ["warn", "enforce"] {
                let settings = json!({"owned": owned, "unchanged": unchanged});
                let case = format!("{settings} {}", finding.path);
                assert_eq!(
                    answer(&case, &request, &settings),
                    warned([finding.clone()]),
                    "{case}"
                );
            }
        }
        let settings = json!({"owned": "ignore", "unchanged": "enforce"});
        assert_eq!(answer("ignore", &request, &settings), ACCEPTED);
    }
}

#[test]
fn lenient_mode_reports_owned_objects_too() {
    for (request, finding, maker) in requests() {
        let request = by(&request, maker);
        for owned in ["warn", "enforce"] {
            let settings = json!({"mode": "lenient", "owned": owned});
            assert_eq!(
                answer(owned, &request, &settings),
                Expected::lenient([finding.clone()]).accepted(),
                "{owned}"
            );
        }
    }
}
