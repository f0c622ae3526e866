//! The values that the API server fills in in a pod template. Others do not matter here, since only
//! the template starts Pods.
//!
//! Source: <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/v1/defaults.go>

use mutable_tags_policy::image::{ImageReference, PullPolicy};
use serde_json::{Map, Value};

enum DefaultValue {
    Text(&'static str),
    Number(u64),
    True,
    /// A mapping without fields.
    Empty,
}

/// Defaults by field name. A name has the same default everywhere in a pod template.
const DEFAULTS: &[(&str, DefaultValue)] = &[
    ("apiVersion", DefaultValue::Text("v1")),
    ("defaultMode", DefaultValue::Number(420)),
    ("divisor", DefaultValue::Text("0")),
    ("dnsPolicy", DefaultValue::Text("ClusterFirst")),
    ("emptyDir", DefaultValue::Empty),
    ("enableServiceLinks", DefaultValue::True),
    ("expirationSeconds", DefaultValue::Number(3600)),
    ("failureThreshold", DefaultValue::Number(3)),
    ("path", DefaultValue::Text("/")),
    ("periodSeconds", DefaultValue::Number(10)),
    ("protocol", DefaultValue::Text("TCP")),
    ("resources", DefaultValue::Empty),
    ("restartPolicy", DefaultValue::Text("Always")),
    ("schedulerName", DefaultValue::Text("default-scheduler")),
    ("scheme", DefaultValue::Text("HTTP")),
    ("securityContext", DefaultValue::Empty),
    ("successThreshold", DefaultValue::Number(1)),
    ("terminationGracePeriodSeconds", DefaultValue::Number(30)),
    (
        "terminationMessagePath",
        DefaultValue::Text("/dev/termination-log"),
    ),
    ("terminationMessagePolicy", DefaultValue::Text("File")),
    ("timeoutSeconds", DefaultValue::Number(1)),
    ("type", DefaultValue::Text("")),
    ("volumeMode", DefaultValue::Text("Filesystem")),
];

/// Whether the API server fills in this value of a field. `siblings` are the fields beside it: the
/// image decides on the pull policy.
pub(super) fn is_default(field: &str, value: &Value, siblings: &Map<String, Value>) -> bool {
    if field == "imagePullPolicy" {
        let image = siblings.get("image").and_then(Value::as_str);
        let default = PullPolicy::default_for(&ImageReference::try_from(image.unwrap_or_default()));
        return value.as_str() == Some(default.as_str());
    }
    let default = DEFAULTS.iter().find(|(name, _)| *name == field);
    default.is_some_and(|(_, default)| match default {
        DefaultValue::Text(text) => value.as_str() == Some(text),
        DefaultValue::Number(number) => value.as_u64() == Some(*number),
        DefaultValue::True => value.as_bool() == Some(true),
        DefaultValue::Empty => value.as_object().is_some_and(Map::is_empty),
    })
}
