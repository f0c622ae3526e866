//! Kubernetes' default pull policy, on the rows of its own tests and more.

use mutable_tags_policy::image::{ImageReference, PullPolicy};

use crate::table;
use crate::test;

#[test]
fn fills_in_what_kubernetes_fills_in() {
    let rows = table::rows(include_str!("../cases/pull_policies.tsv"));
    assert!(rows.len() >= 60, "the table has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [written, declared, effective, origin, _note] = row.columns();
            let text: String = serde_json::from_str(written).unwrap();
            let found = match declared.parse::<PullPolicy>() {
                Ok(policy) => (policy.as_str(), "declared"),
                Err(_) => {
                    let reference = ImageReference::try_from(text.as_str());
                    (PullPolicy::default_for(&reference).as_str(), "default")
                }
            };
            (found != (effective, origin)).then(|| {
                format!("{written} {declared}: expected {effective} {origin}, found {found:?}")
            })
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}
