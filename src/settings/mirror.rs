//! The setting `tags.mirrors`: prefixes of images under which a registry of one's own copies
//! another one. What is known of a publisher then counts for the copies too.

use std::fmt;

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;
use crate::image::publisher::original_name;
use crate::image::{ImageReference, is_domain_like};
use crate::quoted::Quoted;

/// A prefix, and what it copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mirror {
    prefix: Prefix,
    original: Prefix,
}

impl Mirror {
    pub(super) fn read_all(fields: &Fields<'_, '_>) -> Vec<Self> {
        let Some(mirrors) = fields.optional("mirrors") else {
            return Vec::new();
        };
        let mirrors = mirrors.object().map(|_| mirrors.fields());
        let mirrors = mirrors.into_iter().flatten();
        mirrors
            .filter_map(|(prefix, original)| Self::read(prefix, &original))
            .collect()
    }

    fn read(prefix: &str, original: &Input<'_, '_>) -> Option<Self> {
        let prefix = match Prefix::parse(prefix) {
            Ok(prefix) => Some(prefix),
            Err(error) => {
                original.report(SettingsErrorKind::Value, error);
                None
            }
        };
        let original = original.parsed(Prefix::parse);
        Some(Self {
            prefix: prefix?,
            original: original?,
        })
    }

    /// The name of the repository that this one copies; `None` for one that is not below the
    /// prefix.
    pub(super) fn original(&self, repository: &str) -> Option<String> {
        original_name(repository, &self.prefix.0, &self.original.0)
    }

    /// The prefix of the copies, normalised, with a `/` at its end.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix.0
    }
}

/// A registry, perhaps with the first components of a path. It is normalised, and ends with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Prefix(String);

impl Prefix {
    fn parse(written: &str) -> Result<Self, InvalidPrefix<'_>> {
        if let Some((scheme, rest)) = written.split_once(':')
            && rest.starts_with("//")
        {
            return Err(InvalidPrefix::Scheme(scheme));
        }
        let prefix = written.strip_suffix('/').unwrap_or(written);
        let registry = prefix.split('/').next().unwrap_or(prefix);
        if !is_domain_like(registry) {
            return Err(InvalidPrefix::NoRegistry(written));
        }
        // The repository below the prefix has a path, so nothing is implied.
        let repository = [prefix, "/a/b"].concat();
        match ImageReference::try_from(repository.as_str()) {
            Ok(image) => {
                let mut prefix = image.repository_name();
                prefix.truncate(prefix.len() - "a/b".len());
                Ok(Self(prefix))
            }
            Err(_) => Err(InvalidPrefix::NoRegistry(written)),
        }
    }
}

/// The text is not the beginning of an image's name.
enum InvalidPrefix<'a> {
    Scheme(&'a str),
    NoRegistry(&'a str),
}

impl fmt::Display for InvalidPrefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(scheme) => write!(
                f,
                "has a scheme, which no image has: write it without {}",
                Quoted::new(&format!("{scheme}://"))
            ),
            Self::NoRegistry(written) => write!(
                f,
                "must be a registry, optionally with a path, such as docker.io or harbor.example/dockerhub, not {}",
                Quoted::new(written)
            ),
        }
    }
}
