//! Whether a tag still means what runs.

use super::context::Context;
use super::host::{LookupError, RegistryLookups};
use super::running_pods::{PodLookup, container_of};
use crate::image::{Digest, ImageReference};
use crate::workload::ImageSite;

/// What a tag means at its registry, beside what runs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What the registry serves.
    pub served: String,
    /// Nothing where every Pod runs that. One digest where all of them run another one, two
    /// where they run different things.
    pub running: Vec<String>,
}

impl Drift {
    /// Compares the digest that a registry serves with those that run.
    pub(super) fn between(
        served: String,
        running: &[&str],
        reference: &ImageReference<'_>,
        lookups: &mut RegistryLookups<'_>,
    ) -> Result<Self, LookupError> {
        let algorithm = |digest| Digest::of(digest).map(|digest| digest.algorithm());
        let mut others = Vec::new();
        for digest in running {
            if algorithm(*digest) != algorithm(&served) {
                return Err(LookupError::NotComparable);
            }
            if **digest != served {
                others.push(*digest);
            }
        }
        if !others.is_empty() {
            for child in lookups.children(reference, &served)? {
                if let Some(position) = others.iter().position(|digest| *digest == child) {
                    others.remove(position);
                }
            }
        }
        // One that is served comes first.
        if !others.is_empty()
            && let Some(current) = running.iter().find(|digest| !others.contains(*digest))
        {
            others.insert(0, current);
        }
        let mut running = Vec::new();
        for digest in others.into_iter().take(2) {
            running.push(digest.to_owned());
        }
        Ok(Self { served, running })
    }

    /// Whether the tag still means what runs.
    pub(super) const fn is_verified(&self) -> bool {
        self.running.is_empty()
    }
}

/// Compares what a tag means at its registry with what runs of it.
pub(super) fn drift(
    site: &ImageSite<'_>,
    context: &Context<'_>,
    lookups: &mut RegistryLookups<'_>,
    pods: &mut PodLookup<'_>,
) -> Result<Drift, LookupError> {
    let container = container_of(site, &context.request.kind).ok_or(LookupError::NoPods)?;
    let reference = ImageReference::try_from(site.image()).map_err(|_| LookupError::NoPods)?;
    let served = lookups.digest(&reference)?;
    let running = pods.get()?.digests(container, &reference)?;
    Drift::between(served, &running, &reference, lookups)
}
