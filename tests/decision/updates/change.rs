//! The ways in which an update can change an object, and the expected outcome of each.

use serde_json::{Map, Value, json};

/// The outcome of an update in strict mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Accepted without a warning.
    Silent,
    /// Accepted, with a warning for a finding that the update leaves as it was.
    Unchanged,
    /// Rejected, since the update brings a mutable tag.
    New,
    /// Rejected, since the update pulls the same tag again.
    Again,
}
pub(super) use Outcome::{Again, New, Silent, Unchanged};

pub(super) struct Change {
    pub(super) what: &'static str,
    pub(super) apply: fn(&mut Value, &str),
    /// The outcome for an object with a pod template, and the one for a Pod.
    pub(super) outcomes: (Outcome, Outcome),
}

pub(super) const CHANGES: [Change; 17] = [
    Change {
        what: "nothing",
        apply: |_, _| {},
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "scale",
        apply: |object, _| set(object, "/spec/replicas", json!(5)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "scale to less",
        apply: |object, _| set(object, "/spec/replicas", json!(1)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "suspend",
        apply: |object, _| set(object, "/spec/suspend", json!(true)),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "finalizer added",
        apply: |object, _| set(object, "/metadata/finalizers", json!(["example.com/wait"])),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "label on the object",
        apply: |object, _| set(object, "/metadata/labels", json!({"team": "a"})),
        outcomes: (Unchanged, Unchanged),
    },
    Change {
        what: "annotation on the template",
        apply: |object, at| {
            let restarted = json!({"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"});
            set(object, &format!("{at}/metadata/annotations"), restarted);
        },
        outcomes: (Again, Unchanged),
    },
    Change {
        what: "another mutable tag",
        apply: |object, at| set_container(object, at, "image", json!("acme/app:dev")),
        outcomes: (New, New),
    },
    Change {
        what: "another repository",
        apply: |object, at| set_container(object, at, "image", json!("acme/other:main")),
        outcomes: (New, New),
    },
    Change {
        what: "a pinned image",
        apply: |object, at| {
            let pinned = format!("acme/app:main@sha256:{}", "0".repeat(64));
            set_container(object, at, "image", json!(pinned));
        },
        outcomes: (Silent, Silent),
    },
    Change {
        what: "another pull policy",
        apply: |object, at| set_container(object, at, "imagePullPolicy", json!("IfNotPresent")),
        outcomes: (Silent, Silent),
    },
    Change {
        what: "container added in front",
        apply: |object, at| {
            let containers = containers(object, at);
            containers.insert(0, json!({"name": "proxy", "image": "acme/proxy:1.2.3"}));
        },
        outcomes: (Again, Unchanged),
    },
    Change {
        what: "containers reordered",
        apply: |object, at| containers(object, at).reverse(),
        outcomes: (Again, Unchanged),
    },
    Change {
        what: "container renamed",
        apply: |object, at| set_container(object, at, "name", json!("renamed")),
        outcomes: (New, New),
    },
    Change {
        what: "deletionTimestamp with a new image",
        apply: |object, at| {
            set(
                object,
                "/metadata/deletionTimestamp",
                json!("2026-01-01T00:00:00Z"),
            );
            set_container(object, at, "image", json!("acme/app:dev"));
        },
        outcomes: (New, New),
    },
    Change {
        what: "scale to nothing with a new image",
        apply: |object, at| {
            set(object, "/spec/replicas", json!(0));
            set_container(object, at, "image", json!("acme/app:dev"));
        },
        outcomes: (New, New),
    },
    Change {
        what: "another field of the template",
        apply: |object, at| set(object, &format!("{at}/spec/nodeName"), json!("a")),
        outcomes: (Again, Unchanged),
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
    let mut place = object;
    for key in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let fields = place.as_object_mut().unwrap();
        place = fields.entry(key.replace("~1", "/")).or_insert(Value::Null);
    }
    *place = value;
}
