//! The values that the API server fills in in a pod template. Others do not matter here, since only
//! the template starts Pods.
//!
//! Source: <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/v1/defaults.go>

use mutable_tags_policy::image::{ImageReference, PullPolicy};
use serde_json::{Map, Value};

/// A default.
enum Default {
    Text(&'static str),
    Number(u64),
    True,
    /// A mapping without fields.
    Empty,
}

/// Fields by their names, which mean the same wherever they stand in a pod template.
const DEFAULTS: &[(&str, Default)] = &[
    ("apiVersion", Default::Text("v1")),
    ("defaultMode", Default::Number(420)),
    ("divisor", Default::Text("0")),
    ("dnsPolicy", Default::Text("ClusterFirst")),
    ("emptyDir", Default::Empty),
    ("enableServiceLinks", Default::True),
    ("expirationSeconds", Default::Number(3600)),
    ("failureThreshold", Default::Number(3)),
    ("path", Default::Text("/")),
    ("periodSeconds", Default::Number(10)),
    ("protocol", Default::Text("TCP")),
    ("resources", Default::Empty),
    ("restartPolicy", Default::Text("Always")),
    ("schedulerName", Default::Text("default-scheduler")),
    ("scheme", Default::Text("HTTP")),
    ("securityContext", Default::Empty),
    ("successThreshold", Default::Number(1)),
    ("terminationGracePeriodSeconds", Default::Number(30)),
    (
        "terminationMessagePath",
        Default::Text("/dev/termination-log"),
    ),
    ("terminationMessagePolicy", Default::Text("File")),
    ("timeoutSeconds", Default::Number(1)),
    ("type", Default::Text("")),
    ("volumeMode", Default::Text("Filesystem")),
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
        Default::Text(text) => value.as_str() == Some(text),
        Default::Number(number) => value.as_u64() == Some(*number),
        Default::True => value.as_bool() == Some(true),
        Default::Empty => value.as_object().is_some_and(Map::is_empty),
    })
}
