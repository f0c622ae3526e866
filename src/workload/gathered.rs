//! What is found in an object in parts: images, the pull policies that belong to
//! them, and whether there are containers.

use super::field_path::Step;
use super::order::sort_by;
use super::place::{Holds, Place, PodSpecForm};
use super::reader::Reading;
use super::site::{DeclaredPullPolicy, ImageSite};
use super::unreadable::Fault;
use crate::image::PullPolicy;

/// What was gathered of the places of one object.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    /// Whether a PodSpec has a list of containers, be it empty.
    pub(super) has_containers: bool,
    images: Vec<GatheredImage<'a>>,
    pull_policies: Vec<(Key<'a>, PullPolicy)>,
}

/// What an image shares with its pull policy: the place, and the steps into items
/// that both have.
pub(super) type Key<'a> = (usize, Vec<Step<'a>>);

/// An image that was found, and where to find its pull policy.
struct GatheredImage<'a> {
    site: usize,
    key: Key<'a>,
}

impl<'a> Gathered<'a> {
    /// Notes that containers are missing where a PodSpec needs some.
    pub(super) fn note_missing(
        &self,
        places: impl Iterator<Item = &'a Place<'a>>,
        reading: &mut Reading<'a>,
    ) {
        for place in places {
            if *place.holds() == Holds::PodSpec(PodSpecForm::Complete) && !self.has_containers {
                let path = place.path().path().field("containers");
                reading.note_at(path, Fault::Missing);
            }
        }
    }

    /// Adds an image, the site of this number.
    pub(super) fn add_image(&mut self, site: usize, key: Key<'a>) {
        self.images.push(GatheredImage { site, key });
    }

    /// Adds the pull policy of an image.
    pub(super) fn add_pull_policy(&mut self, key: Key<'a>, policy: PullPolicy) {
        self.pull_policies.push((key, policy));
    }

    /// Brings images and pull policies together.
    pub(super) fn join(self, sites: &mut [ImageSite<'a>]) {
        let mut pull_policies = self.pull_policies;
        sort_by(&mut pull_policies, |(a, _), (b, _)| a.cmp(b));
        for image in self.images {
            let found = pull_policies.binary_search_by(|(key, _)| key.cmp(&image.key));
            let policy = found.ok().and_then(|position| pull_policies.get(position));
            if let (Some(site), Some((_, policy))) = (sites.get_mut(image.site), policy) {
                site.pull_policy = DeclaredPullPolicy::Declared(*policy);
            }
        }
    }
}
