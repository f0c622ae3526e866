//! What is said of what is not known.

use std::fmt;

use crate::image::Quoted;
use crate::policy::host::{LONGEST_ANSWER, LookupError, MOST_IMAGES};

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(words) => return write!(f, "the host says {}", Quoted::new(words)),
            Self::NotListed(registry) => {
                return write!(f, "registries does not list {}", Quoted::new(registry));
            }
            Self::Malformed(expected) => {
                return write!(f, "the host's answer is no {expected}");
            }
            Self::TooLong => {
                let most = LONGEST_ANSWER >> 20;
                return write!(f, "the host's answer is longer than {most} MiB");
            }
            Self::TooMany => return write!(f, "{MOST_IMAGES} images were looked up already"),
            Self::NoNamespace => "the request names no namespace that there can be",
            Self::NoPods => "nothing says which containers run it",
            Self::NotRunning => "no Pod is found that runs it",
            Self::OtherImage => "some of its Pods run another image",
            Self::NotComparable => "its Pods do not report a digest to compare",
        })
    }
}
