//! Admission requests as an API server sends them, and changes of them.

use mutable_tags_cli::Request;
use serde_json::{Value, json};

/// A reference whose tag moves.
pub(crate) const MOVING: &str = "registry.example.com/shop/web:main";
/// A reference whose tag is a whole version.
pub(crate) const VERSION: &str = "registry.example.com/shop/web:1.4.2";
/// A reference with a digest.
pub(crate) const PINNED: &str = "registry.example.com/shop/web:main@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// The request that creates an object.
pub(crate) fn create(object: Value) -> Value {
    Request::create(object).unwrap().value().clone()
}

/// The request that creates a Pod in the namespace `shop`.
pub(crate) fn create_pod(spec: Value) -> Value {
    create(pod(spec))
}

/// A Pod in the namespace `shop`.
pub(crate) fn pod(spec: Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": spec,
    })
}

/// The request that creates a Pod with one container, `web`, that is always pulled.
pub(crate) fn create_pod_of(image: &str) -> Value {
    create_pod(json!({"containers": [container("web", image)]}))
}

/// A container that is always pulled.
pub(crate) fn container(name: &str, image: &str) -> Value {
    json!({"name": name, "image": image, "imagePullPolicy": "Always"})
}

/// A copy with another value at `pointer`, whose last step may be a new key.
pub(crate) fn with(value: &Value, pointer: &str, new: Value) -> Value {
    let mut changed = value.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    match changed.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            fields.insert(key, new);
        }
        Some(Value::Array(items)) => items[key.parse::<usize>().unwrap()] = new,
        _ => panic!("{pointer} leads nowhere"),
    }
    changed
}

/// A copy without the field at `pointer`.
pub(crate) fn without(value: &Value, pointer: &str) -> Value {
    let mut changed = value.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let fields = changed.pointer_mut(parent).and_then(Value::as_object_mut);
    assert!(fields.unwrap().remove(key).is_some(), "{pointer}");
    changed
}
