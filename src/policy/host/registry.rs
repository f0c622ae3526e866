//! What registries serve for a tag at this moment.

use super::{Capability, Host, Unknown, ask};
use crate::image::{Digest, ImageReference, Registry};
use crate::settings::Settings;
use crate::workload::Node;

/// The most images that are looked up for one request: whoever writes a manifest
/// chooses how many it names, and the host waits for every answer.
const MOST_IMAGES: usize = 3;
/// Said of any more.
const TOO_MANY: &str = "3 images were looked up already";

/// The look-ups that one request causes, once for each image.
pub(in crate::policy) struct LookUps<'h> {
    host: &'h dyn Host,
    settings: &'h Settings<'h>,
    /// The images that were asked for, with what came of it.
    digests: Vec<(String, Result<String, Unknown>)>,
}

impl<'h> LookUps<'h> {
    pub(in crate::policy) const fn new(host: &'h dyn Host, settings: &'h Settings<'h>) -> Self {
        Self {
            host,
            settings,
            digests: Vec::new(),
        }
    }

    /// The digest that the registry serves for what decides in a reference, its tag.
    pub(in crate::policy) fn digest(
        &mut self,
        reference: &ImageReference<'_>,
    ) -> Result<String, Unknown> {
        let registry = Registry::of(reference.registry()).to_string();
        if !self.settings.allows_to_ask(&registry) {
            return Err(Unknown::not_listed(&registry));
        }
        let name = reference.name();
        let known = self.digests.iter().find(|(known, _)| *known == name);
        if let Some((_, digest)) = known {
            return digest.clone();
        }
        if self.digests.len() >= MOST_IMAGES {
            return Err(Unknown::since(TOO_MANY));
        }
        let digest = self.ask_for_digest(&name);
        self.digests.push((name, digest.clone()));
        digest
    }

    fn ask_for_digest(&self, name: &str) -> Result<String, Unknown> {
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
}

/// Gives `take` the digests of the children of what a registry serves, if that is an
/// index: some container runtimes report the manifest that fits their platform.
pub(in crate::policy) fn children_of(
    reference: &ImageReference<'_>,
    served: &str,
    host: &dyn Host,
    take: &mut dyn FnMut(&str),
) -> Result<(), Unknown> {
    let repository = reference.name();
    let repository = repository.rsplit_once(':').map_or("", |(name, _)| name);
    let request = format!("\"{repository}@{served}\"");
    let expected = "image manifest";
    ask(
        host,
        Capability::Manifest,
        &request,
        expected,
        &mut |answer| {
            match answer.field("manifests") {
                Some(Node::List(children)) => {
                    for child in children {
                        take(child.text_of("digest").unwrap_or_default());
                    }
                }
                // A manifest of one image has none.
                None if answer.field("config").is_some() => {}
                _ => return None,
            }
            Some(())
        },
    )
}
