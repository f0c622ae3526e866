//! What registries serve for a tag at this moment.

use super::{Capability, Host, LookupError, ask};
use crate::image::{Digest, ImageReference, Registry};
use crate::settings::Settings;
use crate::workload::Node;

/// The most images that are looked up for one request: whoever writes a manifest
/// chooses how many it names, and the host waits for every answer.
pub(in crate::policy) const MOST_IMAGES: usize = 3;

/// The look-ups that one request causes, once for each image.
pub(in crate::policy) struct LookUps<'h> {
    host: &'h dyn Host,
    settings: &'h Settings<'h>,
    /// The images that were asked for, with what came of it.
    digests: Vec<(String, Result<String, LookupError>)>,
    /// The images of which the manifest was asked for, with the digests of its children.
    children: Vec<(String, Result<Vec<String>, LookupError>)>,
}

impl<'h> LookUps<'h> {
    pub(in crate::policy) const fn new(host: &'h dyn Host, settings: &'h Settings<'h>) -> Self {
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
        if self.digests.len() >= MOST_IMAGES {
            return Err(LookupError::TooMany);
        }
        let digest = self.ask_for_digest(&name);
        self.digests.push((name, digest.clone()));
        digest
    }

    fn ask_for_digest(&self, name: &str) -> Result<String, LookupError> {
        let request = format!("\"{name}\"");
        let capability = Capability::ManifestDigest;
        let mut found = String::new();
        ask(self.host, capability, &request, "digest", &mut |answer| {
            let digest = Digest::of(answer.text_of("digest")?)?;
            found.push_str(digest.as_str());
            Some(())
        })?;
        Ok(found)
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
        let repository = name
            .rsplit_once(':')
            .map_or(name, |(repository, _)| repository);
        let request = format!("\"{repository}@{served}\"");
        let mut digests = Vec::new();
        ask(
            self.host,
            Capability::Manifest,
            &request,
            "image manifest",
            &mut |answer| {
                match answer.field("manifests") {
                    Some(Node::List(children)) => {
                        for child in children {
                            digests.push(child.text_of("digest").unwrap_or_default().to_owned());
                        }
                    }
                    // A manifest of one image has none.
                    None if answer.field("config").is_some() => {}
                    _ => return None,
                }
                Some(())
            },
        )?;
        Ok(digests)
    }
}
