//! Whether a tag still means what runs.

use super::host::{Host, Unknown, is_child};
use crate::image::{Digest, ImageReference};

/// What a tag means at its registry, beside what runs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Drift {
    /// Every Pod runs what the registry serves.
    Verified(String),
    /// The registry serves something else than what runs.
    Moved {
        /// What the registry serves.
        served: String,
        /// What runs.
        running: String,
    },
    /// Pods run different things.
    Split {
        /// What the registry serves.
        served: String,
        /// Two of what runs.
        running: [String; 2],
    },
    /// It is not known.
    Unknown(Unknown),
}

impl Drift {
    /// Compares the digest that a registry serves with those that run.
    pub(super) fn between(
        served: String,
        running: Vec<String>,
        reference: &ImageReference<'_>,
        host: &dyn Host,
    ) -> Result<Self, Unknown> {
        let algorithm = |digest: &str| Digest::of(digest).map(|digest| digest.algorithm());
        let is_comparable = |digest: &String| algorithm(digest) == algorithm(&served);
        if !running.iter().all(is_comparable) {
            return Err(Unknown::NotComparable);
        }
        let mut other = running.clone();
        other.retain(|digest| *digest != served);
        if !other.is_empty() {
            let mut are_children = is_child(&other, reference, &served, host)?.into_iter();
            other.retain(|_| are_children.next() != Some(true));
        }
        let is_served = |digest: &String| !other.contains(digest);
        let current = running.iter().find(|digest| is_served(digest)).cloned();
        let mut other = other.into_iter();
        Ok(match (current, other.next(), other.next()) {
            (_, None, _) => Self::Verified(served),
            (None, Some(running), None) => Self::Moved { served, running },
            (Some(one), Some(another), _) | (None, Some(one), Some(another)) => Self::Split {
                served,
                running: [one, another],
            },
        })
    }
}
