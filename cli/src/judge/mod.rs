//! Judges requests with the policy: natively, or with a compiled module.

mod engine;
mod error;
mod module;
mod native;
mod sentences;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

pub use error::JudgeError;
pub use sentences::Sentences;

pub(crate) use sentences::names;

use crate::host::Host;
use crate::response::{SettingsResponse, ValidationResponse};
use module::Module;

/// A judge of requests.
///
/// A clone shares the compiled module, and can have a host of its own.
#[derive(Clone)]
pub struct Judge(Policy);

#[derive(Clone)]
enum Policy {
    /// The policy that the program is built with.
    Native(Arc<dyn Host>),
    /// A module in the embedded interpreter.
    Module(Module),
}

impl Judge {
    /// The judge with a module, or with the policy that the program is built with. The host
    /// answers what the policy asks.
    pub fn new(module: Option<&Path>, host: Arc<dyn Host>) -> Result<Self, JudgeError> {
        Ok(Self(match module {
            Some(path) => Policy::Module(Module::load(path, host)?),
            None => Policy::Native(host),
        }))
    }

    /// Replaces the host.
    #[must_use]
    pub fn with_host(self, host: Arc<dyn Host>) -> Self {
        Self(match self.0 {
            Policy::Module(module) => Policy::Module(module.with_host(host)),
            Policy::Native(_) => Policy::Native(host),
        })
    }

    /// Validates settings, as JSON.
    pub fn validate_settings(&self, settings: &[u8]) -> Result<SettingsResponse, JudgeError> {
        match &self.0 {
            Policy::Native(_) => Ok(native::validate_settings(settings)),
            Policy::Module(module) => {
                let operation = "validate_settings";
                parse(operation, &module.call(operation, settings)?)
            }
        }
    }

    /// Judges an admission request.
    pub(crate) fn judge(&self, request: &Value, settings: &Value) -> Result<Judgement, JudgeError> {
        self.judge_payload(payload(request, settings).as_bytes())
    }

    /// Judges the payload of a waPC host, which need not be well-formed.
    pub fn judge_payload(&self, payload: &[u8]) -> Result<Judgement, JudgeError> {
        match &self.0 {
            Policy::Native(host) => Ok(native::judge(payload, host.as_ref())),
            Policy::Module(module) => {
                let operation = "validate";
                let answer = module.call(operation, payload)?;
                Ok(Judgement::of_response(parse(operation, &answer)?))
            }
        }
    }
}

/// The payload of a request as policy-server writes it: compact, with sorted keys.
pub(crate) fn payload(request: &Value, settings: &Value) -> String {
    json!({"request": request, "settings": settings}).to_string()
}

fn parse<T: serde::de::DeserializeOwned>(
    operation: &'static str,
    answer: &[u8],
) -> Result<T, JudgeError> {
    serde_json::from_slice(answer).map_err(|error| JudgeError::Answer { operation, error })
}

/// The verdict on a request, and everything that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// The policy's answer, as a host gets it.
    pub response: ValidationResponse,
    pub(crate) findings: Vec<Finding>,
    /// The number of findings beside these, of which a module tells only that there are some.
    pub(crate) omitted: usize,
}

/// An image that is a finding, or a field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The path in the object, such as `spec.containers[0].image`.
    pub(crate) path: String,
    /// The image as it is written; `None` for a field that cannot be read.
    pub(crate) image: Option<String>,
    /// The stable code, such as `latest` or `unreadable`.
    pub(crate) reason: String,
    /// The effective pull policy of an image.
    pub(crate) pull_policy: Option<String>,
    /// Whether the finding rejects the request in strict mode.
    pub(crate) denies: bool,
    /// What is wrong, as a sentence without a full stop.
    pub(crate) message: String,
    /// The ways to fix it; empty where a module does not tell.
    pub(crate) fixes: Vec<String>,
}

/// The reason of a field that cannot be read.
pub(crate) const UNREADABLE: &str = "unreadable";

impl Judgement {
    /// The findings that the answer of a module tells: the first ten. What it says of each is taken
    /// from the message for people.
    fn of_response(response: ValidationResponse) -> Self {
        let annotation = |name: &str| {
            let annotations = response.audit_annotations.as_ref();
            annotations.and_then(|annotations| annotations.get(name))
        };
        let omitted = annotation("omitted").and_then(|count| count.parse().ok());
        let findings = annotation("findings");
        let findings = findings.and_then(|json| serde_json::from_str::<Vec<Value>>(json).ok());
        let message = response.message.clone().unwrap_or_default();
        let sentences = Sentences::parse(&message);
        let fixes = fixes(&sentences);
        let findings = findings.unwrap_or_default();
        let findings = findings.iter().map(|finding| {
            let text = |field: &str| {
                let text = finding.get(field).and_then(Value::as_str);
                text.unwrap_or_default().to_owned()
            };
            let path = text("path");
            let about = sentences.about(&path);
            Finding {
                image: Some(text("image")),
                reason: text("reason"),
                pull_policy: Some(text("pullPolicy")),
                denies: !response.accepted,
                message: about.unwrap_or(&message).to_owned(),
                fixes: fixes.clone(),
                path,
            }
        });
        Self {
            findings: findings.collect(),
            omitted: omitted.unwrap_or_default(),
            response,
        }
    }
}

/// The only fix of a message; nothing where it has several, of which it cannot be told which finding
/// each is for.
fn fixes(sentences: &Sentences<'_>) -> Vec<String> {
    let sentences = sentences.as_slice().iter();
    let fixes: Vec<_> = sentences
        .filter_map(|sentence| sentence.strip_prefix("fix: "))
        .collect();
    match fixes.as_slice() {
        [fix] => vec![(*fix).to_owned()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::request::Request;

    #[test]
    fn keys_are_sorted_as_policy_server_sorts_them() {
        let deployment = json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"replicas": 1},
        });
        let request = Request::create(deployment).unwrap();
        let payload = payload(request.value(), &json!({"b": 1, "a": 2}));
        assert_eq!(
            payload,
            concat!(
                r#"{"request":{"dryRun":false,"kind":{"group":"apps","kind":"Deployment","version":"v1"},"#,
                r#""name":"web","namespace":"shop","#,
                r#""object":{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":1}},"#,
                r#""oldObject":null,"operation":"CREATE","options":null,"#,
                r#""requestKind":{"group":"apps","kind":"Deployment","version":"v1"},"#,
                r#""requestResource":{"group":"apps","resource":"deployments","version":"v1"},"#,
                r#""resource":{"group":"apps","resource":"deployments","version":"v1"},"#,
                r#""uid":"00000000-0000-4000-8000-000000000001","userInfo":{}},"settings":{"a":2,"b":1}}"#,
            )
        );
    }
}
