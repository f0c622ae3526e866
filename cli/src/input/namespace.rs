//! The name of a namespace.

use std::fmt;
use std::str::FromStr;

/// The name of a namespace, a DNS label (RFC 1123).
///
/// ```
/// # use mutable_tags_cli::Namespace;
/// assert_eq!("team-a".parse::<Namespace>()?.as_str(), "team-a");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace(String);

impl Namespace {
    const MAXIMUM: usize = 63;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Namespace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        if text.is_empty() || text.len() > Self::MAXIMUM {
            return Err(format!("a namespace has 1 to {} characters", Self::MAXIMUM));
        }
        if let Some(offender) = text.chars().find(|&character| !is_plain(character)) {
            return Err(format!(
                "{offender:?} is not allowed in a namespace: use lower-case letters, digits and '-'"
            ));
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err("a namespace begins and ends with a letter or a digit".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}
