//! The merge rules of Kubernetes' types: which lists are merged item by item, by which keys, and which
//! values count as unset.

use serde_json::{Map, Value};

use super::defaults::is_default;

/// The way in which the lists of a kind are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lists {
    /// Lists of Kubernetes' kinds, some of which have keys.
    Keyed,
    /// Lists of custom resources, which have none.
    Whole,
}

/// The fields of an item by which it is found in another list; without any, the item itself.
type Fields = &'static [&'static str];

const CONTAINERS: &[&str] = &["containers", "initContainers", "ephemeralContainers"];

/// The field around a list, the list, and the key of its items: the struct tags `patchMergeKey` of
/// Kubernetes' types. Ports have their protocol too, and spread constraints their `whenUnsatisfiable`,
/// as server-side apply has them (`listMapKey`): the same port may be open to TCP and UDP.
const KEYS: &[(&[&str], &str, Fields)] = &[
    (&["spec"], "containers", &["name"]),
    (&["spec"], "initContainers", &["name"]),
    (&["spec"], "ephemeralContainers", &["name"]),
    (&["spec"], "volumes", &["name"]),
    (&["spec"], "imagePullSecrets", &["name"]),
    (&["spec"], "resourceClaims", &["name"]),
    (&["spec"], "schedulingGates", &["name"]),
    (&["spec"], "hostAliases", &["ip"]),
    (
        &["spec"],
        "topologySpreadConstraints",
        &["topologyKey", "whenUnsatisfiable"],
    ),
    (CONTAINERS, "env", &["name"]),
    (CONTAINERS, "ports", &["containerPort", "protocol"]),
    (CONTAINERS, "volumeMounts", &["mountPath"]),
    (CONTAINERS, "volumeDevices", &["devicePath"]),
    // A Service's.
    (&["spec"], "ports", &["port", "protocol"]),
    // A ServiceAccount's.
    (&[""], "secrets", &["name"]),
    (&[""], "webhooks", &["name"]),
    (&["spec", "webhooks"], "matchConditions", &["name"]),
    (&["spec"], "variables", &["name"]),
    (&["spec"], "drivers", &["name"]),
    (&["metadata"], "ownerReferences", &["uid"]),
    (&["metadata"], "finalizers", &[]),
];

/// Maps whose keys the user chooses. The API server leaves out an empty one, and keeps every value
/// as it is.
const MAPS: &[&str] = &[
    "annotations",
    "data",
    "labels",
    "limits",
    "matchLabels",
    "nodeSelector",
    "overhead",
    "requests",
    "stringData",
    "volumeAttributes",
];

/// Flags whose type cannot tell false from nothing.
const FLAGS: &[&str] = &[
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "readOnly",
    "stdin",
    "stdinOnce",
    "tty",
];

/// Numbers whose type cannot tell 0 from nothing.
const NUMBERS: &[&str] = &[
    "failureThreshold",
    "hostPort",
    "initialDelaySeconds",
    "minReadySeconds",
    "periodSeconds",
    "successThreshold",
    "timeoutSeconds",
];

/// The site of a value: the field that holds it, and the field around that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    lists: Lists,
    around: &'a str,
    field: &'a str,
}

impl<'a> Site<'a> {
    pub(super) fn root(lists: Lists) -> Self {
        Self {
            lists,
            around: "",
            field: "",
        }
    }

    /// A field of the value.
    pub(super) fn field(self, name: &'a str) -> Self {
        Self {
            around: self.field,
            field: name,
            ..self
        }
    }

    /// Whether the API server alone sets the value. kubectl leaves its own annotation out of what
    /// it applies.
    pub(super) fn is_set_by_the_server(self) -> bool {
        match (self.around, self.field) {
            ("", "status") => true,
            ("metadata", field) => [
                "creationTimestamp",
                "generation",
                "managedFields",
                "resourceVersion",
                "selfLink",
                "uid",
            ]
            .contains(&field),
            ("annotations", field) => field == super::LAST_APPLIED,
            _ => false,
        }
    }

    /// Whether a change drops the fields that the manifest does not have: the struct tag
    /// `patchStrategy:"retainKeys"`. A volume cannot have two sources.
    pub(super) fn retains_keys(self) -> bool {
        let retained = [
            ("spec", "strategy"),
            ("spec", "volumes"),
            ("spec", "resourceClaims"),
        ];
        self.lists == Lists::Keyed && retained.contains(&(self.around, self.field))
    }

    /// Whether a manifest says nothing by this value: the API server leaves it out, or fills in its
    /// default.
    pub(super) fn is_unset(self, value: &Value) -> bool {
        let is_in_map = MAPS.contains(&self.around);
        match value {
            Value::Null => true,
            _ if self.lists == Lists::Whole || is_in_map => false,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty() && MAPS.contains(&self.field),
            Value::Bool(flag) => !flag && FLAGS.contains(&self.field),
            Value::Number(number) => number.as_u64() == Some(0) && NUMBERS.contains(&self.field),
        }
    }

    /// Whether the value is what the API server fills in where the manifest says nothing. `siblings`
    /// are the fields beside it.
    pub(super) fn is_default(self, value: &Value, siblings: &Map<String, Value>) -> bool {
        self.lists == Lists::Keyed && is_default(self.field, value, siblings)
    }

    /// Whether the value is a quantity. The API server writes it in its shortest form: `1000m`
    /// becomes `1`.
    pub(super) fn is_quantity(self) -> bool {
        self.lists == Lists::Keyed
            && (["limits", "requests", "overhead"].contains(&self.around)
                || ["divisor", "sizeLimit"].contains(&self.field))
    }

    /// The keys of the items, where the list has them: each item has a key of its own.
    pub(super) fn keys(self, items: &[Value]) -> Option<Vec<Key>> {
        let (_, _, fields) = KEYS.iter().find(|(around, list, _)| {
            self.lists == Lists::Keyed && around.contains(&self.around) && *list == self.field
        })?;
        let mut keys = Vec::<Key>::with_capacity(items.len());
        for item in items {
            let key = Key::of(item, fields)?;
            if keys.contains(&key) {
                return None;
            }
            keys.push(key);
        }
        Some(keys)
    }
}

fn is_null_or_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// The values that identify an item in its list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key(Vec<Value>);

impl Key {
    fn of(item: &Value, fields: Fields) -> Option<Self> {
        if fields.is_empty() {
            return Some(Self(vec![item.clone()]));
        }
        let parts = fields.iter().map(|&field| match (field, item.get(field)) {
            ("protocol", value) if value.is_none_or(is_null_or_empty) => Some(Value::from("TCP")),
            (_, value) => value.filter(|value| !value.is_null()).cloned(),
        });
        parts.collect::<Option<_>>().map(Self)
    }
}
