//! What is found in an object in parts: images, the pull policies that belong to
//! them, and whether there are containers.

use super::decode_error::DecodeErrorKind;
use super::field_path::{FieldPath, Step};
use super::order::sort_by;
use super::place::{Holds, Place, PodSpecForm};
use super::reader::Reading;
use crate::image::PullPolicy;

/// What was gathered of the places of one object.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    /// Whether the PodSpec that needs one has a list of containers, be it empty.
    pub(super) has_containers: bool,
    images: Vec<GatheredImage<'a>>,
    pull_policies: Vec<GatheredPullPolicy<'a>>,
}

/// What an image shares with its pull policy: the place, and the steps into items
/// that both have.
pub(super) type Key<'a> = (usize, Vec<Step<'a>>);

/// An image that was found, and where to find its pull policy.
struct GatheredImage<'a> {
    site: usize,
    key: Key<'a>,
}

/// A pull policy that was found, and for which images.
struct GatheredPullPolicy<'a> {
    key: Key<'a>,
    policy: PullPolicy,
    path: FieldPath<'a>,
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
                reading.note_at(path, DecodeErrorKind::Missing);
            }
        }
    }

    /// Adds an image, the site of this number.
    pub(super) fn add_image(&mut self, site: usize, key: Key<'a>) {
        self.images.push(GatheredImage { site, key });
    }

    /// Adds the pull policy of an image.
    pub(super) fn add_pull_policy(
        &mut self,
        key: Key<'a>,
        policy: PullPolicy,
        path: FieldPath<'a>,
    ) {
        self.pull_policies
            .push(GatheredPullPolicy { key, policy, path });
    }

    /// Brings images and pull policies together. Of two pull policies for one image
    /// nobody knows which counts.
    pub(super) fn join(self, reading: &mut Reading<'a>) {
        let mut pull_policies = self.pull_policies;
        sort_by(&mut pull_policies, |a, b| a.key.cmp(&b.key));
        for pair in pull_policies.windows(2) {
            if let [one, other] = pair
                && one.key == other.key
                && one.policy != other.policy
            {
                reading.note_at(other.path.clone(), DecodeErrorKind::Repeated);
            }
        }
        for image in self.images {
            let found = pull_policies.binary_search_by(|own| own.key.cmp(&image.key));
            let Ok(position) = found else { continue };
            if let Some(own) = pull_policies.get(position) {
                let is_other = |position| {
                    let other: Option<&GatheredPullPolicy<'_>> = pull_policies.get(position);
                    other.is_some_and(|other| other.key == own.key)
                };
                // Changing one of two would make them contradict each other.
                let is_alone = !is_other(position + 1) && !is_other(position.wrapping_sub(1));
                let path = is_alone.then(|| own.path.clone());
                reading.declare(image.site, own.policy, path);
            }
        }
    }
}
