//! The drift check: whether the registry still serves the running digests for a tag.

use super::context::Context;
use super::host::{LookupError, RegistryLookups};
use super::running_pods::{PodLookup, container_of};
use crate::image::{Digest, ImageReference};
use crate::workload::ImageSite;

/// The digest that the registry serves for a tag, beside the digests that run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The digest that the registry serves.
    pub served: String,
    /// The digests that run, in short: empty where every Pod runs the served one, one where all
    /// run the same other one, two where they differ.
    pub running: Vec<String>,
}

impl Drift {
    /// Compares the served digest with the running ones. A platform's own manifest counts as the
    /// index that lists it.
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
            let children = lookups.children(reference, &served)?;
            others.retain(|digest| !has_child(children, digest));
        }
        // A current digest comes first, so that the message can name both.
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

    /// Whether every Pod runs the served image.
    pub(super) const fn is_verified(&self) -> bool {
        self.running.is_empty()
    }
}

/// Whether a manifest that is listed in order has this digest.
fn has_child(children: &[String], digest: &str) -> bool {
    let found = children.binary_search_by(|child| child.as_str().cmp(digest));
    found.is_ok()
}

/// Asks the registry and the cluster about the image of a site, and compares the answers.
pub(super) fn drift(
    site: &ImageSite<'_>,
    context: &Context<'_>,
    lookups: &mut RegistryLookups<'_>,
    pods: &mut PodLookup<'_>,
) -> Result<Drift, LookupError> {
    let container = container_of(site, &context.request.kind).ok_or(LookupError::NoPods)?;
    let reference = ImageReference::try_from(site.image()).map_err(|_| LookupError::NoPods)?;
    let served = lookups.digest(&reference)?;
    let running = pods.digests(container, &reference)?;
    Drift::between(served, &running, &reference, lookups)
}
