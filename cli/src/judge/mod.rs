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
use crate::input::yaml::text_at;
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
    /// The number of further findings, which a module only counts.
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
    /// The problem, as a sentence without a full stop.
    pub(crate) message: String,
    /// The ways to fix it; empty where a module does not tell.
    pub(crate) fixes: Vec<String>,
}

/// The reason of a field that cannot be read.
pub(crate) const UNREADABLE: &str = "unreadable";

/// The words of the policy before the first of the fields that cannot be read.
const CANNOT_BE_JUDGED: &str = "the request cannot be judged: ";

impl Finding {
    /// A field that cannot be read, which rejects the request. The error names it.
    fn unreadable(path: &str, error: &str) -> Self {
        Self {
            path: path.to_owned(),
            image: None,
            reason: UNREADABLE.to_owned(),
            pull_policy: None,
            denies: true,
            message: format!("{CANNOT_BE_JUDGED}{error}"),
            fixes: Vec::new(),
        }
    }
}

impl Judgement {
    /// Reads the findings from a module's answer, which has the first ten. Their sentences are taken from
    /// the message for people, which may have no room for some.
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
        let denies = !response.accepted;
        let unreadable = unreadable(&sentences).into_iter();
        let unreadable = unreadable.map(|finding| Finding { denies, ..finding });
        let findings = findings.unwrap_or_default();
        let findings = findings.iter().map(|finding| {
            let text = |field| text_at(finding, field).to_owned();
            let [path, image] = ["path", "image"].map(text);
            let [reason, pull_policy] = ["reason", "pullPolicy"].map(text);
            let about = sentences.about(&path).map(str::to_owned);
            let message = about.unwrap_or_else(|| {
                format!("{image:?} ({path}) is a finding with the reason {reason}, and imagePullPolicy {pull_policy}")
            });
            Finding {
                path,
                image: Some(image),
                reason,
                pull_policy: Some(pull_policy),
                denies,
                message,
                fixes: fixes.clone(),
            }
        });
        Self {
            findings: unreadable.chain(findings).collect(),
            omitted: omitted.unwrap_or_default(),
            response,
        }
    }
}

/// The fields that cannot be read. They come first in a message: `the request cannot be judged:
/// spec.containers must be a list; spec.volumes must be a list`.
fn unreadable(sentences: &Sentences<'_>) -> Vec<Finding> {
    let is_before = |sentence: &&&str| !sentence.starts_with(CANNOT_BE_JUDGED);
    let sentences = sentences.as_slice().iter().skip_while(is_before);
    let errors = sentences.map_while(|sentence| {
        let error = sentence.strip_prefix(CANNOT_BE_JUDGED).unwrap_or(sentence);
        let path = error.split(' ').next()?;
        let is_path = !path.starts_with('"') && path.contains(['.', '[']);
        is_path.then(|| Finding::unreadable(path, error))
    });
    errors.collect()
}

/// The fix of a message, if it has only one. Of several, it is not known which finding each is for.
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

    /// The findings of a module's rejection, each as its path and its message.
    fn told(message: &str, images: &[(&str, &str)]) -> Vec<(String, String)> {
        let findings = images.iter().map(|(path, image)| {
            json!({"path": path, "image": image, "reason": "channel", "pullPolicy": "Always"})
        });
        let findings = Value::Array(findings.collect()).to_string();
        let annotations = [("findings".to_owned(), findings)].into();
        let judgement = Judgement::of_response(ValidationResponse {
            message: Some(message.to_owned()),
            audit_annotations: Some(annotations),
            ..ValidationResponse::default()
        });
        let findings = judgement.findings.into_iter();
        findings
            .map(|finding| (finding.path, finding.message))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = expected.iter().copied();
        pairs
            .map(|(path, message)| (path.to_owned(), message.to_owned()))
            .collect()
    }

    #[test]
    fn a_finding_of_a_module_has_its_own_sentence() {
        assert_eq!(
            told(
                r#"h: "a:main" (container "a", x.spec.image) moves; "b:main" (container "b", spec.image) moves; and 1 more; fix: pin it"#,
                &[
                    ("spec.image", "b:main"),
                    ("x.spec.image", "a:main"),
                    ("spec.images", "c:main"),
                ],
            ),
            pairs(&[
                (
                    "spec.image",
                    r#""b:main" (container "b", spec.image) moves"#
                ),
                (
                    "x.spec.image",
                    r#""a:main" (container "a", x.spec.image) moves"#
                ),
                (
                    "spec.images",
                    r#""c:main" (spec.images) is a finding with the reason channel, and imagePullPolicy Always"#
                ),
            ])
        );
    }

    #[test]
    fn fields_that_a_module_cannot_read_are_findings() {
        assert_eq!(
            told(
                r#"h: the request cannot be judged: spec.a must be a string; spec.b must be a list; "c:main" (spec.image) moves; see example.com"#,
                &[("spec.image", "c:main")],
            ),
            pairs(&[
                (
                    "spec.a",
                    "the request cannot be judged: spec.a must be a string"
                ),
                (
                    "spec.b",
                    "the request cannot be judged: spec.b must be a list"
                ),
                ("spec.image", r#""c:main" (spec.image) moves"#),
            ])
        );
        assert_eq!(told("h: spec.a must be a string", &[]), pairs(&[]));
    }
}
