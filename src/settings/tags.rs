//! The setting `tags`: which tags count as mutable.

use super::decided_by::DecidedBy;
use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::image_pattern::{ImagePattern, PatternSubject};
use super::mirror::Mirror;
use super::reader::Input;
use crate::budget::Budget;
use crate::image::publisher::{Publisher, PublisherMatch};
use crate::image::shape::Rule;
use crate::image::{ImageReference, Mutability, Tag};

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
    /// The practice can overrule the shape of a tag.
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
    mutable: Vec<Entry>,
    immutable: Vec<Entry>,
}

/// An entry of `mutable` or `immutable`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// The index in the list as it is written. Empty entries of the list are left out here.
    index: usize,
    pattern: ImagePattern,
}

/// The publisher of an image, and how it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPublisher<'s> {
    pub publisher: &'static Publisher,
    /// The entry in the publisher's list that matches the image.
    pub images: &'static str,
    /// The original repository, if the image's repository is a copy.
    pub original: Option<String>,
    /// The normalised prefix in `mirrors` that declares the copy; `None` for a public mirror.
    pub mirror: Option<&'s str>,
}

impl Tags {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        let tags = settings.optional("tags");
        tags.and_then(|tags| Self::read(&tags)).unwrap_or_default()
    }

    fn read(input: &Input<'_, '_>) -> Option<Self> {
        let fields = Fields::of(input)?;
        let entries = |name| {
            fields.items(name, |item| {
                let pattern = item.parsed(ImagePattern::parse)?;
                let index = item.index();
                Some(Entry { index, pattern })
            })
        };
        let tags = Self {
            consider: fields
                .one_of("consider", Consider::NAMES)
                .unwrap_or_default(),
            publishers: fields
                .one_of("publishers", Publishers::NAMES)
                .unwrap_or_default(),
            mirrors: Mirror::read_all(&fields),
            mutable: entries("mutable"),
            immutable: entries("immutable"),
        };
        let is_mutable_too =
            |entry: &Entry| tags.mutable.iter().any(|own| own.pattern == entry.pattern);
        if tags.immutable.iter().any(is_mutable_too) {
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
    pub(crate) fn trusts_some_tags(&self) -> bool {
        self.consider != Consider::Any
    }

    /// Whether a reference can point to a different image later.
    #[must_use]
    pub fn mutability(&self, image: &ImageReference<'_>) -> Mutability {
        self.decided_by(image).mutability()
    }

    /// The rule or the entry that decides whether a reference can point to a different image later.
    ///
    /// A digest decides first. Then come the patterns, where `mutable` wins over
    /// `immutable`, as exclusions do in the tag immutability of Amazon ECR; then a missing
    /// tag and `latest`; and last the shape of the tag, which the practice of its publisher
    /// can overrule.
    #[must_use]
    pub fn decided_by(&self, image: &ImageReference<'_>) -> DecidedBy {
        self.decided_within(image, &Budget::unlimited())
    }

    /// Like [`Self::mutability`], for one of many images. Where the budget is spent, the answer
    /// tells nothing.
    pub(crate) fn mutability_within(
        &self,
        image: &ImageReference<'_>,
        budget: &Budget,
    ) -> Mutability {
        self.decided_within(image, budget).mutability()
    }

    fn decided_within(&self, image: &ImageReference<'_>, budget: &Budget) -> DecidedBy {
        if image.digest().is_some() {
            return DecidedBy::Digest;
        }
        if let Some(declared) = self.declared(image, budget) {
            return declared;
        }
        let bytes = image.tag().map_or(0, |tag| tag.as_str().len());
        budget.spend(bytes * SHAPE_STEPS);
        let tag = match (image.tag(), self.consider) {
            (None, _) => return DecidedBy::NoTag,
            (Some(Tag::LATEST), _) => return DecidedBy::Latest,
            (Some(_), Consider::Latest) => return DecidedBy::ConsiderLatest,
            (Some(_), Consider::Any) => return DecidedBy::ConsiderAny,
            (Some(tag), Consider::Floating) => tag,
        };
        let shape = Rule::of(tag);
        let looks_up = self.trusts_publishers() && budget.spend(self.mirrors.len() * MIRROR_STEPS);
        let publisher = looks_up.then(|| self.publisher(image)).flatten();
        let overruled = publisher.and_then(|found| found.publisher.practice().overrule(tag, shape));
        match overruled {
            Some(result) => DecidedBy::Publisher { shape, result },
            None => DecidedBy::Shape(shape),
        }
    }

    /// The pattern that decides.
    fn declared(&self, image: &ImageReference<'_>, budget: &Budget) -> Option<DecidedBy> {
        if self.mutable.is_empty() && self.immutable.is_empty() {
            return None;
        }
        let image = PatternSubject::of(image)?;
        let first = |entries: &[Entry]| {
            let mut entries = entries.iter();
            let entry = entries.find(|entry| entry.pattern.matches(&image, budget))?;
            Some(entry.index)
        };
        if let Some(index) = first(&self.mutable) {
            return Some(DecidedBy::DeclaredMutable(index));
        }
        first(&self.immutable).map(DecidedBy::DeclaredImmutable)
    }

    /// Whether the practice of known publishers counts.
    #[must_use]
    pub fn trusts_publishers(&self) -> bool {
        self.publishers == Publishers::Known
    }

    /// The publisher of an image, if it is known. The longest prefix of `mirrors` that the image
    /// has says whose copy it is.
    #[must_use]
    pub fn publisher(&self, image: &ImageReference<'_>) -> Option<KnownPublisher<'_>> {
        let repository = image.repository_name();
        let mirrors = self.mirrors.iter();
        let originals = mirrors.filter_map(|mirror| {
            let original = mirror.original(&repository)?;
            Some((mirror.prefix(), original))
        });
        let mirrored = originals.max_by_key(|(prefix, _)| prefix.len());
        let (mirror, mirrored) = mirrored.unzip();
        let PublisherMatch {
            publisher,
            images,
            original,
        } = PublisherMatch::of(mirrored.as_deref().unwrap_or(&repository))?;
        Some(KnownPublisher {
            publisher,
            images,
            original: original.or(mirrored),
            mirror,
        })
    }
}
