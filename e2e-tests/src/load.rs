//! Requests of every size that a cluster sends, with and without a finding, for the benches
//! and the budgets.

use mutable_tags_cli::{InputError, Request};
use serde_json::{Value, json};

/// The size of each object of the largest update, in bytes. Both must fit into the 2 MiB that
/// policy-server accepts as a body.
const LARGEST_UPDATED: usize = 900_000;

/// The size of the largest object, in bytes: policy-server accepts bodies of 2 MiB.
const LARGEST_PAYLOAD: usize = 2_000_000;

/// A request with a name.
#[derive(Clone, Debug)]
pub struct Load {
    /// The name in the table of the benches and in the budgets.
    pub name: &'static str,
    /// The admission request.
    pub request: Value,
    /// Whether the policy finds a mutable tag.
    pub has_finding: bool,
}

impl Load {
    /// Every object and every update.
    ///
    /// # Errors
    ///
    /// Never, since the objects are valid manifests.
    pub fn all() -> Result<Vec<Self>, InputError> {
        let mut loads = Vec::new();
        for has_finding in [false, true] {
            for (name, object) in [
                ("Pod", pod()),
                ("Deployment of 4 KB", deployment(3)),
                ("Deployment of 64 KB", with_managed_fields(deployment(12))),
                ("Deployment of 1.4 MB", deployment(1000)),
            ] {
                let object = if has_finding {
                    with_mutable_tag(object)
                } else {
                    object
                };
                loads.push(Self::new(name, create(object)?, has_finding));
            }
        }
        loads.push(Self::new(
            "Pod, always pulled",
            create(with_pull_policy(pod(), "Always"))?,
            false,
        ));
        for (name, object) in [
            ("Pod, updated", pod()),
            ("Deployment of 4 KB, updated", deployment(3)),
            (
                "Deployment of 64 KB, updated",
                with_managed_fields(deployment(12)),
            ),
            (
                "Deployment of 0.9 MB, updated",
                deployment(largest_update()),
            ),
        ] {
            loads.push(Self::new(name, update(object)?, false));
        }
        loads.push(Self::new(
            "Rollout of 17 KB, searched",
            create(rollout(12))?,
            false,
        ));
        loads.push(Self::new(
            "Rollout of 1.4 MB, searched",
            create(rollout(1000))?,
            false,
        ));
        loads.push(Self::new(
            "Lists of 2 MB, searched",
            create(lists(LARGEST_PAYLOAD))?,
            false,
        ));
        let updated = update(with_mutable_tag(deployment(largest_update())))?;
        loads.push(Self::new("Deployment of 0.9 MB, updated", updated, true));
        Ok(loads)
    }

    /// Whether the load is also measured with settings. What they cost does not depend on the size
    /// of the object.
    #[must_use]
    pub fn has_settings(&self) -> bool {
        self.name.starts_with("Pod")
    }

    fn new(name: &'static str, request: Value, has_finding: bool) -> Self {
        Self {
            name,
            request,
            has_finding,
        }
    }
}

/// Settings with the name that the benches and the budgets give them.
#[derive(Clone, Debug)]
pub struct NamedSettings {
    pub name: &'static str,
    pub value: Value,
}

impl NamedSettings {
    /// The settings that requests are measured with, beside none at all: those of policy.yaml, and
    /// as many as a cluster in production has.
    ///
    /// # Errors
    ///
    /// policy.yaml is not YAML with settings.
    pub fn all() -> Result<[Self; 2], String> {
        let manifest: Value = yaml_serde::from_str(include_str!("../../policy.yaml"))
            .map_err(|error| format!("policy.yaml: {error}"))?;
        let settings = manifest.pointer("/spec/settings");
        let settings = settings.ok_or("policy.yaml has no spec.settings")?;
        Ok([
            Self {
                name: "settings of policy.yaml",
                value: settings.clone(),
            },
            Self {
                name: "full settings",
                value: full_settings(),
            },
        ])
    }

    /// The size of the settings in a payload, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.value.to_string().len()
    }
}

/// Every setting that does not change how an object is read. (With `imageEnvVars` or `imageArgs`
/// every object is read whole, which costs by its size.)
fn full_settings() -> Value {
    json!({
        "mode": "strict",
        "environments": [
            {"name": "test", "mode": "lenient", "namespaces": ["e2e-*", "ci"]},
            {
                "name": "production",
                "mode": "strict",
                "namespaceSelector": {"matchLabels": {"stage": "production"}},
            },
        ],
        "tags": {
            "consider": "floating",
            "publishers": "known",
            "mirrors": {"harbor.example.com/dockerhub": "docker.io"},
            "mutable": ["bitnami/**"],
            "immutable": ["*.dkr.ecr.*.amazonaws.com/**", "registry.example.com/**:v*"],
        },
        "pullPolicies": ["Always"],
        "alwaysPullImages": false,
        "unchanged": "warn",
        "owned": "warn",
        "controllers": ["system:serviceaccount:argo-rollouts:*"],
        "ephemeralContainers": "warn",
        "exemptions": [{
            "images": ["ghcr.io/acme/debug*"],
            "namespaces": ["kube-system"],
            "containers": ["istio-proxy"],
            "reason": "the mesh injects it",
        }],
        "customResources": [{
            "apiGroup": "monitoring.coreos.com",
            "kind": "Prometheus",
            "podSpecs": ["spec.template.spec"],
            "containers": ["spec.containers[*]"],
            "images": [{"image": "spec.image", "pullPolicy": "spec.imagePullPolicy"}],
        }],
        "adjust": "none",
        "drift": {"check": false},
        "registries": ["ghcr.io"],
        "hint": "questions? https://wiki.example.com/images",
    })
}

fn create(object: Value) -> Result<Value, InputError> {
    Ok(Request::create(object)?.value().clone())
}

/// An update that changes nothing.
fn update(object: Value) -> Result<Value, InputError> {
    let mut request = create(object.clone())?;
    if let Some(fields) = request.as_object_mut() {
        fields.insert("operation".to_owned(), json!("UPDATE"));
        fields.insert("oldObject".to_owned(), object);
    }
    Ok(request)
}

fn pod() -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"containers": [{
            "name": "web",
            "image": "registry.example.com/shop/web:1.4.2",
            "imagePullPolicy": "IfNotPresent",
        }]},
    })
}

fn deployment(containers: usize) -> Value {
    let containers: Vec<Value> = (0..containers).map(container).collect();
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": "web",
            "namespace": "shop",
            "labels": {"app.kubernetes.io/name": "web"},
        },
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": {"app.kubernetes.io/name": "web"}},
            "template": {
                "metadata": {"labels": {"app.kubernetes.io/name": "web"}},
                "spec": {"containers": containers, "serviceAccountName": "web"},
            },
        },
    })
}

/// The number of containers in the largest update.
fn largest_update() -> usize {
    let one = container(100).to_string().len();
    LARGEST_UPDATED / one
}

/// A Rollout with the content of the Deployment. The policy finds its images by searching.
fn rollout(containers: usize) -> Value {
    let mut object = deployment(containers);
    if let Some(fields) = object.as_object_mut() {
        fields.insert("apiVersion".to_owned(), json!("argoproj.io/v1alpha1"));
        fields.insert("kind".to_owned(), json!("Rollout"));
    }
    object
}

/// An object of an unknown kind, filled with short lists. No other content needs more memory
/// per byte once it is parsed.
fn lists(bytes: usize) -> Value {
    let lists = vec![json!([0]); bytes / "[0],".len()];
    json!({
        "apiVersion": "example.com/v1",
        "kind": "Lists",
        "metadata": {"name": "lists", "namespace": "shop"},
        "spec": lists,
    })
}

/// Gives the first container of a Pod another pull policy.
fn with_pull_policy(mut pod: Value, policy: &str) -> Value {
    if let Some(container) = pod.pointer_mut("/spec/containers/0")
        && let Some(fields) = container.as_object_mut()
    {
        fields.insert("imagePullPolicy".to_owned(), json!(policy));
    }
    pod
}

/// Gives the last container an image with a mutable tag.
fn with_mutable_tag(mut object: Value) -> Value {
    let pointers = ["/spec/containers", "/spec/template/spec/containers"];
    for pointer in pointers {
        let containers = object.pointer_mut(pointer).and_then(Value::as_array_mut);
        if let Some(last) = containers.and_then(|containers| containers.last_mut())
            && let Some(fields) = last.as_object_mut()
        {
            fields.insert(
                "image".to_owned(),
                json!("registry.example.com/shop/web:main"),
            );
            fields.insert("imagePullPolicy".to_owned(), json!("Always"));
        }
    }
    object
}

/// Adds managed fields as the API server stores them, in field sets whose keys contain JSON.
fn with_managed_fields(mut object: Value) -> Value {
    let managers: Vec<Value> = (0..13).map(manager).collect();
    if let Some(metadata) = object
        .pointer_mut("/metadata")
        .and_then(Value::as_object_mut)
    {
        metadata.insert("managedFields".to_owned(), json!(managers));
    }
    object
}

fn manager(number: usize) -> Value {
    let fields: serde_json::Map<String, Value> = (0..12)
        .map(|container| {
            let key = format!(r#"k:{{"name":"web-{container}"}}"#);
            let owned = json!({
                ".": {}, "f:image": {}, "f:imagePullPolicy": {}, "f:command": {}, "f:name": {},
                "f:resources": {
                    ".": {},
                    "f:limits": {".": {}, "f:cpu": {}, "f:memory": {}},
                    "f:requests": {".": {}, "f:cpu": {}, "f:memory": {}},
                },
                "f:terminationMessagePath": {}, "f:terminationMessagePolicy": {},
            });
            (key, owned)
        })
        .collect();
    json!({
        "apiVersion": "apps/v1",
        "fieldsType": "FieldsV1",
        "fieldsV1": {"f:spec": {"f:template": {"f:spec": {"f:containers": fields}}}},
        "manager": format!("manager-{number}"),
        "operation": "Update",
        "time": "2026-01-31T12:00:00Z",
    })
}

/// A container with as many fields as those of large operators.
fn container(number: usize) -> Value {
    let probe = json!({
        "httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTPS"},
        "initialDelaySeconds": 5,
        "periodSeconds": 10,
    });
    json!({
        "name": format!("web-{number}"),
        "image": format!("registry.example.com/shop/web:1.4.{number}"),
        "imagePullPolicy": "IfNotPresent",
        "command": ["/usr/local/bin/web", "serve", "--listen=:8080", "--log-level=info"],
        "env": [
            {"name": "DATABASE_HOST", "value": "database-rw.shop.svc.cluster.local"},
            {"name": "DATABASE_PASSWORD", "valueFrom": {
                "secretKeyRef": {"name": "database-app", "key": "password"},
            }},
            {"name": "POD_NAMESPACE", "valueFrom": {
                "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"},
            }},
            {"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "http://collector.tracing:4317"},
            {"name": "GREETING", "value": "a text with \"quotes\" and\nlines"},
        ],
        "ports": [{"containerPort": 8080, "name": "http", "protocol": "TCP"}],
        "livenessProbe": probe,
        "readinessProbe": probe,
        "startupProbe": probe,
        "resources": {
            "limits": {"cpu": "500m", "memory": "256Mi"},
            "requests": {"cpu": "100m", "memory": "128Mi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": true,
            "runAsNonRoot": true,
        },
        "terminationMessagePath": "/dev/termination-log",
        "volumeMounts": [
            {"mountPath": "/etc/web", "name": "configuration", "readOnly": true},
            {"mountPath": "/tmp", "name": "scratch"},
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::Load;

    /// The size in a name such as `Deployment of 64 KB, updated`, in bytes.
    fn stated_bytes(name: &str) -> Option<f64> {
        let (_, size) = name.split_once(" of ")?;
        let mut words = size.split([' ', ',']);
        let number: f64 = words.next()?.parse().ok()?;
        match words.next()? {
            "KB" => Some(number * 1e3),
            "MB" => Some(number * 1e6),
            _ => None,
        }
    }

    #[test]
    fn each_object_has_about_the_size_that_its_name_tells() {
        let loads = Load::all().unwrap();
        let sized = loads
            .iter()
            .filter_map(|load| Some((load, stated_bytes(load.name)?)));
        let mut count = 0;
        for (load, told) in sized {
            let object = load.request.get("object").unwrap();
            let ratio = object.to_string().len() as f64 / told;
            assert!((0.95..1.15).contains(&ratio), "{}: {ratio}", load.name);
            count += 1;
        }
        assert_eq!(count, 13);
    }
}
