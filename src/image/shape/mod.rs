//! What the shape of a tag says of whether it moves: eleven rules, of which the
//! first that applies decides. `latest` is left to the caller.
//!
//! A shape is a convention, not a promise: what is known of a registry is said in
//! the settings, which decide before this module is asked.

mod build;
mod character;
mod commit;
mod date;
mod parts;
mod version;
mod words;

use super::{ImmutableReason, Mutability, MutableReason, Tag, cut_at_last};
use character::{is_digit, leading};
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
    if parts.contain_field(words::DIRTY) {
        return Mutability::Mutable(Mutable::Dirty);
    }
    if commit::is_in(tag, &parts) {
        return Mutability::Immutable(Immutable::Commit);
    }
    if date::is_in(tag) {
        return Mutability::Immutable(Immutable::Date);
    }
    if build::is_long_number_in(&parts) {
        return Mutability::Immutable(Immutable::Build);
    }
    if parts.all().iter().any(|part| is_moving(part)) {
        return Mutability::Mutable(Mutable::Channel);
    }
    if parts.contains(words::BRANCH) {
        return Mutability::Mutable(Mutable::Branch);
    }
    let version = Version::first_of(&parts);
    if build::is_in(&parts, version.as_ref()) {
        return Mutability::Immutable(Immutable::Build);
    }
    match version {
        None => Mutability::Mutable(Mutable::Channel),
        Some(version) if version.is_zero() => Mutability::Mutable(Mutable::Placeholder),
        Some(version) if version.is_whole() && !build::is_rebuild_of(&parts, &version) => {
            Mutability::Immutable(Immutable::Version)
        }
        Some(_) => Mutability::Mutable(Mutable::FloatingVersion),
    }
}

/// Whether a part ends in a word that moves: alone, behind a dot, or glued to the
/// last number. What is numbered (`dev.5`) is one build of many.
fn is_moving(part: &str) -> bool {
    let end = cut_at_last(part, b'.').map_or(part, |(_, end)| end);
    let (_, word) = leading(end, is_digit);
    words::holds(words::MOVING, word)
}
