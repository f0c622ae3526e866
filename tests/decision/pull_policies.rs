//! Kubernetes' default pull policy, on the rows of Kubernetes' own tests and on others.

use mutable_tags_policy::image::{ImageReference, PullPolicy};

use crate::host::CaseHost;
use crate::table;
use crate::test;

#[test]
fn has_the_default_pull_policy_of_kubernetes() {
    let rows = table::rows(include_str!("../cases/pull_policies.tsv"));
    assert!(rows.len() >= 60, "the table has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter(|row| row.columns::<5>()[3] == "default")
        .filter_map(|row| {
            let [written, declared, effective, _origin, _note] = row.columns();
            let text: String = serde_json::from_str(written).unwrap();
            let reference = ImageReference::try_from(text.as_str());
            let default = PullPolicy::default_for(&reference).as_str();
            (default != effective)
                .then(|| format!("{written} {declared}: expected {effective}, found {default}"))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_declared_pull_policy_overrides_the_default() {
    for row in table::rows(include_str!("../cases/pull_policies.tsv")) {
        let [written, declared, effective, ..] = row.columns::<5>();
        // An image with a digest is not a finding, so no answer has its pull policy.
        if written.contains('@') {
            continue;
        }
        let pull_policy = match declared {
            "-" => String::new(),
            _ => format!(r#","imagePullPolicy":"{declared}""#),
        };
        let payload = format!(
            r#"{{"request":{{"kind":{{"kind":"Pod"}},"operation":"CREATE","object":{{"spec":{{"containers":[{{"image":{written}{pull_policy}}}]}}}}}},"settings":{{"tags":{{"consider":"any"}},"pullPolicies":["Always","IfNotPresent","Never"]}}}}"#
        );
        let answer =
            mutable_tags_policy::admission::validate(payload.as_bytes(), &CaseHost::silent());
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        let findings = answer.pointer("/audit_annotations/findings");
        let expected = format!(r#""pullPolicy":"{effective}""#);
        assert!(
            written == r#""""# || findings.unwrap().as_str().unwrap().contains(&expected),
            "{written} {declared}: {answer}"
        );
    }
}
