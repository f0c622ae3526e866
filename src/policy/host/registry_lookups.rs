//! What registries serve for a tag at this moment.

use super::{Capability, Host, LookupError, ask, parse};
use crate::document::Value;
use crate::image::{Digest, ImageReference, Registry};
use crate::settings::Settings;

/// The most images that are looked up for one request: whoever writes a manifest
/// chooses how many it names, and the host waits for every answer.
pub(in crate::policy) const MAX_IMAGES: usize = 3;

/// The look-ups that one request causes, once for each image.
pub(in crate::policy) struct RegistryLookups<'h> {
    host: &'h dyn Host,
    settings: &'h Settings,
    /// The images that were asked for, with what came of it.
    digests: Vec<(String, Result<String, LookupError>)>,
    /// The images of which the manifest was asked for, with the digests of its children.
    children: Vec<(String, Result<Vec<String>, LookupError>)>,
}

impl<'h> RegistryLookups<'h> {
    pub(in crate::policy) const fn new(host: &'h dyn Host, settings: &'h Settings) -> Self {
        Self {
            host,
            settings,
            digests: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The digest that the registry serves for what decides in a reference, its tag.
    pub(in crate::policy) fn digest(
        &mut self,
        reference: &ImageReference<'_>,
    ) -> Result<String, LookupError> {
        let registry = Registry::of(reference.registry());
        if !self.settings.allows_to_ask(&registry) {
            return Err(LookupError::NotListed(registry.to_string()));
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
        const EXPECTED: &str = "digest";
        let answer = ask(
            self.host,
            Capability::ManifestDigest,
            &format!("\"{name}\""),
        )?;
        let answer = parse(&answer, EXPECTED)?;
        let digest = answer.str_at("digest").and_then(Digest::of);
        let digest = digest.ok_or(LookupError::Malformed(EXPECTED))?;
        Ok(digest.as_str().to_owned())
    }

    /// The digests of the children of what the registry serves, if that is an index: some
    /// container runtimes report the manifest that fits their platform.
    pub(in crate::policy) fn children(
        &mut self,
        reference: &ImageReference<'_>,
        served: &str,
    ) -> Result<Vec<String>, LookupError> {
        let name = reference.name();
        let known = self.children.iter().find(|(known, _)| *known == name);
        if let Some((_, children)) = known {
            return children.clone();
        }
        let children = self.ask_for_children(&name, served);
        self.children.push((name, children.clone()));
        children
    }

    fn ask_for_children(&self, name: &str, served: &str) -> Result<Vec<String>, LookupError> {
        const EXPECTED: &str = "image manifest";
        let repository = name
            .rsplit_once(':')
            .map_or(name, |(repository, _)| repository);
        let request = format!("\"{repository}@{served}\"");
        let answer = ask(self.host, Capability::Manifest, &request)?;
        let answer = parse(&answer, EXPECTED)?;
        match answer.get("manifests") {
            Some(Value::Array(children)) => {
                let digests = children.iter().map(|child| child.str_at("digest"));
                Ok(digests
                    .map(|digest| digest.unwrap_or_default().to_owned())
                    .collect())
            }
            // A manifest of one image has none.
            None if answer.get("config").is_some() => Ok(Vec::new()),
            _ => Err(LookupError::Malformed(EXPECTED)),
        }
    }
}
