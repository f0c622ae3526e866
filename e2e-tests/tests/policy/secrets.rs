//! Checks that no answer contains a field that the policy does not need: every such field holds
//! a secret.

use serde_json::{Value, json};

use crate::answer::{Answer, names};
use crate::request::{MOVING, VERSION, container, create, with};
use crate::text_of;
use crate::written::{with_raw, with_raw_key};

/// The beginning of every secret, which a number follows.
const SECRET: &str = "s3cr3t-";
/// A number that is a secret.
const NUMBER: i64 = 8_675_309_867;

/// Makes objects and requests, with secrets in them.
#[derive(Default)]
struct Planter(usize);

impl Planter {
    fn text(&mut self) -> Value {
        self.0 += 1;
        json!(format!("{SECRET}{}", self.0))
    }

    /// A value with secrets in keys and values, at several depths.
    fn tree(&mut self) -> Value {
        json!({
            self.text().as_str().unwrap(): self.text(),
            "list": [self.text(), {"inner": self.text(), "number": NUMBER}],
            "name": self.text(),
            "value": self.text(),
        })
    }

    fn container(&mut self, name: &str, image: &str) -> Value {
        let mut container = container(name, image);
        container["command"] = json!(["/web", self.text()]);
        container["args"] = json!([self.text(), format!("--password={}", self.text())]);
        container["env"] = json!([
            {"name": "PASSWORD", "value": self.text()},
            {"name": self.text(), "value": self.text()},
            {"name": "IMAGE_PASSWORD", "value": format!("No Reference {}", self.text())},
            {"name": "FROM", "valueFrom": {"secretKeyRef": {"name": self.text(), "key": self.text()}}},
        ]);
        container["envFrom"] = json!([{"secretRef": {"name": self.text()}}]);
        container["lifecycle"] = self.tree();
        container["workingDir"] = self.text();
        container["livenessProbe"] =
            json!({"httpGet": {"httpHeaders": [{"name": "Authorization", "value": self.text()}]}});
        container[self.text().as_str().unwrap()] = self.text();
        container
    }

    fn metadata(&mut self) -> Value {
        json!({
            "name": self.text(),
            "namespace": "shop",
            "labels": {self.text().as_str().unwrap(): self.text()},
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": format!("{{\"a\":{}}}", self.text()),
                self.text().as_str().unwrap(): self.text(),
            },
            "managedFields": [{"manager": self.text(), "fieldsV1": self.tree()}],
            "ownerReferences": [{"name": self.text(), "uid": self.text()}],
            "finalizers": [self.text()],
        })
    }

    fn pod_spec(&mut self, image: &str) -> Value {
        let mut spec = json!({
            "containers": [self.container("web", image)],
            "initContainers": [self.container("init", image)],
            "ephemeralContainers": [self.container("debug", image)],
            "volumes": [
                {"name": "data", "image": {"reference": image, "pullPolicy": "Always", "more": self.text()}},
                {"name": "credentials", "secret": {"secretName": self.text()}},
                {"name": "files", "configMap": self.tree()},
            ],
            "imagePullSecrets": [{"name": self.text()}],
            "serviceAccountName": self.text(),
            "nodeSelector": self.tree(),
        });
        spec[self.text().as_str().unwrap()] = self.tree();
        spec
    }

    fn object(&mut self, kind: &str, image: &str) -> Value {
        let mut object = match kind {
            "Pod" => json!({"apiVersion": "v1", "spec": self.pod_spec(image)}),
            _ => json!({"apiVersion": "apps/v1", "spec": {
                "replicas": 1,
                "template": {"metadata": self.metadata(), "spec": self.pod_spec(image)},
                "strategy": self.tree(),
            }}),
        };
        object["kind"] = json!(kind);
        object["metadata"] = self.metadata();
        object["status"] = self.tree();
        object["data"] = self.tree();
        object
    }

    /// A request in which every field that the policy does not need holds a secret.
    fn request(&mut self, kind: &str, image: &str) -> Value {
        let mut request = create(self.object(kind, image));
        for field in ["uid", "name", "dryRun"] {
            request[field] = self.text();
        }
        for field in ["resource", "requestKind", "requestResource", "options"] {
            request[field] = self.tree();
        }
        request["kind"]["version"] = self.text();
        request["userInfo"] = json!({
            "username": self.text(),
            "uid": self.text(),
            "groups": [self.text()],
            "extra": {self.text().as_str().unwrap(): [self.text()]},
        });
        request["oldObject"] = self.object(kind, image);
        request[self.text().as_str().unwrap()] = self.tree();
        request
    }
}

const SETTINGS: [&str; 4] = [
    "{}",
    r#"{"mode":"lenient"}"#,
    r#"{"imageEnvVars":["IMAGE_*"],"tags":{"consider":"any"}}"#,
    r#"{"mode":"lenient","imageEnvVars":["IMAGE_*"],"ephemeralContainers":"enforce"}"#,
];

/// Each kind with each image and each settings.
fn each_payload(mut check: impl FnMut(&str, &Value)) {
    for kind in ["Pod", "Deployment"] {
        for image in [VERSION, MOVING, "web", "No Reference"] {
            for settings in SETTINGS {
                let mut planter = Planter::default();
                let request = planter.request(kind, image);
                assert!(planter.0 > 100, "{} secrets", planter.0);
                let settings: Value = serde_json::from_str(settings).unwrap();
                let case = format!("{kind} of {image} with {settings}");
                check(&case, &json!({"request": request, "settings": settings}));
            }
        }
    }
}

/// The answer of the policy, which must hold no secret.
fn answer_without_secret(case: &str, payload: &[u8]) -> Answer {
    let answer = text_of(case, payload);
    let lower = answer.to_lowercase();
    assert!(!lower.contains(SECRET), "{case}: {answer}");
    assert!(!lower.contains(&NUMBER.to_string()), "{case}: {answer}");
    Answer::parse(&answer)
}

#[test]
fn no_answer_to_a_readable_request_holds_a_secret() {
    let mut accepted = 0;
    let mut said = 0;
    each_payload(|case, payload| {
        for operation in ["CREATE", "UPDATE", "DELETE", "CONNECT"] {
            let payload = with(payload, "/request/operation", json!(operation));
            let answer = answer_without_secret(case, payload.to_string().as_bytes());
            accepted += usize::from(answer.accepted);
            said += usize::from(answer.mode.is_some());
        }
    });
    assert!(
        accepted > 32 && said > 24,
        "{accepted} accepted, {said} said"
    );
}

/// Fields in which a value of the wrong type makes a request unreadable.
const READ: [&str; 16] = [
    "/request/kind",
    "/request/kind/group",
    "/request/kind/kind",
    "/request/namespace",
    "/request/operation",
    "/request/subResource",
    "/request/userInfo",
    "/request/userInfo/groups",
    "/request/object",
    "/request/object/spec",
    "/request/object/spec/containers",
    "/request/object/spec/containers/0",
    "/request/object/spec/containers/0/image",
    "/request/object/spec/containers/0/imagePullPolicy",
    "/request/object/spec/volumes",
    "/request/object/spec/volumes/0/image",
];

#[test]
fn no_answer_to_an_unreadable_request_holds_a_secret() {
    let mut planter = Planter::default();
    let values = [
        planter.tree(),
        json!([planter.text(), planter.tree(), [planter.text()]]),
        json!([[[planter.text()]]]),
        json!(NUMBER),
        json!([NUMBER]),
    ];
    each_payload(|case, payload| {
        for pointer in READ
            .iter()
            .filter(|pointer| payload.pointer(pointer).is_some())
        {
            for value in &values {
                let payload = with(payload, pointer, value.clone());
                let case = format!("{case}: {pointer}: {value}");
                answer_without_secret(&case, payload.to_string().as_bytes());
            }
        }
        for (pointer, path) in [
            ("operation", "request.operation"),
            (
                "object/spec/containers/0/imagePullPolicy",
                "spec.containers[0].imagePullPolicy",
            ),
            (
                "object/spec/volumes/0/image/pullPolicy",
                "spec.volumes[0].image.pullPolicy",
            ),
        ] {
            let pointer = format!("/request/{pointer}");
            if payload.pointer(&pointer).is_some() {
                let payload = with(payload, &pointer, json!("S3CR3T-0"));
                let case = format!("{case}: {pointer}");
                let answer = answer_without_secret(&case, payload.to_string().as_bytes());
                assert!(names(&answer.message.unwrap(), path), "{case}");
            }
        }
    });
}

#[test]
fn no_answer_to_what_json_cannot_hold_holds_a_secret() {
    each_payload(|case, payload| {
        for pointer in READ
            .iter()
            .filter(|pointer| payload.pointer(pointer).is_some())
        {
            for raw in [
                r#""s3cr3t-0\ud800""#,
                r#"{"s3cr3t-0\ud800":1}"#,
                r#"["s3cr3t-0\ud800",1e999]"#,
                "8675309867e999",
            ] {
                let case = format!("{case}: {raw} as {pointer}");
                answer_without_secret(&case, with_raw(payload, pointer, raw).as_bytes());
            }
        }
        for pointer in ["", "/request", "/request/object", "/request/object/spec"] {
            let payload = with_raw_key(payload, pointer, r#""s3cr3t-0\ud800""#);
            answer_without_secret(&format!("{case}: a key in {pointer}"), payload.as_bytes());
        }
    });
}

#[test]
fn no_answer_to_a_malformed_payload_holds_a_secret() {
    each_payload(|case, payload| {
        let payload = payload.to_string();
        for length in (0..payload.len()).step_by(97) {
            answer_without_secret(
                &format!("{case}: {length} bytes"),
                &payload.as_bytes()[..length],
            );
            for byte in [0xff, b'"', b'\\', b'}', b']', 0] {
                let mut broken = payload.clone().into_bytes();
                broken[length] = byte;
                answer_without_secret(&format!("{case}: {byte} at {length}"), &broken);
            }
        }
    });
}

#[test]
fn no_answer_under_unusable_settings_holds_a_secret() {
    each_payload(|case, payload| {
        for settings in [
            json!(1),
            json!({"mode": "loose", "tags": 1}),
            json!({"exemptions": [{}, 1], "tags": 1}),
        ] {
            let payload = with(payload, "/settings", settings);
            let answer = answer_without_secret(case, payload.to_string().as_bytes());
            assert_eq!(answer.code, Some(500), "{case}: {answer:?}");
        }
    });
}
