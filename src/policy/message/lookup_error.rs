//! Words for lookups that failed.

use std::fmt;

use crate::policy::host::{LookupError, MAX_IMAGES};
use crate::quoted::Quoted;

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(words) => return write!(f, "the host says {}", Quoted::new(words)),
            Self::NotListed(registry) => {
                return write!(
                    f,
                    "the setting registries does not list {}",
                    Quoted::new(registry)
                );
            }
            Self::Malformed(expected) => {
                return write!(f, "the host's answer is not {expected}");
            }
            Self::TooLong(most) => {
                return write!(f, "the host's answer is longer than {} MiB", most >> 20);
            }
            Self::TooMany => return write!(f, "{MAX_IMAGES} images were looked up already"),
            Self::TooManyComparisons => "it takes more comparisons than a request may have",
            Self::NoNamespace => "the request names no valid namespace",
            Self::NoPods => "nothing says which containers run it",
            Self::NotRunning => "no Pod runs it",
            Self::OtherImage => "some of its Pods run another image",
            Self::NotComparable => "its Pods do not report a digest to compare",
        })
    }
}
