//! Patterns for names of namespaces, containers, environment variables, arguments and users.

use std::fmt;

use super::wildcard::{MAX_LENGTH, TooLong, check_length, matches};
use crate::budget::Budget;
use crate::image::first_disallowed;
use crate::quoted::QuotedChar;

/// The longest name that a pattern matches, in bytes. Names in use are shorter, and
/// matching one of a megabyte would take time.
const MAX_NAME: usize = 255;
/// The steps of trying a pattern, beside those of comparing its bytes.
const GLOB_STEPS: usize = 4;
/// The longest DNS label, in characters (RFC 1123).
const MAX_LABEL: usize = 63;

/// A pattern in which `?` stands for one character and `*` for any run of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    pattern: Box<str>,
    /// The longest name that the pattern matches, in bytes.
    max_length: usize,
}

impl Glob {
    pub(super) fn of_names(pattern: &str) -> Result<Self, InvalidGlob> {
        check_length(pattern).map_err(|TooLong| InvalidGlob::TooLong)?;
        Ok(Self {
            pattern: pattern.into(),
            max_length: MAX_NAME,
        })
    }

    /// Parses a pattern for names that are DNS labels (RFC 1123), as those of namespaces
    /// and containers are. Other characters are refused, since they would never match.
    pub(super) fn of_labels(pattern: &str) -> Result<Self, InvalidGlob> {
        let is_allowed = |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '*' | '?');
        match first_disallowed(pattern, is_allowed) {
            Some(character) => Err(InvalidGlob::NotALabel(character)),
            None => Ok(Self {
                max_length: MAX_LABEL,
                ..Self::of_names(pattern)?
            }),
        }
    }

    /// Whether the pattern matches a name of which a request has only one, so that no budget is needed.
    pub(super) fn matches(&self, name: &str) -> bool {
        self.matches_within(name, &Budget::unlimited())
    }

    /// Whether the pattern matches one of many names; `false` where the budget is spent.
    pub(super) fn matches_within(&self, name: &str, budget: &Budget) -> bool {
        budget.spend(GLOB_STEPS)
            && name.len() <= self.max_length
            && matches(&self.pattern, name, budget)
    }
}

/// A pattern for names of arguments. One leading dash and two mean the same, as for Go's `flag`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArgumentGlob(Glob);

impl ArgumentGlob {
    pub(super) fn parse(pattern: &str) -> Result<Self, InvalidGlob> {
        let name = without_dashes(pattern).ok_or(InvalidGlob::NotAnArgument)?;
        Glob::of_names(name).map(Self)
    }

    pub(super) fn matches_within(&self, argument: &str, budget: &Budget) -> bool {
        let name = without_dashes(argument).filter(|_| budget.spend(GLOB_STEPS));
        name.is_some_and(|name| self.0.matches_within(name, budget))
    }
}

/// The name of an argument without its dashes; `None` where it has none, or nothing else.
fn without_dashes(argument: &str) -> Option<&str> {
    let name = argument.strip_prefix('-')?;
    let name = name.strip_prefix('-').unwrap_or(name);
    (!name.is_empty()).then_some(name)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InvalidGlob {
    /// DNS labels do not have this character.
    NotALabel(char),
    /// The pattern does not begin with a dash, or has nothing after its dashes.
    NotAnArgument,
    TooLong,
}

impl fmt::Display for InvalidGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALabel(character) => write!(
                f,
                "has the character {}, but such a name has lower-case letters, digits and hyphens only",
                QuotedChar(*character)
            ),
            Self::NotAnArgument => {
                f.write_str("must be the name of an argument with its dashes, such as --image")
            }
            Self::TooLong => write!(f, "has more than {} characters", MAX_LENGTH),
        }
    }
}
