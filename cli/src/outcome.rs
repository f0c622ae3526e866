//! The outcome of each piece of input, and the exit status of all together.

use std::fmt;
use std::process::ExitCode;

use crate::judge::{JudgeError, Judgement};
use crate::response::ValidationResponse;

use crate::input::error::InputError;
use crate::request::Request;

#[derive(Debug)]
pub(crate) enum Outcome {
    Judged(Box<Request>, Judgement),
    /// The policy gave no verdict.
    Failed(Box<Request>, JudgeError),
    /// The input could not be read.
    Unreadable(InputError),
}

impl Outcome {
    pub(crate) fn verdict(&self) -> Verdict {
        match self {
            Self::Judged(_, judged) if !judged.response.accepted => Verdict::Rejected,
            // Like a host, rejects a mutation of an object that does not exist.
            Self::Judged(request, judged)
                if judged.response.mutated_object.is_some() && request.object().is_none() =>
            {
                Verdict::Rejected
            }
            Self::Judged(_, judged) if has_warnings(&judged.response) => Verdict::Warned,
            Self::Judged(..) => Verdict::Accepted,
            Self::Failed(..) | Self::Unreadable(_) => Verdict::Unusable,
        }
    }
}

/// The rejection of a mutation where there is no object, in the words of the host.
pub(crate) const NOTHING_TO_CHANGE: &str =
    "the policy changed the object of a request that has none";

/// The message of an answer, or of the host where it rejects the answer.
pub(crate) fn message<'j>(request: &Request, judged: &'j Judgement) -> Option<&'j str> {
    match judged.response.mutated_object {
        Some(_) if request.object().is_none() => Some(NOTHING_TO_CHANGE),
        _ => judged.response.message.as_deref(),
    }
}

fn has_warnings(response: &ValidationResponse) -> bool {
    response.message.is_some()
        || response
            .warnings
            .as_ref()
            .is_some_and(|warnings| !warnings.is_empty())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Accepted without warnings.
    Accepted,
    Warned,
    Rejected,
    Unusable,
}

impl Verdict {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Warned => "warned",
            Self::Rejected => "rejected",
            Self::Unusable => "unusable",
        }
    }
}

/// The number of outcomes with each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    accepted: usize,
    warned: usize,
    rejected: usize,
    unusable: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Accepted => &mut self.accepted,
            Verdict::Warned => &mut self.warned,
            Verdict::Rejected => &mut self.rejected,
            Verdict::Unusable => &mut self.unusable,
        };
        *count += 1;
    }

    /// Whether there was no input at all.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The exit status. Input that could not be judged outweighs a rejection, so that a CI job
    /// does not take a broken file for a judged one.
    pub(crate) fn status(&self) -> Status {
        if self.unusable > 0 || self.is_empty() {
            Status::Unusable
        } else if self.rejected > 0 {
            Status::Rejected
        } else {
            Status::Accepted
        }
    }

    pub(crate) fn has_warned(&self) -> bool {
        self.warned > 0
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

/// The exit status of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Accepted,
    /// Something was warned of, and the user set this exit status for it.
    Warned(u8),
    /// At least one request was rejected.
    Rejected,
    /// At least one piece of input could not be judged.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Accepted => 0,
            Status::Warned(status) => status,
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
