//! Every word that a caller reads of a verdict.

use std::fmt;

use super::finding::{Cause, EffectivePullPolicy, Finding, Grade, PullPolicyOrigin};
use crate::image::{MutableReason, PullPolicy, Quoted};
use crate::settings::{Applicable, InvalidSettings, ModeOrigin};
use crate::workload::{Holder, Section, Unreadable};

/// The most findings that an answer names; the rest is counted.
const MOST: usize = 10;
/// The most characters of a warning that every client shows
/// (`AdmissionResponse.warnings` of Kubernetes' `admission/v1`).
const WARNING_LENGTH: usize = 256;
/// The most bytes of a text that a warning quotes, so that where it stands stays in sight.
const WARNING_QUOTE: usize = 100;

/// The pull policy that mends a finding, and what it costs.
const STALE: &str = "IfNotPresent where a stale image will do";

/// Said of a payload that is no text.
pub(crate) const NO_UTF8: &str = "mutable-tags: the payload is not encoded in UTF-8";
/// Said of a payload that is no request.
pub(crate) const NO_JSON: &str = "mutable-tags: the payload is no JSON object with a request in it";

/// Said of a request that meets settings which cannot be used.
pub(crate) fn of_invalid_settings(invalid: &InvalidSettings) -> String {
    format!("mutable-tags: the settings of the policy cannot be used: {invalid}")
}

/// The message of a verdict, in one line: policy, mode and environment, then what
/// was found, `; ` between two of it.
pub(super) fn of(
    unreadable: &[Unreadable],
    findings: &[Finding<'_>],
    applicable: Applicable<'_>,
) -> String {
    let total = unreadable.len() + findings.len();
    let unreadable = unreadable.iter().map(cannot_be_judged);
    let findings = findings.iter().map(|finding| Sentence(finding).to_string());
    let said = capped(unreadable.chain(findings), total);
    format!(
        "mutable-tags ({}): {}",
        Heading(applicable),
        said.join("; ")
    )
}

/// The warnings of an acceptance, what they are about first.
pub(super) fn warnings(unreadable: &[Unreadable], findings: &[Finding<'_>]) -> Vec<String> {
    let total = unreadable.len() + findings.len();
    let unreadable = unreadable.iter().map(cannot_be_judged);
    let findings = findings.iter().map(|finding| Warning(finding).to_string());
    let said = unreadable.chain(findings);
    capped(said.map(|warning| shortened(&warning)), total)
}

fn cannot_be_judged(problem: &Unreadable) -> String {
    format!("the request cannot be judged: {problem}")
}

/// The annotations for the audit log.
pub(super) fn annotations(
    findings: &[Finding<'_>],
    applicable: Applicable<'_>,
) -> Vec<(&'static str, String)> {
    let mut annotations = vec![("mode", applicable.mode().as_str().to_owned())];
    if let ModeOrigin::Environment(name) = applicable.origin() {
        annotations.push(("environment", name.to_owned()));
    }
    let findings: Vec<_> = findings
        .iter()
        .take(MOST)
        .map(|finding| AuditEntry(finding).to_string())
        .collect();
    annotations.push(("findings", format!("[{}]", findings.join(","))));
    annotations
}

/// The first few of `total`, and how many more there are, which are not worded.
fn capped(said: impl Iterator<Item = String>, total: usize) -> Vec<String> {
    let mut kept: Vec<_> = said.take(MOST).collect();
    if let Some(more) = total.checked_sub(MOST).filter(|more| *more > 0) {
        kept.push(format!("and {more} more"));
    }
    kept
}

fn shortened(warning: &str) -> String {
    match warning.char_indices().nth(WARNING_LENGTH) {
        None => warning.to_owned(),
        Some(_) => warning
            .chars()
            .take(WARNING_LENGTH - 1)
            .chain(['…'])
            .collect(),
    }
}

/// `strict mode, environment "production"`.
struct Heading<'s>(Applicable<'s>);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mode", self.0.mode().as_str())?;
        match self.0.origin() {
            ModeOrigin::Environment(name) => write!(f, ", environment {}", Quoted::new(name)),
            ModeOrigin::NoMatch => f.write_str(", no environment matches"),
            ModeOrigin::Alone => Ok(()),
        }
    }
}

/// What a message says of a finding.
struct Sentence<'f>(&'f Finding<'f>);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        let site = finding.site;
        write!(
            f,
            "{}{}: {} {}{}: {}{}",
            site.path(),
            HolderName(site.holder()),
            Quoted::new(site.image()),
            Why(&finding.cause),
            How(finding),
            Fix(finding),
            Aside(finding.grade),
        )
    }
}

/// What a warning says of a finding.
struct Warning<'f>(&'f Finding<'f>);

impl fmt::Display for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        let site = finding.site;
        write!(
            f,
            "{} ({}) {}{}",
            Quoted::cut(site.image(), WARNING_QUOTE),
            site.path(),
            Why(&finding.cause),
            How(finding),
        )
    }
}

/// What an audit annotation keeps of a finding, as compact JSON.
struct AuditEntry<'f>(&'f Finding<'f>);

impl fmt::Display for AuditEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"{{"path":"{}","image":{},"reason":"{}","pullPolicy":"{}"}}"#,
            self.0.site.path(),
            Quoted::new(self.0.site.image()),
            self.0.cause.code(),
            self.0.pull_policy.policy,
        )
    }
}

/// What holds the image.
struct HolderName<'h>(&'h Holder<'h>);

impl fmt::Display for HolderName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, name) = match self.0 {
            Holder::Container { section, name } => {
                let what = match section {
                    Section::Containers => "container",
                    Section::InitContainers => "init container",
                    Section::EphemeralContainers => "ephemeral container",
                };
                (what, name.as_deref())
            }
            Holder::Volume(name) => ("image volume", name.as_deref()),
            Holder::Variable { name, .. } => ("environment variable", Some(name.as_ref())),
        };
        match name {
            Some(name) => write!(f, " ({what} {})", Quoted::new(name)),
            None => Ok(()),
        }
    }
}

/// Why what an image names can change.
struct Why<'f>(&'f Cause);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.0 {
            Cause::Unparsable(error) => return write!(f, "is no image reference, {error}"),
            Cause::Mutable(reason) => reason,
        };
        f.write_str(match reason {
            MutableReason::Declared => "is declared mutable by tags.mutable",
            MutableReason::NoTag => "has no tag, which means latest",
            MutableReason::Latest => "has the tag latest, which moves with every release",
            MutableReason::Unpinned => "has no digest (tags.consider is any)",
            MutableReason::Dirty => "has a tag built from changes that are in no commit",
            MutableReason::Channel => "has a tag that names a channel, not a build",
            MutableReason::Branch => "has a tag that names a branch or a pull request, not a build",
            MutableReason::Placeholder => "has a tag that is a version of zeros only",
            MutableReason::FloatingVersion => {
                "has a tag that leaves the last part of its version open"
            }
        })
    }
}

/// How the image is pulled.
struct How<'f>(&'f Finding<'f>);

impl fmt::Display for How<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.0.cause, Cause::Unparsable(_)) {
            return Ok(());
        }
        let EffectivePullPolicy { policy, origin } = self.0.pull_policy;
        match origin {
            PullPolicyOrigin::Assumed => {
                return f.write_str(", and the Pods that will use it may pull it at every start");
            }
            PullPolicyOrigin::Cluster => {
                return f.write_str(", and the cluster pulls every image at every start");
            }
            PullPolicyOrigin::Declared | PullPolicyOrigin::Default => {}
        }
        let field = pull_policy_field(self.0.site.holder());
        let default = match origin {
            PullPolicyOrigin::Default => " (the default)",
            _ => "",
        };
        let effect = match policy {
            PullPolicy::Always => "pulls it at every start",
            PullPolicy::IfNotPresent => "pulls it on every node that lacks it",
            PullPolicy::Never => "starts whatever the node has under that name",
        };
        write!(f, ", and {field} {policy}{default} {effect}")
    }
}

/// What mends it.
struct Fix<'f>(&'f Finding<'f>);

impl fmt::Display for Fix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.0.cause, Cause::Unparsable(_)) {
            return f.write_str("correct the reference");
        }
        let tag = "use a tag of its own for every build";
        let field = pull_policy_field(self.0.site.holder());
        f.write_str("pin its digest (@sha256:…)")?;
        match (self.0.is_mended_by_tag, self.0.is_mended_by_if_not_present) {
            (false, false) => Ok(()),
            (true, false) => write!(f, " or {tag}"),
            (false, true) => write!(f, " or set {field} to {STALE}"),
            (true, true) => write!(f, ", {tag}, or set {field} to {STALE}"),
        }
    }
}

/// Why a finding is only warned of.
struct Aside(Grade);

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Grade::Enforced => "",
            Grade::EphemeralContainer => {
                " (a warning only, since an ephemeral container is pulled once)"
            }
            Grade::MirrorPod => " (a warning only, since the kubelet runs this Pod anyway)",
        })
    }
}

/// The field that declares how what `holder` holds is pulled.
const fn pull_policy_field(holder: &Holder<'_>) -> &'static str {
    match holder {
        Holder::Volume(_) => "pullPolicy",
        _ => "imagePullPolicy",
    }
}
