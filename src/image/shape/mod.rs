//! Tells from the shape of a tag whether it moves: the first of eleven rules that applies
//! decides. Their numbers are those of docs/tags.md. `latest` is left to the caller.
//!
//! A shape is a convention, not a promise. Publishers are known to do otherwise
//! (`publisher`), and users declare exceptions in the settings (`tags.mutable`,
//! `tags.immutable`).

mod branch;
mod build;
mod channel;
mod character;
mod commit;
mod date;
mod parts;
mod rule;
mod version;
mod words;

pub use rule::Rule;

use super::{Mutability, Tag};
use character::{is_letter, is_number, split_run};
use parts::Parts;
use version::Version;

/// Classifies a tag by its shape.
///
/// ```
/// use mutable_tags_policy::image::{ImageReference, ImmutableReason, Mutability, MutableReason, shape};
///
/// let shape_of = |written| shape::classify(ImageReference::try_from(written).unwrap().tag().unwrap());
/// assert_eq!(shape_of("nginx:1.27.3"), Mutability::Immutable(ImmutableReason::Version));
/// assert_eq!(shape_of("nginx:1.27"), Mutability::Mutable(MutableReason::FloatingVersion));
/// ```
#[must_use]
pub fn classify(tag: Tag<'_>) -> Mutability {
    Rule::of(tag).mutability()
}

/// Whether a commit comes right after a full version (`1.41.3.9314-a0bfb8370`): it is the commit
/// of the program, and says nothing about the image around it.
pub(super) fn has_commit_of_version(tag: Tag<'_>) -> bool {
    let parts = Parts::of(tag);
    let version = Version::first_of(&parts).filter(Version::is_full);
    let next = version.and_then(|version| parts.after(version.part()).first().copied());
    next.is_some_and(commit::is_mixed_hash)
}

/// Whether the last part of a tag is `letters` and digits, and a version stands before it:
/// `4.0.13-ls274` has the suffix `ls`.
pub(super) fn has_suffix(tag: Tag<'_>, letters: &str) -> bool {
    let parts = Parts::of(tag);
    let Some(last) = parts.all().last() else {
        return false;
    };
    let (word, number) = split_run(last, is_letter);
    let is_suffix = word == letters && is_number(number);
    let last = parts.all().len() - 1;
    is_suffix && Version::first_of(&parts).is_some_and(|version| version.part() < last)
}
