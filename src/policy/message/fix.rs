//! Words for the ways to fix findings, each once for all that it fixes.

use super::finding::Described;
use super::pull::{MAX_FIELD, is_adjusted};
use super::shortened::without_middle;
use crate::image::{ReferenceError, ReferenceFix, is_blank};
use crate::policy::evaluation::Finding;
use crate::policy::judge::Cause;
use crate::quoted::Quoted;

/// The fixes, each once for all findings that it fixes.
pub(super) fn fixes(findings: &[Described<'_>]) -> Vec<String> {
    let open = findings.iter().map(|own| own.finding);
    let open: Vec<&Finding> = open.filter(|finding| !is_adjusted(finding)).collect();
    let is_mutable = |finding: &&&Finding| matches!(finding.cause, Cause::Mutable(_));
    let mutable: Vec<&Finding> = open.iter().filter(is_mutable).copied().collect();
    let mut fixes = Vec::new();
    if !mutable.is_empty() {
        fixes.push(of_mutable(&mutable));
    }
    for finding in &open {
        let fix = match finding.cause {
            Cause::Mutable(_) => continue,
            Cause::Unparsable(error) => correction(error, finding, &open),
            Cause::NotFilledIn if is_blank(&finding.image) => "name an image".to_owned(),
            Cause::NotFilledIn => "render the template first".to_owned(),
            Cause::Template if is_blank(&finding.image) => {
                "name an image, unless an image trigger fills it in".to_owned()
            }
            Cause::Template => "fill in a digest, or a tag that names one build".to_owned(),
            Cause::NoImage(listed_in) => format!(
                "write an image with a registry, a tag or a digest, or leave it out of {}",
                listed_in.as_str()
            ),
        };
        if !fixes.contains(&fix) {
            fixes.push(fix);
        }
    }
    fixes
}

/// The ways to fix images whose tags can move, of which one is enough.
fn of_mutable(findings: &[&Finding]) -> String {
    let digest = "pin the digest (@sha256:…)";
    let tag = exceptions(findings, |finding| finding.is_fixed_by_tag).map(|except| {
        format!("use a tag that names one build, such as a full version or a commit{except}")
    });
    let is_fixed_by_policy = |finding: &Finding| finding.is_fixed_by_if_not_present;
    let policy = exceptions(findings, is_fixed_by_policy).map(|except| {
        let mut fields: Vec<&str> = Vec::new();
        for finding in findings.iter().filter(|own| is_fixed_by_policy(own)) {
            if !fields.contains(&finding.pull_policy_field.as_str()) {
                fields.push(&finding.pull_policy_field);
            }
        }
        let fields = match fields.as_slice() {
            [one] => without_middle(one, MAX_FIELD),
            _ => "the pull policies".into(),
        };
        format!("set {fields} to IfNotPresent where a stale image will do{except}")
    });
    match (tag, policy) {
        (None, None) => digest.to_owned(),
        (Some(other), None) | (None, Some(other)) => format!("{digest} or {other}"),
        (Some(tag), Some(policy)) => format!("{digest}, {tag}, or {policy}"),
    }
}

/// The findings that a fix does not apply to, in brackets. `None` where it applies to none.
fn exceptions(findings: &[&Finding], is_fixed: impl Fn(&Finding) -> bool) -> Option<String> {
    let mut others: Vec<&str> = Vec::new();
    let mut count = 0;
    for finding in findings.iter().filter(|finding| !is_fixed(finding)) {
        count += 1;
        if !others.contains(&finding.image.as_str()) {
            others.push(&finding.image);
        }
    }
    if count == findings.len() {
        return None;
    }
    Some(match others.as_slice() {
        [] => String::new(),
        [one] => format!(" (not for {})", short(one)),
        [one, other] => format!(" (not for {} and {})", short(one), short(other)),
        _ => " (not for all of them)".to_owned(),
    })
}

fn short(image: &str) -> Quoted<'_> {
    Quoted::truncated(image, 60)
}

/// The correction of a text that is not an image reference.
fn correction(error: ReferenceError, finding: &Finding, all: &[&Finding]) -> String {
    match error.fix() {
        ReferenceFix::DropScheme => {
            let has_scheme = |own: &&&Finding| own.image.contains("://");
            let is_alone = all.iter().filter(has_scheme).count() == 1;
            match finding.image.split_once("://") {
                Some((_, reference)) if is_alone && !reference.is_empty() => {
                    format!("write {}", Quoted::new(reference))
                }
                _ => "leave out the scheme".to_owned(),
            }
        }
        ReferenceFix::QuoteTag => "write the tag in quotes in the YAML".to_owned(),
        ReferenceFix::LowerCase => "write the repository in lower case".to_owned(),
        ReferenceFix::Correct => "correct the reference".to_owned(),
    }
}
