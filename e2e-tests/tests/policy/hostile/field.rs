//! The fields of a payload that the policy reads.

use serde_json::Value;

use super::{deployment_payload, payload};

/// A field, and the type of its value.
pub(super) struct Field {
    pub(super) payload: fn(&Value) -> Value,
    pub(super) pointer: String,
    /// The field's name in a message.
    pub(super) path: String,
    pub(super) holds: Holds,
    /// The field that an error names if this one is null; `None` if it may be null.
    pub(super) null: Option<&'static str>,
}

/// The type of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Object,
    List,
    Boolean,
    Text,
    PullPolicy,
    Operation,
}

impl Holds {
    /// Whether a value has this type.
    pub(super) fn admits(self, value: &Value) -> bool {
        match self {
            Self::Object => value.is_object(),
            Self::List => value.is_array(),
            Self::Boolean => value.is_boolean(),
            Self::Text | Self::PullPolicy | Self::Operation => value.is_string(),
        }
    }
}

const CONTAINERS: &str = "spec.containers";
const TEMPLATE_CONTAINERS: &str = "spec.template.spec.containers";

/// Every field, each once.
pub(super) fn all() -> Vec<Field> {
    let mut fields = Vec::new();
    let mut add = |payload: fn(&Value) -> Value, pointer: &str, path: &str, holds, null| {
        fields.push(Field {
            payload,
            pointer: pointer.to_owned(),
            path: path.to_owned(),
            holds,
            null,
        });
    };
    let envelope = [
        ("kind", Holds::Object, Some("request.kind")),
        ("kind/group", Holds::Text, None),
        ("kind/kind", Holds::Text, Some("request.kind.kind")),
        ("namespace", Holds::Text, None),
        ("operation", Holds::Operation, Some("request.operation")),
        ("subResource", Holds::Text, None),
        ("userInfo", Holds::Object, None),
        ("userInfo/username", Holds::Text, None),
        ("userInfo/groups", Holds::List, None),
        ("userInfo/groups/0", Holds::Text, None),
    ];
    for (steps, holds, null) in envelope {
        let path = format!("request.{}", dotted(steps));
        add(payload, &format!("/request/{steps}"), &path, holds, null);
    }
    let pod = [
        ("metadata", Holds::Object, None),
        ("metadata/annotations", Holds::Object, None),
        (
            "metadata/annotations/kubernetes.io~1config.mirror",
            Holds::Text,
            None,
        ),
        ("metadata/ownerReferences", Holds::List, None),
        (
            "metadata/ownerReferences/0",
            Holds::Object,
            Some("metadata.ownerReferences[0]"),
        ),
        (
            "metadata/ownerReferences/0/controller",
            Holds::Boolean,
            None,
        ),
        ("spec", Holds::Object, Some(CONTAINERS)),
        ("spec/containers", Holds::List, Some(CONTAINERS)),
        ("spec/initContainers", Holds::List, None),
        ("spec/ephemeralContainers", Holds::List, None),
        ("spec/volumes", Holds::List, None),
        ("spec/volumes/0", Holds::Object, Some("spec.volumes[0]")),
        ("spec/volumes/0/name", Holds::Text, None),
        ("spec/volumes/0/image", Holds::Object, None),
        ("spec/volumes/0/image/reference", Holds::Text, None),
        ("spec/volumes/0/image/pullPolicy", Holds::PullPolicy, None),
    ];
    add(
        payload,
        "/request/object",
        "object",
        Holds::Object,
        Some("object"),
    );
    for (steps, holds, null) in pod {
        add(
            payload,
            &format!("/request/object/{steps}"),
            &dotted(steps),
            holds,
            null,
        );
    }
    let items = [
        ("spec/containers/0", "spec.containers[0]"),
        ("spec/initContainers/0", "spec.initContainers[0]"),
        ("spec/ephemeralContainers/0", "spec.ephemeralContainers[0]"),
    ];
    for (item, null) in items {
        add(
            payload,
            &format!("/request/object/{item}"),
            &dotted(item),
            Holds::Object,
            Some(null),
        );
        for (field, holds) in [
            ("name", Holds::Text),
            ("image", Holds::Text),
            ("imagePullPolicy", Holds::PullPolicy),
            ("env", Holds::List),
            ("env/0/name", Holds::Text),
            ("env/0/value", Holds::Text),
        ] {
            let steps = format!("{item}/{field}");
            add(
                payload,
                &format!("/request/object/{steps}"),
                &dotted(&steps),
                holds,
                None,
            );
        }
    }
    let variable = "spec/containers/0/env/0";
    add(
        payload,
        &format!("/request/object/{variable}"),
        &dotted(variable),
        Holds::Object,
        Some("spec.containers[0].env[0]"),
    );
    for steps in ["spec", "spec/template", "spec/template/spec"] {
        add(
            deployment_payload,
            &format!("/request/object/{steps}"),
            &dotted(steps),
            Holds::Object,
            Some(TEMPLATE_CONTAINERS),
        );
    }
    fields
}

/// Converts a pointer to a path: `a/b/0/c.d` becomes `a.b[0][c.d]`.
fn dotted(steps: &str) -> String {
    let mut path = String::new();
    for step in steps.split('/') {
        if step.parse::<usize>().is_ok() || step.contains('.') {
            path.push_str(&format!("[{}]", step.replace("~1", "/")));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(step);
        }
    }
    path
}
