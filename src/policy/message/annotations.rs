//! The annotations for the audit log.

use super::MAX_LISTED;
use crate::policy::evaluation::{Evaluation, Finding, SelectedModeOrigin};
use crate::policy::exempt::Exempted;
use crate::quoted::Quoted;

impl Evaluation {
    /// The names and values of the annotations for the audit log.
    #[must_use]
    pub fn audit_annotations(&self) -> Vec<(&'static str, String)> {
        let mut annotations = Vec::new();
        if let Some(selected) = &self.mode {
            annotations.push(("mode", selected.mode.as_str().to_owned()));
            if let SelectedModeOrigin::Environment(name) = &selected.origin {
                annotations.push(("environment", name.clone()));
            }
            annotations.push(("findings", list(self.findings.iter().map(of_finding))));
            let omitted = self.findings.len().saturating_sub(MAX_LISTED);
            if omitted > 0 {
                annotations.push(("omitted", omitted.to_string()));
            }
        }
        if !self.exempted.is_empty() {
            annotations.push(("exempted", list(self.exempted.iter().map(of_exempted))));
        }
        annotations
    }
}

/// The first items as a JSON array.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.take(MAX_LISTED).collect();
    format!("[{}]", items.join(","))
}

fn of_finding(finding: &Finding) -> String {
    format!(
        r#"{{"path":{},"image":{},"reason":"{}","pullPolicy":"{}"}}"#,
        Quoted::new(&finding.path.to_string()),
        Quoted::new(&finding.image),
        finding.cause.code(),
        finding.pull_policy.policy,
    )
}

fn of_exempted(exempted: &Exempted) -> String {
    format!(
        r#"{{"image":{},"reason":{}}}"#,
        Quoted::new(&exempted.image),
        // Words of the settings are written as they are.
        serde_json::to_string(&exempted.reason).unwrap_or_default(),
    )
}
