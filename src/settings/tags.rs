//! The setting `tags`: which tags count as mutable.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::image_pattern::ImagePattern;
use super::reader::Input;
use crate::image::{ImageReference, ImmutableReason, Mutability, MutableReason, Tag, shape};

/// Which tags count as mutable where no pattern decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Consider {
    /// Only `latest`, written or implied.
    Latest,
    /// `latest`, and tags whose shape says that they move.
    #[default]
    Floating,
    /// Every tag: only a digest pins.
    Any,
}

impl Consider {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("latest", Self::Latest),
        ("floating", Self::Floating),
        ("any", Self::Any),
    ];
}

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

    /// Whether any tag can count as immutable without a pattern that declares it.
    #[must_use]
    pub fn trusts_some_tags(&self) -> bool {
        self.consider != Consider::Any
    }

    /// Whether a reference can point to a different image later.
    ///
    /// A digest decides first. Then come the patterns, where `mutable` wins over
    /// `immutable`, as exclusions do in the tag immutability of Amazon ECR; then a missing
    /// tag and `latest`; and last the shape of the tag.
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
