//! The setting `tags`: which tags count as mutable.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::image_pattern::{ImagePattern, PatternSubject};
use super::mirror::Mirror;
use super::reader::Input;
use crate::budget::Budget;
use crate::image::publisher::Publisher;
use crate::image::{ImageReference, ImmutableReason, Mutability, MutableReason, Tag, shape};

/// The tags that count as mutable where no pattern decides.
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

/// Whether the practice of known publishers counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Publishers {
    /// The practice turns what the shape of a tag says.
    #[default]
    Known,
    /// Only the shape of a tag counts.
    Ignore,
}

impl Publishers {
    const NAMES: &'static [(&'static str, Self)] =
        &[("known", Self::Known), ("ignore", Self::Ignore)];
}

/// The steps of telling the shape of a tag, for each of its bytes.
const SHAPE_STEPS: usize = 64;
/// The steps of comparing an image with a mirror.
const MIRROR_STEPS: usize = 8;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    consider: Consider,
    publishers: Publishers,
    mirrors: Vec<Mirror>,
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
            publishers: fields
                .one_of("publishers", Publishers::NAMES)
                .unwrap_or_default(),
            mirrors: Mirror::read_all(&fields),
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
    /// tag and `latest`; and last the shape of the tag, which the practice of its publisher
    /// can turn.
    #[must_use]
    pub fn mutability(&self, image: &ImageReference<'_>) -> Mutability {
        self.mutability_within(image, &mut Budget::unlimited())
    }

    /// Like [`Self::mutability`], for one of many images. Where the budget is spent, the answer
    /// tells nothing.
    pub(crate) fn mutability_within(
        &self,
        image: &ImageReference<'_>,
        budget: &mut Budget,
    ) -> Mutability {
        if image.digest().is_some() {
            return Mutability::Pinned;
        }
        if let Some(declared) = self.declared(image, budget) {
            return declared;
        }
        let bytes = image.tag().map_or(0, |tag| tag.as_str().len());
        budget.spend(bytes * SHAPE_STEPS);
        match (image.tag(), self.consider) {
            (None, _) => Mutability::Mutable(MutableReason::NoTag),
            (Some(Tag::LATEST), _) => Mutability::Mutable(MutableReason::Latest),
            (Some(_), Consider::Latest) => Mutability::Immutable(ImmutableReason::NotConsidered),
            (Some(_), Consider::Any) => Mutability::Mutable(MutableReason::Unpinned),
            (Some(tag), Consider::Floating) => match self.publisher(image, budget) {
                Some(publisher) => publisher.practice().classify(tag),
                None => shape::classify(tag),
            },
        }
    }

    /// The mutability that a pattern declares.
    fn declared(&self, image: &ImageReference<'_>, budget: &mut Budget) -> Option<Mutability> {
        if self.mutable.is_empty() && self.immutable.is_empty() {
            return None;
        }
        let image = PatternSubject::of(image)?;
        let mut matches = |patterns: &[ImagePattern]| {
            let mut patterns = patterns.iter();
            patterns.any(|pattern| pattern.matches(&image, budget))
        };
        if matches(&self.mutable) {
            Some(Mutability::Mutable(MutableReason::Declared))
        } else if matches(&self.immutable) {
            Some(Mutability::Immutable(ImmutableReason::Declared))
        } else {
            None
        }
    }

    /// The publisher of an image, if it is known and the settings do not ignore that. The
    /// longest prefix of `mirrors` that the image has says whose copy it is.
    fn publisher(
        &self,
        image: &ImageReference<'_>,
        budget: &mut Budget,
    ) -> Option<&'static Publisher> {
        if self.publishers == Publishers::Ignore || !budget.spend(self.mirrors.len() * MIRROR_STEPS)
        {
            return None;
        }
        let repository = image.repository_name();
        let mirrors = self.mirrors.iter();
        let originals = mirrors.filter_map(|mirror| {
            let original = mirror.original(&repository)?;
            Some((mirror.prefix_length(), original))
        });
        match originals.max_by_key(|(length, _)| *length) {
            Some((_, original)) => Publisher::of(&original),
            None => Publisher::of(&repository),
        }
    }
}
