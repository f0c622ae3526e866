//! Words for the result of look-ups: which image a tag points to now, which one runs, and
//! how the object is adjusted.

use std::fmt;

use crate::policy::drift::Drift;
use crate::policy::evaluation::Finding;
use crate::policy::outcome::Outcome;

/// The length of an abbreviated digest in characters: the algorithm and twelve digits, as
/// container tools show them.
const SHORT: usize = "sha256:".len() + 12;

/// Displays whether the tag has moved since the running Pods were deployed, if known.
pub(super) struct DriftClause<'f>(pub(super) &'f Finding);

impl fmt::Display for DriftClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Ok(Drift { served, running })) = &self.0.drift else {
            return Ok(());
        };
        match running.as_slice() {
            [] => write!(f, ", but the tag still means what runs ({served})"),
            [running] => write!(
                f,
                ", and the tag has moved since it was deployed (the registry serves {served}, the Pods run {running})"
            ),
            [one, other, ..] => write!(
                f,
                ", and the tag moved during a rollout (the registry serves {served}, the Pods run {one} and {other})"
            ),
        }
    }
}

/// Displays which look-up failed, and why.
pub(super) struct FailureClause<'f>(pub(super) &'f Finding);

impl fmt::Display for FailureClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, why) = match (&self.0.outcome, &self.0.drift) {
            (Some(Outcome::NotPinned(why)), _) => ("it cannot be pinned", why),
            (_, Some(Err(why))) => ("whether the tag has moved is not known", why),
            _ => return Ok(()),
        };
        write!(f, ", and {what} ({why})")
    }
}

/// Displays how an image was adjusted, or whether its tag has moved. A warning begins with
/// this, since clients can truncate the end of it.
pub(super) struct Headline<'f>(pub(super) &'f Finding);

impl Headline<'_> {
    pub(super) const fn is_some(&self) -> bool {
        let outcome = &self.0.outcome;
        matches!(outcome, Some(Outcome::Pinned(_) | Outcome::IfNotPresent))
            || matches!(self.0.drift, Some(Ok(_)))
    }
}

impl fmt::Display for Headline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.outcome {
            Some(Outcome::Pinned(digest)) => return write!(f, " is pinned to {digest}"),
            Some(Outcome::IfNotPresent) => {
                let field = &self.0.pull_policy_field;
                return write!(f, " gets {field} IfNotPresent");
            }
            _ => {}
        }
        let Some(Ok(Drift { served, running })) = &self.0.drift else {
            return Ok(());
        };
        match running.as_slice() {
            [] => f.write_str(" still means what runs"),
            [running] => write!(
                f,
                " has moved since it was deployed, {served:.SHORT$}… is served, {running:.SHORT$}… runs"
            ),
            [one, other, ..] => write!(
                f,
                " moved during a rollout, {one:.SHORT$}… and {other:.SHORT$}… run"
            ),
        }
    }
}
