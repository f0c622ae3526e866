//! Finds the fields of a policy's manifest that restrict it in a cluster. They have no effect here:
//! like `kwctl run`, `check` judges every object.

use std::fmt;

use serde_json::Value;

/// A field that makes a cluster judge or reject fewer objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// `spec.mode` is `monitor`.
    Monitor,
    /// A field of `spec` that selects among the objects of the rules.
    Selector(&'static str),
    /// The policy is for one namespace.
    Namespaced,
}

impl Scope {
    /// The restricting fields of a manifest, without its rules, which every manifest has.
    pub(crate) fn of(policy: &Value) -> Vec<Self> {
        let spec = policy.get("spec");
        let field = |name: &str| spec.and_then(|spec| spec.get(name));
        let is_given = |name: &str| match field(name) {
            None | Some(Value::Null) => false,
            Some(Value::Object(fields)) => !fields.is_empty(),
            Some(Value::Array(items)) => !items.is_empty(),
            Some(_) => true,
        };
        let is_monitor = field("mode").and_then(Value::as_str) == Some("monitor");
        let kind = policy.get("kind").and_then(Value::as_str);
        let mut scopes = Vec::from_iter(is_monitor.then_some(Self::Monitor));
        scopes.extend((kind == Some("AdmissionPolicy")).then_some(Self::Namespaced));
        let selectors = ["namespaceSelector", "objectSelector", "matchConditions"];
        scopes.extend(
            selectors
                .into_iter()
                .filter(|name| is_given(name))
                .map(Self::Selector),
        );
        scopes
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Monitor => formatter.write_str(
                "spec.mode is monitor: a policy server accepts and logs the objects that are rejected here",
            ),
            Self::Selector(field) => write!(
                formatter,
                "spec.{field} is ignored: every object is judged"
            ),
            Self::Namespaced => formatter.write_str(
                "an AdmissionPolicy covers its own namespace, but here every object is judged",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Scope;

    #[test]
    fn names_the_fields_that_restrict_a_policy() {
        let selector = json!({"matchLabels": {"environment": "test"}});
        for (policy, scopes) in [
            (
                json!({"kind": "ClusterAdmissionPolicy", "spec": {"mode": "protect"}}),
                vec![],
            ),
            (
                json!({"kind": "ClusterAdmissionPolicy", "spec": {"mode": "monitor"}}),
                vec![Scope::Monitor],
            ),
            (
                json!({"kind": "AdmissionPolicy", "spec": {"objectSelector": selector}}),
                vec![Scope::Namespaced, Scope::Selector("objectSelector")],
            ),
            (
                json!({"spec": {"namespaceSelector": selector, "matchConditions": [{}]}}),
                vec![
                    Scope::Selector("namespaceSelector"),
                    Scope::Selector("matchConditions"),
                ],
            ),
        ] {
            assert_eq!(Scope::of(&policy), scopes, "{policy}");
        }
    }

    #[test]
    fn ignores_empty_fields() {
        for policy in [
            json!({}),
            json!({"spec": null}),
            json!({"spec": {"namespaceSelector": {}, "matchConditions": [], "mode": null}}),
        ] {
            assert_eq!(Scope::of(&policy), [], "{policy}");
        }
    }
}
