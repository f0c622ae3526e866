//! Whether a tag still means what runs.

use super::host::{LookUps, LookupError};
use crate::image::{Digest, ImageReference};

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
        look_ups: &mut LookUps<'_>,
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
            for child in look_ups.children(reference, &served)? {
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
