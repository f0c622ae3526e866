//! Words for the reason why an image is a finding.

use std::fmt;

use crate::image::{MutableReason, first_placeholder};
use crate::policy::evaluation::Finding;
use crate::policy::judge::Cause;
use crate::quoted::Quoted;

/// The maximum number of characters to quote from a placeholder, which can be a whole program.
const MAX_PLACEHOLDER: usize = 60;

/// Displays why the image is a finding, as a predicate of the image.
pub(super) struct CauseClause<'f>(pub(super) &'f Finding);

impl fmt::Display for CauseClause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let placeholder = || first_placeholder(&self.0.image);
        let placeholder = || placeholder().map(|text| Quoted::truncated(text, MAX_PLACEHOLDER));
        let reason = match &self.0.cause {
            Cause::Unparsable(error) => {
                return write!(f, "is not a valid image reference ({error})");
            }
            Cause::Template => {
                return match placeholder() {
                    Some(placeholder) => {
                        write!(
                            f,
                            "has the placeholder {placeholder}, which is not filled in yet"
                        )
                    }
                    None => f.write_str("is blank until something fills it in"),
                };
            }
            Cause::NotFilledIn => {
                return match placeholder() {
                    Some(placeholder) => {
                        write!(
                            f,
                            "has the placeholder {placeholder}, which was not filled in"
                        )
                    }
                    None => f.write_str("is blank"),
                };
            }
            Cause::NoImage(listed_in) => {
                return write!(f, "names no image, though {} lists it", listed_in.as_str());
            }
            Cause::Mutable(reason) => reason,
        };
        f.write_str(match reason {
            MutableReason::Declared => "is declared mutable by tags.mutable",
            MutableReason::NoTag => "has no tag, which means latest",
            MutableReason::Latest => "moves with every release",
            MutableReason::Unpinned => "has no digest (tags.consider is any)",
            MutableReason::Dirty => "was built from uncommitted changes",
            MutableReason::Channel => "names a channel, not a build",
            MutableReason::Branch => "names a branch or a pull request, not a build",
            MutableReason::Placeholder => "has a version of nothing but zeros",
            MutableReason::FloatingVersion => "names only part of a version, not a build",
            MutableReason::Rebuilt => {
                "comes from a publisher that rebuilds exact versions in place"
            }
        })
    }
}
