//! Groups findings whose images are followed by the same words.

use super::finding::{Described, Joined, shared};
use super::number::Number;

/// The clauses for all findings. If several are pulled alike, and deny or warn for the same
/// reason, that is said once, after the last of them.
pub(super) fn group(findings: &[Described<'_>]) -> Vec<String> {
    let mut groups: Vec<Vec<&Described<'_>>> = Vec::new();
    for own in findings {
        let is_alike = |group: &&mut Vec<&Described<'_>>| {
            let first = group.first();
            first.is_some_and(|first| first.shared == own.shared)
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    groups.iter().flat_map(|group| clauses(group)).collect()
}

fn clauses(group: &[&Described<'_>]) -> Vec<String> {
    if let [one] = group {
        let joined = Joined(one.finding, &one.shared);
        return vec![format!("{}{joined}", one.text)];
    }
    let mut clauses: Vec<String> = group.iter().map(|own| own.text.clone()).collect();
    let first = group.first().filter(|first| !first.shared.is_empty());
    clauses.extend(first.map(|first| shared(first.finding, Number::Many)));
    clauses
}
