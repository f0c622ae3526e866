//! What a request costs: the module's size, instructions, memory and time.
//!
//! Most of the objects have no finding, so that these are the costs which every
//! workload of a cluster pays. Instructions and memory are exact; time is a median.

#![allow(
    clippy::indexing_slicing,
    reason = "JSON values are indexed to be changed, which makes what is missing"
)]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use e2e_tests::evaluate::Request;
use e2e_tests::fuel::Meter;
use e2e_tests::host::{Host, HostError};
use e2e_tests::{Engine, built_module, validate_payload};
use serde_json::{Value, json};

/// How long one object is judged again and again.
const PATIENCE: Duration = Duration::from_secs(2);
const FEWEST_ROUNDS: usize = 11;
const MOST_ROUNDS: usize = 1001;

fn main() -> Result<(), Box<dyn Error>> {
    let module = built_module();
    let engine = Engine::load(&module)?;
    let meter = Meter::load(&module)?;
    println!("module: {} bytes", std::fs::metadata(&module)?.len());
    println!(
        "{:<34} {:>9} {:>12} {:>9} {:>12} {:>11}",
        "object", "payload", "instructions", "per byte", "memory", "median"
    );
    for (name, request, findings) in [
        ("Pod, 1 container", create(pod())?, 0),
        ("Deployment, 12 containers", create(deployment(12))?, 0),
        ("Deployment, 1,000 containers", create(deployment(1000))?, 0),
        ("Cluster of CloudNativePG", create(cluster())?, 0),
        ("Rollout, 12 containers (searched)", create(rollout(12))?, 0),
        ("Rollout, 1,000 containers", create(rollout(1000))?, 0),
        ("Deployment, 12, updated", update(deployment(12))?, 0),
        ("Deployment, 12, 1 finding", create(moving(1))?, 1),
        ("Deployment, 12, 2 findings", create(moving(2))?, 2),
        ("Deployment, 12, 12 findings", create(moving(12))?, 12),
    ] {
        let payload = validate_payload(&request, &json!({}));
        let answer = engine.validate_payload(&payload)?;
        let told = answer.message.as_deref().unwrap_or_default();
        let told =
            told.matches(" pulls it ").count() + 2 * usize::from(told.ends_with("and 2 more"));
        if told != findings {
            return Err(format!("{name} has another finding: {answer:?}").into());
        }
        let cost = meter.measure("validate", &payload)?;
        let per_byte = cost.instructions() as f64 / payload.len() as f64;
        let median = median(&engine, &payload)?.as_secs_f64() * 1e6;
        println!(
            "{name:<34} {:>9} {:>12} {per_byte:>9.2} {:>12} {median:>8.1} µs",
            payload.len(),
            cost.instructions(),
            cost.memory()
        );
    }
    print_look_ups(&meter)?;
    let (request, settings) = (create(pod())?, settings());
    let cost = |settings: &Value| -> Result<u64, Box<dyn Error>> {
        let payload = validate_payload(&request, settings);
        Ok(meter.measure("validate", &payload)?.instructions())
    };
    let more = cost(&settings)? - cost(&json!({}))?;
    let bytes = settings.to_string().len();
    println!(
        "settings: {bytes} bytes, {more} instructions, {:.2} per byte",
        more as f64 / bytes as f64
    );
    Ok(())
}

/// What settings cost, beyond a finding, that ask a host or change the object.
fn print_look_ups(meter: &Meter) -> Result<(), Box<dyn Error>> {
    let meter = meter.clone().with_host(Registry);
    let cost = |settings: &Value| -> Result<u64, Box<dyn Error>> {
        let payload = validate_payload(&create(moving(1))?, settings);
        Ok(meter.measure("validate", &payload)?.instructions())
    };
    for settings in [
        json!({"adjust": "if-not-present"}),
        json!({"adjust": "pin", "registries": ["registry.example.com"]}),
        json!({"drift": {"check": true}, "registries": ["registry.example.com"]}),
    ] {
        // As long, and without an effect.
        let without = json!({"controllers": [settings.to_string()]});
        let more = cost(&settings)?.saturating_sub(cost(&without)?);
        println!("{settings}: {more} instructions more for a finding");
    }
    Ok(())
}

/// Registries in which every tag means the same, of a cluster without Pods.
struct Registry;

impl Host for Registry {
    fn call(&self, namespace: &str, _: &str, _: &[u8]) -> Result<Vec<u8>, HostError> {
        let digest = format!("sha256:{}", "0".repeat(64));
        let answer = match namespace {
            "oci" => json!({"digest": digest}),
            _ => json!({"items": []}),
        };
        Ok(answer.to_string().into_bytes())
    }
}

fn create(object: Value) -> Result<Value, Box<dyn Error>> {
    Ok(Request::create(object)?.value().clone())
}

/// An update that changes nothing.
fn update(object: Value) -> Result<Value, Box<dyn Error>> {
    let mut request = create(object.clone())?;
    let fields = request.as_object_mut().ok_or("a request is an object")?;
    fields.insert("operation".to_owned(), json!("UPDATE"));
    fields.insert("oldObject".to_owned(), object);
    Ok(request)
}

fn median(engine: &Engine, payload: &[u8]) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let mut times = Vec::new();
    while times.len() < FEWEST_ROUNDS || (times.len() < MOST_ROUNDS && start.elapsed() < PATIENCE) {
        let round = Instant::now();
        black_box(engine.call("validate", black_box(payload))?);
        times.push(round.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
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

/// The same, in a kind of which nothing is known.
fn rollout(containers: usize) -> Value {
    let mut object = deployment(containers);
    object["apiVersion"] = json!("argoproj.io/v1alpha1");
    object["kind"] = json!("Rollout");
    object
}

/// A Deployment of which the first few containers have a finding.
fn moving(findings: usize) -> Value {
    let mut object = deployment(12);
    if let Some(containers) = object["spec"]["template"]["spec"]["containers"].as_array_mut() {
        for container in containers.iter_mut().take(findings) {
            container["image"] = json!("registry.example.com/shop/web:main");
            container["imagePullPolicy"] = json!("Always");
        }
    }
    object
}

fn cluster() -> Value {
    json!({
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "database", "namespace": "shop"},
        "spec": {
            "instances": 3,
            "imageName": "registry.example.com/postgresql:18.6-202608201414-standard-trixie",
            "imagePullPolicy": "IfNotPresent",
            "bootstrap": {"initdb": {"database": "app", "owner": "app"}},
            "postgresql": {
                "extensions": [{"name": "postgis", "image": {
                    "reference": "registry.example.com/postgis:18-3.6.1",
                }}],
                "parameters": {"max_connections": "200", "shared_buffers": "256MB"},
            },
            "resources": {"limits": {"cpu": "2", "memory": "1Gi"}},
            "storage": {"size": "10Gi"},
        },
    })
}

/// Settings that give most of what can be given.
fn settings() -> Value {
    json!({
        "mode": "strict",
        "environments": [
            {"name": "test", "mode": "lenient", "namespaces": ["e2e-*", "ci"]},
            {"name": "production", "mode": "strict", "namespaces": ["shop"]},
        ],
        "tags": {
            "consider": "floating",
            "mutable": ["bitnami/**"],
            "immutable": ["*.dkr.ecr.*.amazonaws.com/**", "registry.example.com/**:v*"],
        },
        "pullPolicies": ["Always"],
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
    })
}

/// A container as large operators declare theirs.
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
