//! Which tags can move: what is declared, and what their shape says.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::image_pattern::ImagePattern;
use super::reader::Input;
use crate::image::{ImageReference, ImmutableReason, Mutability, MutableReason, Tag, shape};

/// Which tags are looked at where nothing is declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Consider {
    /// `latest`, written or implied.
    Latest,
    /// Those whose shape says that they move.
    #[default]
    Floating,
    /// Every one: only a digest pins.
    Any,
}

impl Consider {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("latest", Self::Latest),
        ("floating", Self::Floating),
        ("any", Self::Any),
    ];
}

/// The setting `tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    consider: Consider,
    mutable: Vec<ImagePattern>,
    immutable: Vec<ImagePattern>,
}

impl Tags {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        let tags = settings.optional("tags");
        tags.and_then(|tags| Self::read(&tags)).unwrap_or_default()
    }

    fn read(input: &Input<'_, '_>) -> Option<Self> {
        let fields = Fields::of(input)?;
        let patterns = |name| fields.items(name, |item| item.parsed(ImagePattern::parse));
        let tags = Self {
            consider: fields
                .one_of("consider", Consider::NAMES)
                .unwrap_or_default(),
            mutable: patterns("mutable"),
            immutable: patterns("immutable"),
        };
        if tags
            .immutable
            .iter()
            .any(|pattern| tags.mutable.contains(pattern))
        {
            fields.report(
                "immutable",
                SettingsErrorKind::Contradiction,
                "declares a pattern that tags.mutable declares too",
            );
        }
        fields.finalize();
        Some(tags)
    }

    /// Whether a tag can be taken not to move, whatever it is.
    #[must_use]
    pub fn trusts_some_tags(&self) -> bool {
        self.consider != Consider::Any
    }

    /// Whether a reference can mean another image tomorrow.
    ///
    /// A digest decides first, then what is declared, where `mutable` wins over
    /// `immutable`, as an exclusion does in Amazon ECR's tag immutability. A
    /// missing tag and `latest` come next, and last the tag's shape.
    #[must_use]
    pub fn mutability(&self, image: &ImageReference<'_>) -> Mutability {
        let is_declared = |patterns: &[ImagePattern]| patterns.iter().any(|p| p.matches(image));
        if image.digest().is_some() {
            return Mutability::Pinned;
        }
        if is_declared(&self.mutable) {
            return Mutability::Mutable(MutableReason::Declared);
        }
        if is_declared(&self.immutable) {
            return Mutability::Immutable(ImmutableReason::Declared);
        }
        match (image.tag(), self.consider) {
            (None, _) => Mutability::Mutable(MutableReason::NoTag),
            (Some(Tag::LATEST), _) => Mutability::Mutable(MutableReason::Latest),
            (Some(_), Consider::Latest) => Mutability::Immutable(ImmutableReason::NotConsidered),
            (Some(_), Consider::Any) => Mutability::Mutable(MutableReason::Unpinned),
            (Some(tag), Consider::Floating) => shape::classify(tag),
        }
    }
}
