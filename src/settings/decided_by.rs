//! The rule that decides whether a tag can move. Each rule has its result with it, so that the
//! explanation and the judgement cannot differ.

use crate::image::shape::Rule;
use crate::image::{ImmutableReason, Mutability, MutableReason};

/// The first rule that applies to a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    Digest,
    /// The entry of `tags.mutable` with this index.
    DeclaredMutable(usize),
    /// The entry of `tags.immutable` with this index.
    DeclaredImmutable(usize),
    /// The reference has no tag, which implies `latest`.
    NoTag,
    /// The tag is `latest`.
    Latest,
    /// The setting `tags.consider` is `latest`, and the tag is another one.
    ConsiderLatest,
    /// The setting `tags.consider` is `any`: only a digest pins.
    ConsiderAny,
    /// The shape of the tag.
    Shape(Rule),
    /// The practice of the publisher, which overrules the shape.
    Publisher {
        shape: Rule,
        result: Mutability,
    },
}

impl DecidedBy {
    #[must_use]
    pub const fn mutability(self) -> Mutability {
        match self {
            Self::Digest => Mutability::Pinned,
            Self::DeclaredMutable(_) => Mutability::Mutable(MutableReason::Declared),
            Self::DeclaredImmutable(_) => Mutability::Immutable(ImmutableReason::Declared),
            Self::NoTag => Mutability::Mutable(MutableReason::NoTag),
            Self::Latest => Mutability::Mutable(MutableReason::Latest),
            Self::ConsiderLatest => Mutability::Immutable(ImmutableReason::NotConsidered),
            Self::ConsiderAny => Mutability::Mutable(MutableReason::Unpinned),
            Self::Shape(rule) => rule.mutability(),
            Self::Publisher { result, .. } => result,
        }
    }
}
