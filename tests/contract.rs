//! Compares responses and host calls with those of the Kubewarden policy SDK.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::cell::RefCell;

use kubewarden_policy_sdk::host_capabilities::kubernetes::{
    GetResourceRequest, ListResourcesByNamespaceRequest,
};
use kubewarden_policy_sdk::response::ValidationResponse;
use kubewarden_policy_sdk::settings::SettingsValidationResponse;
use mutable_tags_policy::admission::{validate, validate_settings};
use mutable_tags_policy::policy::{Capability, Host};
use serde_json::{Value, json};

/// A host that refuses every call.
struct Nobody;

impl Host for Nobody {
    fn ask(&self, _: Capability, _: &str) -> Result<Vec<u8>, String> {
        Err("nothing is granted".to_owned())
    }
}

fn answer(image: &str, mode: &str) -> Vec<u8> {
    let payload = json!({
        "request": {
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "operation": "CREATE",
            "object": {"spec": {"containers": [{"name": "app", "image": image}]}},
        },
        "settings": {"mode": mode},
    });
    validate(payload.to_string().as_bytes(), &Nobody)
}

/// The response that the SDK would have sent for the same verdict.
fn as_sent_by_the_sdk(answer: &[u8]) -> String {
    let mut parsed: ValidationResponse = serde_json::from_slice(answer).unwrap();
    // The SDK keeps annotations in a hash map, which has no order.
    let annotations = parsed.audit_annotations.take();
    let sent = serde_json::to_string(&parsed).unwrap();
    let Some(annotations) = annotations else {
        return sent;
    };
    let ordered: Vec<_> = ["mode", "environment", "findings"]
        .into_iter()
        .filter_map(|key| Some(format!("{}:{}", json!(key), json!(annotations.get(key)?))))
        .collect();
    sent.replace(
        r#""audit_annotations":null"#,
        &format!(r#""audit_annotations":{{{}}}"#, ordered.join(",")),
    )
}

#[test]
fn an_acceptance_is_the_response_that_the_sdk_sends() {
    let answer = answer("nginx:1.27.3", "strict");
    assert_eq!(
        String::from_utf8_lossy(&answer),
        as_sent_by_the_sdk(&answer)
    );
}

#[test]
fn a_rejection_is_the_response_that_the_sdk_sends() {
    let answer = answer("nginx", "strict");
    assert_eq!(
        String::from_utf8_lossy(&answer),
        as_sent_by_the_sdk(&answer)
    );
    let parsed: ValidationResponse = serde_json::from_slice(&answer).unwrap();
    assert!(!parsed.accepted);
    assert_eq!(parsed.code, Some(403));
    assert_eq!(parsed.warnings, None);
}

#[test]
fn a_report_is_the_response_that_the_sdk_sends() {
    let answer = answer("nginx", "lenient");
    assert_eq!(
        String::from_utf8_lossy(&answer),
        as_sent_by_the_sdk(&answer)
    );
    let parsed: ValidationResponse = serde_json::from_slice(&answer).unwrap();
    assert!(parsed.accepted);
    assert_eq!(parsed.code, None);
    assert_eq!(parsed.warnings.unwrap().len(), 2);
}

#[test]
fn answers_on_settings_are_those_that_the_sdk_sends() {
    for settings in ["{}", r#"{"mode":"loose"}"#] {
        let answer = validate_settings(settings.as_bytes());
        let parsed: SettingsValidationResponse = serde_json::from_slice(&answer).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&answer),
            serde_json::to_string(&parsed).unwrap()
        );
    }
}

#[test]
fn a_request_that_the_sdk_serialises_is_judged() {
    use kubewarden_policy_sdk::request::{GroupVersionKind, KubernetesAdmissionRequest};
    let request = KubernetesAdmissionRequest {
        kind: GroupVersionKind {
            kind: "Pod".to_owned(),
            version: "v1".to_owned(),
            ..GroupVersionKind::default()
        },
        operation: "CREATE".to_owned(),
        object: json!({"spec": {"containers": [{"name": "app", "image": "nginx"}]}}),
        ..KubernetesAdmissionRequest::default()
    };
    let payload = json!({"request": request, "settings": Value::Null});
    let answer: Value =
        serde_json::from_slice(&validate(payload.to_string().as_bytes(), &Nobody)).unwrap();
    assert_eq!(answer.get("code"), Some(&json!(403)));
}

/// A host that records its calls.
#[derive(Default)]
struct Listener(RefCell<Vec<(Capability, String)>>);

impl Host for Listener {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let call = (capability, request.to_owned());
        self.0.borrow_mut().push(call);
        let digest = |character: &str| format!("sha256:{}", character.repeat(64));
        let answer = match capability {
            Capability::ManifestDigest => json!({"digest": digest("a")}),
            Capability::ListResourcesByNamespace => json!({"items": [{
                "metadata": {"name": "web-1", "labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "web:main"}]},
                "status": {"containerStatuses": [
                    {"name": "web", "imageID": format!("web@{}", digest("b"))}
                ]},
            }]}),
            Capability::GetResource | Capability::Manifest => json!({}),
        };
        Ok(answer.to_string().into_bytes())
    }
}

#[test]
fn questions_to_the_host_are_those_that_the_sdk_asks() {
    let payload = json!({
        "request": {
            "kind": {"group": "apps", "version": "v1", "kind": "Deployment"},
            "operation": "CREATE",
            "namespace": "shop",
            "object": {"spec": {
                "selector": {"matchLabels": {"app": "web"}},
                "template": {"spec": {"containers": [
                    {"name": "web", "image": "web:main", "imagePullPolicy": "Always"}
                ]}},
            }},
        },
        "settings": {
            "environments": [
                {"name": "test", "mode": "lenient", "namespaceSelector": {"matchLabels": {"a": "b"}}}
            ],
            "drift": {"check": true},
            "registries": ["docker.io"],
        },
    });
    let listener = Listener::default();
    let answer = validate(payload.to_string().as_bytes(), &listener);
    let answer: ValidationResponse = serde_json::from_slice(&answer).unwrap();
    assert!(!answer.accepted);
    let masks = |paths: &[&str]| Some(paths.iter().map(|path| (*path).to_owned()).collect());
    let namespace = GetResourceRequest {
        api_version: "v1".to_owned(),
        kind: "Namespace".to_owned(),
        name: "shop".to_owned(),
        namespace: None,
        disable_cache: false,
        field_masks: masks(&["metadata.labels", "metadata.name"]),
    };
    let pods = ListResourcesByNamespaceRequest {
        api_version: "v1".to_owned(),
        kind: "Pod".to_owned(),
        namespace: "shop".to_owned(),
        label_selector: None,
        field_selector: None,
        field_masks: masks(&[
            "metadata.labels",
            "metadata.name",
            "spec.containers.image",
            "spec.containers.name",
            "spec.initContainers.image",
            "spec.initContainers.name",
            "status.containerStatuses.imageID",
            "status.containerStatuses.name",
            "status.initContainerStatuses.imageID",
            "status.initContainerStatuses.name",
            "status.phase",
        ]),
    };
    let image = "docker.io/library/web:main";
    let by_digest = format!("docker.io/library/web@sha256:{}", "a".repeat(64));
    assert_eq!(
        listener.0.into_inner(),
        [
            (Capability::ManifestDigest, json!(image).to_string()),
            (
                Capability::ListResourcesByNamespace,
                serde_json::to_string(&pods).unwrap()
            ),
            (Capability::Manifest, json!(by_digest).to_string()),
            (
                Capability::GetResource,
                serde_json::to_string(&namespace).unwrap()
            ),
        ]
    );
}
