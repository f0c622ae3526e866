//! The ways in which an update can change an object, and the expected outcome of each.

use serde_json::{Map, Value, json};

/// The outcome of an update in strict mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Accepted without a warning.
    Silent,
    /// Accepted, with a warning for a finding that the update leaves as it was.
    Unchanged,
    /// Rejected, since the update adds a mutable tag.
    Added,
    /// Rejected, since the update restarts Pods, which pull the same tag again.
    Restarted,
}
pub(super) use Outcome::{Added, Restarted, Silent, Unchanged};

pub(super) struct Change {
    pub(super) name: &'static str,
    pub(super) apply: fn(&mut Value, &str),
    /// The outcome for an object with a pod template, and the one for a Pod.
    pub(super) outcomes: (Outcome, Outcome),
}

pub(super) const CHANGES: [Change; 17] = [
    Change {
        name: "nothing",
        apply: |_, _| {},
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "scale",
        apply: |object, _| set(object, "/spec/replicas", json!(5)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "scale to less",
        apply: |object, _| set(object, "/spec/replicas", json!(1)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "suspend",
        apply: |object, _| set(object, "/spec/suspend", json!(true)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "finalizer added",
        apply: |object, _| set(object, "/metadata/finalizers", json!(["example.com/wait"])),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "label on the object",
        apply: |object, _| set(object, "/metadata/labels", json!({"team": "a"})),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        name: "annotation on the template",
        apply: |object, at| {
            let restarted = json!({"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"});
            set(object, &format!("{at}/metadata/annotations"), restarted);
        },
        outcomes: (Restarted, Unchanged),
    },
    Change {
        name: "another mutable tag",
        apply: |object, at| set_container(object, at, "image", json!("acme/app:dev")),
        outcomes: (Added, Added),
    },
    Change {
        name: "another repository",
        apply: |object, at| set_container(object, at, "image", json!("acme/other:main")),
        outcomes: (Added, Added),
    },
    Change {
        name: "a pinned image",
        apply: |object, at| {
            let pinned = format!("acme/app:main@sha256:{}", "0".repeat(64));
            set_container(object, at, "image", json!(pinned));
        },
        outcomes: (Silent, Silent),
    },
    Change {
        name: "another pull policy",
        apply: |object, at| set_container(object, at, "imagePullPolicy", json!("IfNotPresent")),
        outcomes: (Silent, Silent),
    },
    Change {
        name: "container added in front",
        apply: |object, at| {
            let containers = containers(object, at);
            containers.insert(0, json!({"name": "proxy", "image": "acme/proxy:1.2.3"}));
        },
        outcomes: (Restarted, Unchanged),
    },
    Change {
        name: "containers reordered",
        apply: |object, at| containers(object, at).reverse(),
        outcomes: (Restarted, Unchanged),
    },
    Change {
        name: "container renamed",
        apply: |object, at| set_container(object, at, "name", json!("renamed")),
        outcomes: (Added, Added),
    },
    Change {
        name: "deletionTimestamp with a new image",
        apply: |object, at| {
            set(
                object,
                "/metadata/deletionTimestamp",
                json!("2026-01-01T00:00:00Z"),
            );
            set_container(object, at, "image", json!("acme/app:dev"));
        },
        outcomes: (Added, Added),
    },
    Change {
        name: "scale to nothing with a new image",
        apply: |object, at| {
            set(object, "/spec/replicas", json!(0));
            set_container(object, at, "image", json!("acme/app:dev"));
        },
        outcomes: (Added, Added),
    },
    Change {
        name: "another field of the template",
        apply: |object, at| set(object, &format!("{at}/spec/nodeName"), json!("a")),
        outcomes: (Restarted, Unchanged),
    },
];

fn containers<'v>(object: &'v mut Value, at: &str) -> &'v mut Vec<Value> {
    let path = format!("{at}/spec/containers");
    object.pointer_mut(&path).unwrap().as_array_mut().unwrap()
}

fn set_container(object: &mut Value, at: &str, field: &str, value: Value) {
    let container = containers(object, at).last_mut().unwrap();
    let fields = container.as_object_mut().unwrap();
    fields.insert(field.to_owned(), value);
}

/// Sets a field, and creates the objects on the way to it.
pub(super) fn set(object: &mut Value, pointer: &str, value: Value) {
    let mut target = object;
    for key in pointer.split('/').skip(1) {
        if !target.is_object() {
            *target = Value::Object(Map::new());
        }
        let fields = target.as_object_mut().unwrap();
        target = fields.entry(key.replace("~1", "/")).or_insert(Value::Null);
    }
    *target = value;
}
