//! Asks registries for the digest that a tag has at this moment.

use super::{Capability, Host, LookupError, ask, parse};
use crate::budget::Budget;
use crate::document::Value;
use crate::image::{Digest, ImageReference, Registry};
use crate::settings::Settings;

/// The most images that one request looks up. The author of a manifest decides how many it
/// names, and the policy server waits for every answer.
pub(in crate::policy) const MAX_IMAGES: usize = 3;

/// The lookups of one request. Each image is asked for once.
pub(in crate::policy) struct RegistryLookups<'h> {
    host: &'h dyn Host,
    settings: &'h Settings,
    budget: &'h Budget,
    /// The digest of each image, by name.
    digests: Vec<(String, Result<String, LookupError>)>,
    /// The digests of the children of each image's manifest, by name.
    children: Vec<(String, Result<Vec<String>, LookupError>)>,
}

impl<'h> RegistryLookups<'h> {
    pub(in crate::policy) const fn new(
        host: &'h dyn Host,
        settings: &'h Settings,
        budget: &'h Budget,
    ) -> Self {
        Self {
            host,
            settings,
            budget,
            digests: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The digest that the registry serves for the tag of a reference.
    pub(in crate::policy) fn digest(
        &mut self,
        reference: &ImageReference<'_>,
    ) -> Result<String, LookupError> {
        if self.budget.is_spent() {
            return Err(LookupError::TooManyComparisons);
        }
        let registry = Registry::of(reference.registry());
        if !self.settings.allows_to_ask(&registry, self.budget) {
            return Err(match self.budget.is_spent() {
                true => LookupError::TooManyComparisons,
                false => LookupError::NotListed(registry.to_string()),
            });
        }
        let name = reference.name();
        let known = self.digests.iter().find(|(known, _)| *known == name);
        if let Some((_, digest)) = known {
            return digest.clone();
        }
        if self.digests.len() >= MAX_IMAGES {
            return Err(LookupError::TooMany);
        }
        let digest = self.ask_for_digest(&name);
        self.digests.push((name, digest.clone()));
        digest
    }

    fn ask_for_digest(&self, name: &str) -> Result<String, LookupError> {
        const EXPECTED: &str = "a digest";
        let answer = ask(
            self.host,
            Capability::ManifestDigest,
            &format!("\"{name}\""),
        )?;
        let answer = parse(&answer, &["digest"], EXPECTED)?;
        let digest = answer.str_at("digest").and_then(Digest::of);
        let digest = digest.ok_or(LookupError::Malformed(EXPECTED))?;
        Ok(digest.as_str().to_owned())
    }

    /// The digests of the manifests in an index, in order; empty for a single image. Some container
    /// runtimes report the manifest of their platform instead of the index.
    pub(in crate::policy) fn children(
        &mut self,
        reference: &ImageReference<'_>,
        served: &str,
    ) -> Result<&[String], LookupError> {
        let name = reference.name();
        if !self.children.iter().any(|(known, _)| *known == name) {
            let children = self.ask_for_children(&name, served);
            self.children.push((name.clone(), children));
        }
        let known = self.children.iter().find(|(known, _)| *known == name);
        let (_, children) = known.ok_or(LookupError::TooMany)?;
        children.as_deref().map_err(Clone::clone)
    }

    fn ask_for_children(&self, name: &str, served: &str) -> Result<Vec<String>, LookupError> {
        const EXPECTED: &str = "an image manifest";
        let repository = name
            .rsplit_once(':')
            .map_or(name, |(repository, _)| repository);
        let request = format!("\"{repository}@{served}\"");
        let answer = ask(self.host, Capability::Manifest, &request)?;
        let answer = parse(&answer, &["config", "digest", "manifests"], EXPECTED)?;
        match answer.get("manifests") {
            Some(Value::Array(children)) => {
                let digests = children.iter().map(|child| child.str_at("digest"));
                let digests = digests.map(|digest| digest.unwrap_or_default().to_owned());
                let mut digests: Vec<_> = digests.collect();
                digests.sort();
                Ok(digests)
            }
            // The manifest of a single image has a `config` and no children.
            None if answer.get("config").is_some() => Ok(Vec::new()),
            _ => Err(LookupError::Malformed(EXPECTED)),
        }
    }
}
