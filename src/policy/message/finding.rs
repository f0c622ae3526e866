//! Words for one finding: the image, where it stands, and what is wrong with it.

use std::fmt::{self, Write as _};

use super::cause::CauseClause;
use super::drift::{Digests, DriftClause, FailureClause};
use super::number::Number;
use super::pull::PullClause;
use super::shortened::without_middle;
use super::warn_reason::{Reason, WarnedClause};
use crate::policy::evaluation::{Finding, NamedHolder};
use crate::quoted::Quoted;

/// The maximum length of an image, in bytes. A longer one is cut in the middle, so that its tag is
/// seen.
const MAX_IMAGE: usize = 120;
/// The maximum length of a path, in bytes.
const MAX_PATH: usize = 160;
/// The maximum length of a holder's name, in characters: that of a container's.
const MAX_NAME: usize = 63;

/// A finding, and the words for its image.
pub(super) struct Described<'f> {
    pub(super) finding: &'f Finding,
    /// The image, its place, and what is wrong with it.
    pub(super) text: String,
    /// The words after them, which other findings can share.
    pub(super) shared: String,
}

impl<'f> Described<'f> {
    pub(super) fn of(finding: &'f Finding) -> Self {
        // Most texts fit, so the string does not grow while it is written.
        let mut text = String::with_capacity(256);
        // Writing to a `String` cannot fail.
        let _ = write!(
            text,
            "{} ({}) {}",
            Subject(finding),
            Place(finding),
            Wrong(finding, Digests::Whole)
        );
        Self {
            finding,
            text,
            shared: shared(finding, Number::One),
        }
    }

    /// The words for the image alone, without its place.
    pub(super) fn sentence(&self) -> String {
        let (subject, wrong) = (Subject(self.finding), Wrong(self.finding, Digests::Short));
        format!("{subject} {wrong}{}", Joined(self.finding, &self.shared))
    }

    /// The length of all words, in bytes.
    pub(super) const fn length(&self) -> usize {
        self.text.len() + self.shared.len()
    }
}

/// The part of a sentence that several findings share.
pub(super) fn shared(finding: &Finding, number: Number) -> String {
    let pull = PullClause::of(finding, number);
    let reason = Reason::of_finding(finding).map(|reason| WarnedClause(reason, number));
    match (pull, reason) {
        (None, None) => String::new(),
        (Some(pull), None) => pull.to_string(),
        (None, Some(reason)) => reason.to_string(),
        (Some(pull), Some(reason)) => format!("{pull} ({reason})"),
    }
}

/// The warning of a finding. Clients may truncate it, so the place comes last.
pub(super) fn warning(described: &Described<'_>) -> String {
    format!("{}: {}", described.sentence(), Place(described.finding))
}

/// Displays the words that several findings can share, after the words for one.
pub(super) struct Joined<'f>(pub(super) &'f Finding, pub(super) &'f str);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(finding, shared) = self;
        match PullClause::of(finding, Number::One) {
            Some(pull) => write!(f, "{}{shared}", pull.conjunction()),
            None if shared.is_empty() => Ok(()),
            None => write!(f, " ({shared})"),
        }
    }
}

/// Displays the image or, if a listed variable or argument names none, that variable or argument.
struct Subject<'f>(&'f Finding);

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { image, holder, .. } = self.0;
        match holder {
            Some(NamedHolder { kind, name }) if image.is_empty() => {
                write!(f, "{kind} {}", Quoted::truncated(name, MAX_IMAGE))
            }
            _ => Quoted::without_middle(image, MAX_IMAGE).fmt(f),
        }
    }
}

/// Displays the container or other holder of the image, and the path.
struct Place<'f>(&'f Finding);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            image,
            holder,
            path,
            ..
        } = self.0;
        if let Some(NamedHolder { kind, name }) = holder
            && !image.is_empty()
        {
            write!(f, "{kind} {}, ", Quoted::truncated(name, MAX_NAME))?;
        }
        f.write_str(&without_middle(&path.to_string(), MAX_PATH))
    }
}

/// Displays what is wrong with the image, and what was looked up.
struct Wrong<'f>(&'f Finding, Digests);

impl fmt::Display for Wrong<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(finding, digests) = self;
        write!(
            f,
            "{}{}{}",
            CauseClause(finding),
            DriftClause(finding, *digests),
            FailureClause(finding)
        )
    }
}
