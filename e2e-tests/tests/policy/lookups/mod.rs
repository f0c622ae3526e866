//! Tests lookups, and how findings are adjusted.

mod adjusted;
mod answers;
mod examples;
mod multitude;
mod reused_tag;

use std::sync::Arc;

use e2e_tests::host::{Capabilities, Context, Exchange, Recording, Registry, Request as Call};
use e2e_tests::validate_payload;
use mutable_tags_cli::Request;
use serde_json::{Value, json};

use crate::ENGINE;
use crate::answer::Answer;

/// A cluster and its registries, which record every lookup.
pub(crate) struct World(Arc<Recording<Capabilities>>);

impl World {
    /// A cluster with these objects, and any registry.
    pub(crate) fn with(objects: Vec<Value>) -> Self {
        Self(Arc::new(Recording::new(Capabilities {
            context: Some(Context::new(objects)),
            registry: Some(Registry::new().unwrap()),
        })))
    }

    /// The answer of the policy in this cluster.
    pub(crate) fn validate(&self, request: &Value, settings: &Value) -> Answer {
        let engine = ENGINE.clone().with_host(Arc::clone(&self.0));
        let payload = validate_payload(request, settings);
        engine.validate_payload(&payload).unwrap().into()
    }

    /// Everything that was looked up so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let exchanges = self.0.session().exchanges;
        exchanges
            .into_iter()
            .map(|Exchange { request, .. }| request)
            .collect()
    }
}

/// A Deployment of one container in the namespace `shop`.
pub(crate) fn deployment(image: &str) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop", "labels": {"team": "Grün ☃"}},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {
                    "containers": [{"name": "web", "image": image, "imagePullPolicy": "Always"}],
                },
            },
        },
    })
}

/// A Pod of that Deployment that runs an image.
pub(crate) fn running(name: &str, image: &str, image_id: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "shop", "labels": {"app": "web"}},
        "spec": {"containers": [{"name": "web", "image": image}]},
        "status": {
            "phase": "Running",
            "containerStatuses": [{"name": "web", "image": image, "imageID": image_id}],
        },
    })
}

/// The request by which alice changes one object into another.
pub(crate) fn update(object: &Value, old_object: &Value) -> Value {
    by_alice(&Request::update(object.clone(), old_object.clone()).unwrap())
}

/// The request by which alice creates an object.
pub(crate) fn create(object: &Value) -> Value {
    by_alice(&Request::create(object.clone()).unwrap())
}

fn by_alice(request: &Request) -> Value {
    let mut request = request.value().clone();
    request["userInfo"] = json!({"username": "alice"});
    request
}
