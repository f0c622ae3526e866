//! What became of one piece of input, and of all together.

use std::fmt;
use std::process::ExitCode;

use crate::engine::EngineError;
use crate::response::ValidationResponse;

use super::error::InputError;
use super::request::Request;

/// What became of one piece of input.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The policy gave its verdict.
    Judged(Box<Request>, ValidationResponse),
    /// The policy gave none.
    Failed(Box<Request>, EngineError),
    /// There was nothing to judge.
    Unreadable(InputError),
}

impl Outcome {
    /// The outcome in a word.
    pub(super) fn verdict(&self) -> Verdict {
        match self {
            Self::Judged(_, response) if !response.accepted => Verdict::Rejected,
            // As a host does: there is nothing that could be changed.
            Self::Judged(request, response)
                if response.mutated_object.is_some() && request.object().is_none() =>
            {
                Verdict::Rejected
            }
            Self::Judged(_, response) if has_warnings(response) => Verdict::Warned,
            Self::Judged(..) => Verdict::Accepted,
            Self::Failed(..) | Self::Unreadable(_) => Verdict::Unusable,
        }
    }
}

fn has_warnings(response: &ValidationResponse) -> bool {
    response.message.is_some()
        || response
            .warnings
            .as_ref()
            .is_some_and(|warnings| !warnings.is_empty())
}

/// The outcome in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Accepted, and nothing to say.
    Accepted,
    /// Accepted, with warnings.
    Warned,
    /// Rejected.
    Rejected,
    /// Not judged.
    Unusable,
}

impl Verdict {
    /// The word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Warned => "warned",
            Self::Rejected => "rejected",
            Self::Unusable => "unusable",
        }
    }
}

/// How many of each verdict there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    accepted: usize,
    warned: usize,
    rejected: usize,
    unusable: usize,
}

impl Tally {
    /// Counts one more.
    pub(super) fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Accepted => &mut self.accepted,
            Verdict::Warned => &mut self.warned,
            Verdict::Rejected => &mut self.rejected,
            Verdict::Unusable => &mut self.unusable,
        };
        *count += 1;
    }

    /// Whether nothing was found at all.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the program ends with. What could not be judged outweighs what was
    /// rejected: a gate must not take a broken file for a judged one.
    pub(super) fn status(&self) -> Status {
        if self.unusable > 0 || self.is_empty() {
            Status::Unusable
        } else if self.rejected > 0 {
            Status::Rejected
        } else {
            Status::Accepted
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.accepted, "accepted"),
            (self.warned, "accepted with warnings"),
            (self.rejected, "rejected"),
            (self.unusable, "unusable"),
        ];
        let mut separator = "";
        for (count, words) in counts.into_iter().filter(|(count, _)| *count > 0) {
            write!(formatter, "{separator}{count} {words}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// What the program ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything was accepted.
    Accepted,
    /// Something was rejected.
    Rejected,
    /// Something could not be judged.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Accepted => 0,
            Status::Rejected => 1,
            Status::Unusable => 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_verdict_gives_the_status() {
        use Verdict::{Accepted, Rejected, Unusable, Warned};
        let cases: &[(&[Verdict], Status, &str)] = &[
            (&[], Status::Unusable, ""),
            (&[Accepted], Status::Accepted, "1 accepted"),
            (
                &[Warned, Accepted],
                Status::Accepted,
                "1 accepted, 1 accepted with warnings",
            ),
            (
                &[Accepted, Rejected, Accepted],
                Status::Rejected,
                "2 accepted, 1 rejected",
            ),
            (
                &[Rejected, Unusable],
                Status::Unusable,
                "1 rejected, 1 unusable",
            ),
            (
                &[Unusable, Accepted],
                Status::Unusable,
                "1 accepted, 1 unusable",
            ),
        ];
        for (verdicts, status, summary) in cases {
            let mut tally = Tally::default();
            for verdict in *verdicts {
                tally.add(*verdict);
            }
            assert_eq!(tally.status(), *status, "{verdicts:?}");
            assert_eq!(tally.to_string(), *summary, "{verdicts:?}");
        }
    }
}
