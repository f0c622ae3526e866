//! The phrases of an explanation.

use mutable_tags_policy::image::publisher::{Practice, Source};
use mutable_tags_policy::image::shape::Rule;
use mutable_tags_policy::settings::DecidedBy;

use super::answer::{Answers, Environment};
use super::explanation::{Exemption, Explanation, KnownPublisher};

/// The page with the tags that were watched.
pub(super) const EVIDENCE: &str =
    "https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/evidence.md";

/// The rule that decides, after the code of its reason.
pub(super) fn rule(explanation: &Explanation) -> String {
    let code = explanation.decided_by.mutability().code();
    let words = match explanation.decided_by {
        DecidedBy::Digest => "a digest names one image".to_owned(),
        DecidedBy::DeclaredMutable(_) | DecidedBy::DeclaredImmutable(_) => {
            let entry = explanation.entry.as_ref();
            let entry = entry.map(|entry| format!("{} is {:?}", entry.path, entry.pattern));
            entry.unwrap_or_default()
        }
        DecidedBy::NoTag => "without a tag, latest is pulled".to_owned(),
        DecidedBy::Latest => "latest moves with every release".to_owned(),
        DecidedBy::ConsiderLatest => {
            "tags.consider is latest, so only latest counts as mutable".to_owned()
        }
        DecidedBy::ConsiderAny => "tags.consider is any, so only a digest pins".to_owned(),
        DecidedBy::Shape(rule) => shape(rule),
        DecidedBy::Publisher { shape: rule, .. } => {
            let publisher = explanation.publisher.as_ref();
            let practice = publisher.map(|known| known.publisher.practice());
            let turned = match practice {
                Some(Practice::NeverMoves) => "whose publisher moves only latest",
                Some(Practice::RebuildsUnless(_)) if code == "build" => {
                    "with the suffix that its publisher gives each build"
                }
                _ => "which its publisher rebuilds under the same tag",
            };
            format!("{}, {turned}", shape(rule))
        }
    };
    format!("{code}: {words}")
}

/// The words for a rule of docs/tags.md.
fn shape(rule: Rule) -> String {
    let words = match rule {
        Rule::Dirty => "built from uncommitted changes",
        Rule::Commit => "names a commit",
        Rule::Date => "names a day",
        Rule::LongNumber => "a number of seven digits or more",
        Rule::Channel => "names a channel, such as main or nightly",
        Rule::Branch => "names a branch or a change under review",
        Rule::Build => "a build number",
        Rule::Zeros => "a version of zeros",
        Rule::FullVersion => "a full version",
        Rule::OpenVersion => "a version without its last part",
        Rule::Other => "a name without a version, a commit or a date",
    };
    format!("{words} (rule {})", rule.number())
}

pub(super) fn practice(known: &KnownPublisher) -> String {
    let practice = match known.publisher.practice() {
        Practice::Rebuilds => "rebuilds versions and builds in place".to_owned(),
        Practice::RebuildsVersions => {
            "rebuilds versions in place, and numbers its builds".to_owned()
        }
        Practice::RebuildsUnless(suffix) => {
            format!("rebuilds versions in place, except tags that end in -{suffix} and a number")
        }
        Practice::RebuildsDatesToo => "rebuilds versions, builds and dates in place".to_owned(),
        Practice::NeverMoves => "moves only latest".to_owned(),
    };
    let counts = match known.counts {
        true => "",
        false => " (ignored: tags.publishers is ignore)",
    };
    format!("{} {practice}{counts}", known.images)
}

/// The stable code of a practice.
pub(super) const fn practice_code(practice: Practice) -> &'static str {
    match practice {
        Practice::Rebuilds => "rebuilds",
        Practice::RebuildsVersions => "rebuilds-versions",
        Practice::RebuildsUnless(_) => "rebuilds-unless",
        Practice::RebuildsDatesToo => "rebuilds-dates-too",
        Practice::NeverMoves => "never-moves",
    }
}

pub(super) fn copy(known: &KnownPublisher) -> Option<String> {
    let original = known.copy_of.as_ref()?;
    Some(match &known.mirror {
        Some(mirror) => format!("{original} (tags.mirrors: {mirror})"),
        None => original.clone(),
    })
}

pub(super) fn source(source: Source) -> String {
    match source {
        Source::Documented(page) => page.to_owned(),
        Source::Observed { versions, moved } => {
            format!("{moved} of {versions} versions moved while they were watched: {EVIDENCE}")
        }
    }
}

pub(super) fn exemption(exemption: &Exemption) -> String {
    let scope = [
        ("namespaces", &exemption.namespaces),
        ("containers", &exemption.containers),
    ];
    let scope = scope.into_iter().filter(|(_, names)| !names.is_empty());
    let scope: Vec<_> = scope
        .map(|(what, names)| format!("{what} {}", names.join(", ")))
        .collect();
    let scope = match scope.as_slice() {
        [] => String::new(),
        scope => format!(" for {}", scope.join(", ")),
    };
    format!("{}{scope}: {}", exemption.path, exemption.reason)
}

pub(super) fn environment(answers: &Answers) -> String {
    let mode = answers.mode.as_str();
    match &answers.environment {
        Environment::Named(name) => format!("{name} ({mode})"),
        Environment::Elsewhere => format!("elsewhere ({mode})"),
        Environment::Everywhere => format!("everywhere ({mode})"),
    }
}
