//! Tests updates and owners. An update that pulls nothing only warns, and no content of either
//! object can hide an image that is pulled.

mod cost;
mod costly_errors;
mod disguises;
mod ephemeral;
mod errors;
mod forged_owners;
mod identity;
mod old_objects;
mod owners;
mod restarts;
mod spelling;
mod unchanged;

use mutable_tags_cli::Request;
use serde_json::{Value, json};

use crate::answer::{Expected, Finding};
use crate::request::{MOVING, container, pod, with};
use crate::{answer, answer_to};

/// The path of the first image in a Deployment.
const PATH: &str = "spec.template.spec.containers[0].image";
/// The path of the first image in a Pod.
const POD_PATH: &str = "spec.containers[0].image";

/// A kind whose objects hold a pod template.
struct Kind {
    api_version: &'static str,
    name: &'static str,
    /// The pointer to the template.
    template: &'static str,
}

const fn kind(api_version: &'static str, name: &'static str, template: &'static str) -> Kind {
    Kind {
        api_version,
        name,
        template,
    }
}

/// Every built-in kind with images, except for Pods.
const KINDS: [Kind; 9] = [
    kind("v1", "PodTemplate", "/template"),
    kind("v1", "ReplicationController", "/spec/template"),
    kind("apps/v1", "Deployment", "/spec/template"),
    kind("apps/v1", "ReplicaSet", "/spec/template"),
    kind("apps/v1", "StatefulSet", "/spec/template"),
    kind("apps/v1", "DaemonSet", "/spec/template"),
    kind("apps/v1", "ControllerRevision", "/data/spec/template"),
    kind("batch/v1", "Job", "/spec/template"),
    kind("batch/v1", "CronJob", "/spec/jobTemplate/spec/template"),
];

impl Kind {
    /// An object of this kind, in the namespace `shop`.
    fn object(&self, pod_spec: Value) -> Value {
        let mut object = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod_spec});
        for key in self.template.rsplit('/').filter(|key| !key.is_empty()) {
            object = json!({ key: object });
        }
        object["apiVersion"] = json!(self.api_version);
        object["kind"] = json!(self.name);
        object["metadata"] = json!({"name": "web", "namespace": "shop"});
        object
    }

    /// An object whose only container, `web`, is always pulled.
    fn of(&self, image: &str) -> Value {
        self.object(json!({"containers": [container("web", image)]}))
    }

    /// The finding of that container.
    fn found(&self, image: &str) -> Finding {
        let template = self.template.trim_start_matches('/').replace('/', ".");
        Finding::at(&format!("{template}.spec.containers[0].image"), image)
    }

    /// Whether a changed template replaces the Pods that run.
    fn rolls_out(&self) -> bool {
        matches!(self.name, "Deployment" | "StatefulSet" | "DaemonSet")
    }

    /// The pointer to a part of the template.
    fn within(&self, pointer: &str) -> String {
        format!("{}{pointer}", self.template)
    }
}

/// A Deployment with these containers.
fn deployment(containers: Value) -> Value {
    deployment_of(json!({ "containers": containers }))
}

/// A Deployment with this PodSpec.
fn deployment_of(pod_spec: Value) -> Value {
    KINDS[2].object(pod_spec)
}

/// A Deployment whose only container, `web`, is always pulled.
fn web() -> Value {
    deployment(json!([container("web", MOVING)]))
}

/// A Pod whose only container, `web`, is always pulled.
fn web_pod() -> Value {
    pod(json!({"containers": [container("web", MOVING)]}))
}

/// The object with another label in its template, which restarts the Pods.
fn restarted(object: &Value) -> Value {
    with(
        object,
        "/spec/template/metadata/labels",
        json!({"app": "web", "restarted": "yes"}),
    )
}

/// The request by which the user alice changes an object.
fn update(object: Value, old_object: Value) -> Value {
    let request = Request::update(object, old_object).unwrap();
    by(request.value(), "alice")
}

/// The request, made by another user.
fn by(request: &Value, username: &str) -> Value {
    let user = json!({"username": username, "groups": ["system:authenticated"]});
    with(request, "/userInfo", user)
}

/// The payload of an update, with the text of both objects.
fn written_update(object: &str, old_object: &str) -> String {
    format!(
        r#"{{"request":{{"kind":{{"group":"apps","kind":"Deployment","version":"v1"}},"namespace":"shop","object":{object},"oldObject":{old_object},"operation":"UPDATE","userInfo":{{"username":"alice"}}}},"settings":{{}}}}"#
    )
}

fn warned(findings: impl IntoIterator<Item = Finding>) -> Expected {
    Expected::strict(findings).accepted()
}

fn rejected(findings: impl IntoIterator<Item = Finding>) -> Expected {
    Expected::strict(findings).rejected(403)
}

/// The finding of [`web`].
fn found() -> Finding {
    Finding::at(PATH, MOVING)
}

/// Asserts the answer to an update, with default settings.
fn assert_update(case: &str, new: &Value, old: &Value, expected: &Expected) {
    let request = update(new.clone(), old.clone());
    assert_eq!(&answer(case, &request, &json!({})), expected, "{case}");
}

/// Like [`assert_update`], with the text of both objects.
fn assert_written(case: &str, new: &str, old: &str, expected: &Expected) {
    let payload = written_update(new, old);
    assert_eq!(&answer_to(case, payload.as_bytes()), expected, "{case}");
}
