//! Words for the result of lookups: whether the tag has moved, and which lookup failed.

use std::fmt;

use crate::policy::drift::Drift;
use crate::policy::evaluation::Finding;
use crate::policy::outcome::Outcome;

/// The form in which digests are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digests {
    Whole,
    /// The algorithm and twelve digits, as container tools show them.
    Short,
}

impl Digests {
    /// The number of characters that are written of a digest.
    const fn length(self) -> usize {
        match self {
            Self::Whole => u16::MAX as usize,
            Self::Short => "sha256:".len() + 12,
        }
    }
}

/// Displays whether the tag has moved since the running Pods were deployed, if known.
pub(super) struct DriftClause<'f>(pub(super) &'f Finding, pub(super) Digests);

impl fmt::Display for DriftClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Ok(Drift { served, running })) = &self.0.drift else {
            return Ok(());
        };
        let length = self.1.length();
        match running.as_slice() {
            [] => write!(
                f,
                ", but still points to the running image ({served:.length$})"
            ),
            [running] => write!(
                f,
                ", and has moved since it was deployed (the registry serves {served:.length$}, the Pods run {running:.length$})"
            ),
            [one, other, ..] => write!(
                f,
                ", and moved during a rollout (the registry serves {served:.length$}, the Pods run {one:.length$} and {other:.length$})"
            ),
        }
    }
}

/// Displays which lookup failed, and why.
pub(super) struct FailureClause<'f>(pub(super) &'f Finding);

impl fmt::Display for FailureClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, why) = match (&self.0.outcome, &self.0.drift) {
            (Some(Outcome::NotPinned(why)), _) => ("it cannot be pinned", why),
            (_, Some(Err(why))) => ("it is not known whether it has moved", why),
            _ => return Ok(()),
        };
        write!(f, " ({what}: {why})")
    }
}
