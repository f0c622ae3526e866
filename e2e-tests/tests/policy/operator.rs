//! The case that the policy was written for: the tests of an operator reused one tag for
//! different builds, and its manifest was changed to pull at every start.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{create, with};

const PATH: &str = "spec.template.spec.containers[0].image";
const DIGEST: &str = "@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const RELEASED: &str = "ghcr.io/acme/database-operator:1.30.0";
const REUSED: &str = "ghcr.io/acme/database-operator:dev-11333";

/// The request that installs the operator.
fn operator(image: &str, policy: Option<&str>) -> Value {
    let mut manager = json!({
        "name": "manager",
        "image": image,
        "command": ["/manager"],
        "args": ["controller", "--leader-elect", "--config-map-name=database-operator-config", "--webhook-port=9443"],
        "env": [
            {"name": "OPERATOR_IMAGE_NAME", "value": image},
            {"name": "OPERATOR_NAMESPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
            {"name": "MONITORING_QUERIES_CONFIGMAP", "value": "database-default-monitoring"},
        ],
        "livenessProbe": {"httpGet": {"path": "/readyz", "port": 9443, "scheme": "HTTPS"}},
        "ports": [{"containerPort": 8080, "name": "metrics", "protocol": "TCP"}],
        "resources": {"limits": {"cpu": "100m", "memory": "200Mi"}},
        "securityContext": {"allowPrivilegeEscalation": false, "runAsUser": 10001},
        "volumeMounts": [{"mountPath": "/controller", "name": "scratch-data"}],
    });
    if let Some(policy) = policy {
        manager["imagePullPolicy"] = json!(policy);
    }
    create(json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "database-operator", "namespace": "database-system", "labels": {"app.kubernetes.io/name": "database-operator"}},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app.kubernetes.io/name": "database-operator"}},
            "template": {
                "metadata": {"labels": {"app.kubernetes.io/name": "database-operator"}},
                "spec": {
                    "containers": [manager],
                    "securityContext": {"runAsNonRoot": true},
                    "serviceAccountName": "database-manager",
                    "terminationGracePeriodSeconds": 10,
                    "volumes": [{"emptyDir": {}, "name": "scratch-data"}],
                },
            },
        },
    }))
}

fn any() -> Value {
    json!({"tags": {"consider": "any"}})
}

fn found(image: &str) -> Finding {
    Finding::at(PATH, image)
}

#[test]
fn a_release_is_accepted_with_every_pull_policy() {
    for policy in [None, Some("IfNotPresent"), Some("Always"), Some("Never")] {
        let case = format!("{policy:?}");
        assert_eq!(
            answer(&case, &operator(RELEASED, policy), &json!({})),
            ACCEPTED,
            "{case}"
        );
    }
}

#[test]
fn the_pull_policy_decides_where_no_tag_is_trusted() {
    for policy in [None, Some("IfNotPresent"), Some("Never")] {
        let case = format!("{policy:?}");
        assert_eq!(
            answer(&case, &operator(RELEASED, policy), &any()),
            ACCEPTED,
            "{case}"
        );
    }
    let finding = found(RELEASED).with_reason("unpinned");
    assert_eq!(
        answer("Always", &operator(RELEASED, Some("Always")), &any()),
        Expected::strict([finding]).rejected(403)
    );
}

#[test]
fn a_digest_is_accepted_where_no_tag_is_trusted() {
    let pinned = format!("{RELEASED}{DIGEST}");
    assert_eq!(
        answer("pinned", &operator(&pinned, Some("Always")), &any()),
        ACCEPTED
    );
}

#[test]
fn a_reused_tag_is_rejected_only_if_always_pulled() {
    for policy in [None, Some("IfNotPresent")] {
        let case = format!("{policy:?}");
        assert_eq!(
            answer(&case, &operator(REUSED, policy), &json!({})),
            ACCEPTED,
            "{case}"
        );
    }
    assert_eq!(
        answer("Always", &operator(REUSED, Some("Always")), &json!({})),
        Expected::strict([found(REUSED)]).rejected(403)
    );
}

#[test]
fn an_update_to_always_is_rejected() {
    let old = operator(REUSED, Some("IfNotPresent"));
    let update = with(
        &operator(REUSED, Some("Always")),
        "/operation",
        json!("UPDATE"),
    );
    let update = with(&update, "/oldObject", old["object"].clone());
    assert_eq!(
        answer("update", &update, &json!({})),
        Expected::strict([found(REUSED)]).rejected(403)
    );
}

#[test]
fn a_lenient_environment_only_warns_of_a_reused_tag() {
    let settings = json!({"environments": [
        {"name": "test", "mode": "lenient", "namespaces": ["database-system"]},
        {"name": "production", "mode": "strict", "namespaces": ["*"]},
    ]});
    let request = operator(REUSED, Some("Always"));
    assert_eq!(
        answer("test", &request, &settings),
        Expected::lenient([found(REUSED)])
            .in_environment("test")
            .accepted()
    );
    let elsewhere = with(&request, "/namespace", json!("databases"));
    assert_eq!(
        answer("production", &elsewhere, &settings),
        Expected::strict([found(REUSED)])
            .in_environment("production")
            .rejected(403)
    );
}

#[test]
fn judges_the_operators_image_variable_if_it_is_listed() {
    let settings = json!({"imageEnvVars": ["OPERATOR_IMAGE_NAME"]});
    let variable = Finding::at("spec.template.spec.containers[0].env[0].value", REUSED);
    assert_eq!(
        answer(
            "IfNotPresent",
            &operator(REUSED, Some("IfNotPresent")),
            &settings
        ),
        Expected::strict([variable.clone()]).rejected(403)
    );
    assert_eq!(
        answer("Always", &operator(REUSED, Some("Always")), &settings),
        Expected::strict([variable, found(REUSED)]).rejected(403)
    );
    assert_eq!(
        answer("release", &operator(RELEASED, Some("Always")), &settings),
        ACCEPTED
    );
}
