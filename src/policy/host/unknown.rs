//! Why something is not known that the policy would have liked to know.

use std::fmt;

use crate::image::Quoted;

/// Why something is not known, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Unknown(String);

impl Unknown {
    // Much can be unknown, and little is.
    #[inline(never)]
    pub(in crate::policy) fn since(why: &str) -> Self {
        Self(why.to_owned())
    }

    /// What a host says, as far as it is for others: its first line.
    pub(super) fn refused(words: &str) -> Self {
        let line = words.split('\n').next().unwrap_or_default();
        Self(format!("the host says {}", Quoted::new(line.trim_end())))
    }

    /// The host's answer is not what was expected.
    pub(super) fn malformed(expected: &str) -> Self {
        Self(format!("the host's answer is no {expected}"))
    }

    /// The settings do not list a registry.
    pub(super) fn not_listed(registry: &str) -> Self {
        Self(format!(
            "registries does not list {}",
            Quoted::new(registry)
        ))
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
