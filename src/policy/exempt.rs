//! Leaves out the findings that the settings exempt.

use super::context::Context;
use super::judge::{SiteFinding, Unjudged};
use crate::image::ImageReference;

/// The most exempted images that are kept: as many as an answer lists.
const MAX_EXEMPTED: usize = 10;

/// An image that an exemption of the settings accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exempted {
    /// The image as it is written.
    pub image: String,
    /// The reason that the settings give.
    pub reason: String,
}

/// The findings that are left, in the same order, and the images that would be findings too.
pub(super) fn exempt<'t>(
    findings: Vec<SiteFinding<'t>>,
    context: &Context<'_>,
) -> Result<(Vec<SiteFinding<'t>>, Vec<Exempted>), Unjudged> {
    let mut left = Vec::new();
    let mut exempted: Vec<Exempted> = Vec::new();
    for finding in findings {
        let site = finding.site;
        let reason = context.settings.exemption(
            ImageReference::try_from(site.image()).ok().as_ref(),
            context.namespace(),
            site.holder().container_name(),
            context.budget(),
        );
        if context.budget().is_spent() {
            return Err(Unjudged::TooManyComparisons);
        }
        let Some(reason) = reason else {
            left.push(finding);
            continue;
        };
        let image = Exempted {
            image: site.image().to_owned(),
            reason: reason.to_owned(),
        };
        if exempted.len() < MAX_EXEMPTED && !exempted.contains(&image) {
            exempted.push(image);
        }
    }
    Ok((left, exempted))
}
