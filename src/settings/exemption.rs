//! The setting `exemptions`: findings that somebody has accepted, with a reason.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::glob::Glob;
use super::image_pattern::{ImagePattern, PatternSubject};
use super::reader::Input;
use crate::budget::Budget;

/// The longest reason, in characters: the audit log repeats it for every image.
const MAX_REASON: usize = 1_000;

/// Criteria, of which all that are given must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exemption {
    /// The index in the list as it is written.
    index: usize,
    images: Option<Vec<ImagePattern>>,
    namespaces: Option<Vec<Glob>>,
    containers: Option<Vec<Glob>>,
    reason: String,
}

impl Exemption {
    /// Reads one exemption. Images or namespaces are required, so that nobody exempts a
    /// container's name everywhere, and a reason is required for whoever reads it later.
    pub(super) fn read(input: &Input<'_, '_>) -> Option<Self> {
        let fields = Fields::of(input)?;
        let globs = |name| fields.given_items(name, |item| item.parsed(Glob::of_labels));
        let exemption = Self {
            index: input.index(),
            images: fields.given_items("images", |item| item.parsed(ImagePattern::parse)),
            namespaces: globs("namespaces"),
            containers: globs("containers"),
            reason: fields
                .required("reason")
                .and_then(|reason| reason.verbatim_text(MAX_REASON))
                .map(|reason| reason.clone().into_owned())
                .unwrap_or_default(),
        };
        if exemption.images.is_none() && exemption.namespaces.is_none() {
            fields.report_whole(SettingsErrorKind::Missing, "needs images or namespaces");
        }
        fields.finalize();
        Some(exemption)
    }

    /// Why somebody has accepted what matches.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) const fn index(&self) -> usize {
        self.index
    }

    /// Whether the criterion for images matches, if it is given.
    pub(super) fn matches_image(
        &self,
        image: Option<&PatternSubject<'_>>,
        budget: &Budget,
    ) -> bool {
        self.images.as_ref().is_none_or(|patterns| {
            let mut patterns = patterns.iter();
            image.is_some_and(|image| patterns.any(|pattern| pattern.matches(image, budget)))
        })
    }

    /// Whether all criteria match. `image` is `None` if it does not parse as a reference,
    /// and matches no pattern then; `container` is `None` for an image outside containers. Nothing
    /// matches where the budget is spent.
    pub(super) fn matches(
        &self,
        image: Option<&PatternSubject<'_>>,
        namespace: Option<&str>,
        container: Option<&str>,
        budget: &Budget,
    ) -> bool {
        if !budget.spend(1) {
            return false;
        }
        let matches_image = self.matches_image(image, budget);
        let matches_name = |globs: &Option<Vec<Glob>>, name: Option<&str>| {
            globs.as_ref().is_none_or(|globs| {
                let mut globs = globs.iter();
                name.is_some_and(|name| globs.any(|glob| glob.matches_within(name, budget)))
            })
        };
        matches_image
            && matches_name(&self.namespaces, namespace)
            && matches_name(&self.containers, container)
    }
}
