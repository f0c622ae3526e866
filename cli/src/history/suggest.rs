//! Suggests settings for the tags that were watched: `tags.mutable` and `tags.immutable`.
//!
//! A wrong suggestion is worse than none. A pattern is suggested if the counts are clear, the policy
//! does not know it by itself, and no watched tag contradicts it.

use std::collections::BTreeMap;

use mutable_tags_policy::image::{ImageReference, ImmutableReason, Mutability, MutableReason};
use mutable_tags_policy::settings::Settings;

use super::group::{Counts, Group};
use super::judged::JudgedTag;

/// The fewest days for which a version must have stood still to count for that.
const MIN_DAYS_STILL: i64 = 30;

/// The ends of patterns that tell versions from other tags, the exact one first.
const VERSIONS: [&str; 2] = [":*.*.*", ":*.*"];

/// Settings to add to a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SuggestedSettings {
    pub(super) mutable: Vec<Suggestion>,
    pub(super) immutable: Vec<Suggestion>,
}

/// A pattern of the settings, and the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub(super) pattern: String,
    pub(super) counts: Counts,
    /// The fewest days for which each of the counted tags was there.
    pub(super) days: i64,
}

impl SuggestedSettings {
    /// `days` is the fewest for which an exact version must have been there to count for a move.
    pub(super) fn of(groups: &[Group<'_>], days: i64) -> Self {
        Self {
            mutable: groups
                .iter()
                .flat_map(|group| mutable(group, days))
                .collect(),
            immutable: groups.iter().filter_map(immutable).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mutable.is_empty() && self.immutable.is_empty()
    }
}

/// Patterns for the exact versions of a publisher that move though the policy accepts them.
fn mutable(group: &Group<'_>, days: i64) -> Vec<Suggestion> {
    let accepted = group.exact(days).filter(|tag| tag.is_accepted());
    let accepted: Vec<_> = accepted.collect();
    let mut repositories = BTreeMap::<&str, Vec<&JudgedTag>>::new();
    for tag in &accepted {
        let tags = repositories.entry(&tag.tag.repository).or_default();
        tags.push(tag);
    }
    let repositories = repositories.into_iter();
    let repositories: Vec<_> = repositories
        .map(|(name, tags)| (name, Counts::of(tags.into_iter())))
        .collect();
    let counts = || repositories.iter().map(|(_, counts)| counts);
    let all = Counts::of(accepted.iter().copied());
    let is_habit = all.show_that_versions_move()
        && counts().filter(|counts| counts.moved > 0).count() > 1
        && !counts().any(|counts| counts.none_moved_yet());
    let scopes: Vec<_> = match is_habit {
        true => vec![(group.images.as_str(), all)],
        // The publisher's other repositories are not known to do the same.
        false => {
            let repositories = repositories.into_iter();
            repositories
                .filter(|(_, counts)| counts.suggest_that_versions_move())
                .collect()
        }
    };
    let declared = scopes.into_iter().filter_map(|(images, counts)| {
        Some(Suggestion {
            pattern: mutable_pattern(images, group)?,
            counts,
            days,
        })
    });
    declared.collect()
}

/// The widest pattern for the images that leaves dates and commits which stood still alone.
fn mutable_pattern(images: &str, group: &Group<'_>) -> Option<String> {
    let patterns = [images.to_owned(), format!("{images}:*.*.*")];
    patterns.into_iter().find(|pattern| {
        let settings = declare("mutable", pattern);
        settings.is_some_and(|settings| {
            let declared = group.tags.iter().filter(|tag| is_declared(tag, &settings));
            let mut declared = declared.filter(|tag| !tag.is_exact && tag.is_accepted());
            declared.all(|tag| tag.tag.has_moved())
        })
    })
}

/// A pattern for versions of a publisher that stand still though the policy rejects them. What a
/// publisher says of itself is not doubted.
fn immutable(group: &Group<'_>) -> Option<Suggestion> {
    let is_counted = |tag: &&JudgedTag| tag.is_mutable_version() && !tag.is_documented();
    let is_known = |tag: &JudgedTag| tag.tag.days() >= MIN_DAYS_STILL;
    let repositories = group.tags.iter().copied().filter(is_counted);
    let mut repositories: Vec<_> = repositories.map(|tag| &tag.tag.repository).collect();
    repositories.dedup();
    let images = match repositories.as_slice() {
        [] => return None,
        [repository] => repository.as_str(),
        _ => group.images.as_str(),
    };
    VERSIONS.iter().find_map(|version| {
        let pattern = format!("{images}{version}");
        let settings = declare("immutable", &pattern)?;
        let declared = group.tags.iter().copied();
        let declared: Vec<_> = declared.filter(|tag| is_declared(tag, &settings)).collect();
        let speaks_against = |tag: &&JudgedTag| {
            tag.tag.moves + tag.tag.corrections > 0
                || !(tag.is_accepted() || tag.is_mutable_version())
        };
        let known = declared.iter().copied().filter(is_counted);
        let counts = Counts::of(known.filter(|tag| is_known(tag)));
        let is_plain = counts.show_that_none_moves() && !declared.iter().any(speaks_against);
        is_plain.then_some(Suggestion {
            pattern,
            counts,
            days: MIN_DAYS_STILL,
        })
    })
}

/// Settings with one pattern; `None` if the policy refuses it.
fn declare(setting: &str, pattern: &str) -> Option<Settings> {
    let settings = serde_json::json!({"tags": {setting: [pattern]}});
    Settings::parse(&settings.to_string()).ok()
}

/// Whether the one pattern of the settings matches.
fn is_declared(tag: &JudgedTag, settings: &Settings) -> bool {
    let image = format!("{}:{}", tag.tag.repository, tag.tag.tag);
    let image = ImageReference::try_from(image.as_str());
    image.is_ok_and(|image| {
        matches!(
            settings.tags().mutability(&image),
            Mutability::Mutable(MutableReason::Declared)
                | Mutability::Immutable(ImmutableReason::Declared)
        )
    })
}
