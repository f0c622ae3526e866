//! The policy that the program is built with.

use mutable_tags_policy::admission;
use mutable_tags_policy::policy::{Capability, Evaluation, Host as PolicyHost, Severity};

use super::{Finding, Judgement};
use crate::host::{Host, Request};
use crate::response::{SettingsResponse, ValidationResponse};

/// Passes the policy's lookups on to a host.
struct HostAdapter<'h>(&'h dyn Host);

impl PolicyHost for HostAdapter<'_> {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let (namespace, operation) = capability.call();
        let request = Request::parse(namespace, operation, request.as_bytes());
        let answer = request.and_then(|request| self.0.answer(&request));
        answer.map_err(|error| error.to_string())
    }
}

pub(super) fn validate_settings(settings: &[u8]) -> SettingsResponse {
    match admission::parse_settings(settings) {
        Ok(_) => SettingsResponse {
            valid: true,
            message: None,
        },
        Err(invalid) => SettingsResponse {
            valid: false,
            message: Some(invalid.to_string()),
        },
    }
}

pub(super) fn judge(payload: &[u8], host: &dyn Host) -> Judgement {
    let host = HostAdapter(host);
    match admission::evaluate(payload, &host) {
        Ok(evaluation) => Judgement {
            response: response_of(&evaluation),
            findings: findings_of(&evaluation),
            omitted: 0,
        },
        Err(refusal) => Judgement {
            response: ValidationResponse {
                message: Some(refusal.to_string()),
                code: Some(refusal.code()),
                ..ValidationResponse::default()
            },
            ..Judgement::default()
        },
    }
}

/// The answer that the module gives.
fn response_of(evaluation: &Evaluation) -> ValidationResponse {
    let code = evaluation.verdict.code();
    let annotations = evaluation.audit_annotations().into_iter();
    let annotations = annotations.map(|(name, text)| (name.to_owned(), text));
    let mutated_object = evaluation.mutated_object.as_deref();
    ValidationResponse {
        accepted: code.is_none(),
        message: evaluation.message(),
        code,
        mutated_object: mutated_object.and_then(|json| serde_json::from_str(json).ok()),
        audit_annotations: Some(annotations.collect())
            .filter(|all: &std::collections::BTreeMap<_, _>| !all.is_empty()),
        warnings: Some(evaluation.warnings()).filter(|warnings| !warnings.is_empty()),
    }
}

fn findings_of(evaluation: &Evaluation) -> Vec<Finding> {
    let errors = evaluation.errors.iter().map(|field| {
        let path = field.error.path().to_string();
        Finding {
            denies: field.severity == Severity::Deny,
            ..Finding::unreadable(&path, &field.error.to_string())
        }
    });
    let findings = evaluation.findings.iter().map(|finding| Finding {
        path: finding.path.to_string(),
        image: Some(finding.image.clone()),
        reason: finding.cause.code().to_owned(),
        pull_policy: Some(finding.pull_policy.policy.to_string()),
        denies: finding.severity == Severity::Deny,
        message: finding.sentence(),
        fixes: finding.fixes(),
    });
    errors.chain(findings).collect()
}
