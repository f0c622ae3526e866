//! The name of a namespace.

use std::fmt;
use std::str::FromStr;

/// The name of a namespace, a DNS label (RFC 1123).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Namespace(String);

impl Namespace {
    const MAXIMUM: usize = 63;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_a_dns_label() {
        for (text, expected) in [
            ("team-a", Ok("team-a")),
            ("", Err("a namespace has 1 to 63 characters")),
            (
                "Team",
                Err("'T' is not allowed in a namespace: use lower-case letters, digits and '-'"),
            ),
            (
                "team-",
                Err("a namespace begins and ends with a letter or a digit"),
            ),
        ] {
            let parsed = text.parse::<Namespace>();
            let parsed = parsed.as_ref().map(|namespace| namespace.0.as_str());
            assert_eq!(parsed.map_err(String::as_str), expected, "{text:?}");
        }
    }
}
