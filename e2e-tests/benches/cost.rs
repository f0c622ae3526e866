//! What a request costs: the module's size, instructions, memory and time.
//!
//! None of the objects has a finding, so these are the costs that every workload
//! of a cluster pays. Instructions and memory are exact; time is a median.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use e2e_tests::evaluate::Request;
use e2e_tests::fuel::Meter;
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
        "{:<32} {:>9} {:>12} {:>9} {:>12} {:>11}",
        "object", "payload", "instructions", "per byte", "memory", "median"
    );
    for (name, object) in [
        ("Pod, 1 container", pod()),
        ("Deployment, 12 containers", deployment(12)),
        ("Deployment, 1,000 containers", deployment(1000)),
    ] {
        let payload = validate_payload(Request::create(object)?.value(), &json!({}));
        let answer = engine.validate_payload(&payload)?;
        if !answer.accepted || answer.message.is_some() {
            return Err(format!("{name} has a finding: {answer:?}").into());
        }
        let cost = meter.measure("validate", &payload)?;
        let per_byte = cost.instructions() as f64 / payload.len() as f64;
        let median = median(&engine, &payload)?.as_secs_f64() * 1e6;
        println!(
            "{name:<32} {:>9} {:>12} {per_byte:>9.2} {:>12} {median:>8.1} µs",
            payload.len(),
            cost.instructions(),
            cost.memory()
        );
    }
    Ok(())
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
