//! Tells from the shape of a tag whether it moves: the first of eleven rules that applies
//! decides. `latest` is left to the caller.
//!
//! A shape is a convention, not a promise. Users declare exceptions in the settings
//! (`tags.mutable`, `tags.immutable`), which the caller looks at first.

mod build;
mod character;
mod commit;
mod date;
mod parts;
mod version;
mod words;

use super::{ImmutableReason, Mutability, MutableReason, Tag};
use character::{is_digit, split_run};
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
    use ImmutableReason as Immutable;
    use MutableReason as Mutable;

    let parts = Parts::of(tag);
    if parts.contain_dotted(words::DIRTY) {
        return Mutability::Mutable(Mutable::Dirty);
    }
    if commit::has_commit(tag, &parts) {
        return Mutability::Immutable(Immutable::Commit);
    }
    if date::has_date(tag) {
        return Mutability::Immutable(Immutable::Date);
    }
    if build::has_long_number(&parts) {
        return Mutability::Immutable(Immutable::Build);
    }
    if parts.all().iter().any(|part| names_channel(part)) {
        return Mutability::Mutable(Mutable::Channel);
    }
    if parts.contain(words::BRANCH) {
        return Mutability::Mutable(Mutable::Branch);
    }
    let version = Version::first_of(&parts);
    if build::has_build_number(&parts, version.as_ref()) {
        return Mutability::Immutable(Immutable::Build);
    }
    match version {
        None => Mutability::Mutable(Mutable::Channel),
        Some(version) if version.is_zero() => Mutability::Mutable(Mutable::Placeholder),
        Some(version)
            if version.is_full() && !build::is_followed_by_base_release(&version, &parts) =>
        {
            Mutability::Immutable(Immutable::Version)
        }
        Some(_) => Mutability::Mutable(Mutable::FloatingVersion),
    }
}

/// Whether a part ends with a channel's name: alone, behind a dot, or right behind a
/// number. A name with a number behind it (`dev.5`) is one build of the channel.
fn names_channel(part: &str) -> bool {
    let end = part.rsplit('.').next().unwrap_or(part);
    let (_, word) = split_run(end, is_digit);
    words::holds(words::MOVING, word)
}
