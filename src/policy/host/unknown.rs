//! Why something is not known that the policy would have liked to know.

use std::fmt;

use super::LONGEST_ANSWER;
use super::registry::MOST_IMAGES;
use crate::image::Quoted;

/// Why something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Unknown {
    /// The host has said this.
    Refused(String),
    /// The host's answer is not this.
    Malformed(&'static str),
    /// The host's answer is longer than any that is read.
    TooLong,
    /// The request names no namespace that there can be.
    NoNamespace,
    /// The settings do not list this registry.
    NotListed(String),
    /// As many images as a request may cause were looked up already.
    TooMany,
    /// Nothing says which Pods, or which of their containers, run the image.
    NoPods,
    /// No Pod runs the image.
    NotRunning,
    /// Pods run it, and do not say by a digest what it is.
    NotComparable,
}

impl Unknown {
    /// What a host says, as far as it is for others: its first line.
    pub(super) fn refused(words: String) -> Self {
        let line = words.lines().next().unwrap_or_default();
        Self::Refused(line.trim_end().to_owned())
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(words) => write!(f, "the host says {}", Quoted::new(words)),
            Self::Malformed(expected) => write!(f, "the host's answer is no {expected}"),
            Self::TooLong => write!(
                f,
                "the host's answer is longer than {} MiB",
                LONGEST_ANSWER >> 20
            ),
            Self::NoNamespace => f.write_str("the request names no namespace"),
            Self::NotListed(registry) => {
                write!(f, "registries does not list {}", Quoted::new(registry))
            }
            Self::TooMany => write!(f, "{MOST_IMAGES} images were looked up already"),
            Self::NoPods => f.write_str("nothing says which containers run it"),
            Self::NotRunning => f.write_str("no Pod is found that runs it"),
            Self::NotComparable => f.write_str("its Pods do not report a digest to compare"),
        }
    }
}
