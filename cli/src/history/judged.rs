//! The policy's view of a tag that was watched.

use mutable_tags_policy::image::publisher::{Practice, Publisher, PublisherMatch, Source};
use mutable_tags_policy::image::{
    ImageReference, ImmutableReason, Mutability, MutableReason, shape,
};
use mutable_tags_policy::settings::Settings;

use super::watch::WatchedTag;

/// A watched tag, and how the policy judges it without any settings.
#[derive(Debug)]
pub(super) struct JudgedTag {
    pub(super) tag: WatchedTag,
    pub(super) publisher: Option<&'static Publisher>,
    /// Whether the shape of the tag is that of an exact version or a build.
    pub(super) is_exact: bool,
    pub(super) mutability: Mutability,
}

impl JudgedTag {
    /// `None` if the name is not a reference, which cannot be for a pin.
    pub(super) fn new(tag: WatchedTag, settings: &Settings) -> Option<Self> {
        let image = format!("{}:{}", tag.repository, tag.tag);
        let image = ImageReference::try_from(image.as_str()).ok()?;
        let by_shape = shape::classify(image.tag()?);
        Some(Self {
            publisher: PublisherMatch::of(&tag.repository).map(|row| row.publisher),
            is_exact: matches!(
                by_shape,
                Mutability::Immutable(ImmutableReason::Version | ImmutableReason::Build)
            ),
            mutability: settings.tags().mutability(&image),
            tag,
        })
    }

    pub(super) const fn is_accepted(&self) -> bool {
        matches!(self.mutability, Mutability::Immutable(_))
    }

    /// Whether the tag is a version that the policy expects to move.
    pub(super) const fn is_mutable_version(&self) -> bool {
        matches!(
            self.mutability,
            Mutability::Mutable(MutableReason::Rebuilt | MutableReason::FloatingVersion)
        )
    }

    /// The code of the reason, as answers and docs/tags.md have it.
    pub(super) const fn reason(&self) -> &'static str {
        match self.mutability {
            Mutability::Pinned => "digest",
            Mutability::Immutable(reason) => reason.code(),
            Mutability::Mutable(reason) => reason.code(),
        }
    }

    /// Whether the publisher itself says what it does.
    pub(super) fn is_documented(&self) -> bool {
        let source = self.publisher.map(|publisher| publisher.source());
        matches!(source, Some(Source::Documented(_)))
    }
}

/// The words for a practice, as docs/tags.md has them.
pub(super) fn practice_name(practice: Practice) -> String {
    match practice {
        Practice::Rebuilds => "rebuilds".to_owned(),
        Practice::RebuildsVersions => "rebuilds versions".to_owned(),
        Practice::RebuildsUnless(suffix) => format!("rebuilds, except with -{suffix}"),
        Practice::RebuildsDatesToo => "rebuilds dates too".to_owned(),
        Practice::NeverMoves => "never moves".to_owned(),
    }
}
