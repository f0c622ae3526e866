//! What registries serve for a tag at this moment.

use super::{Capability, Host, Unknown, ask};
use crate::image::{Digest, ImageReference, Registry};
use crate::settings::Settings;
use crate::workload::Node;

/// The most images that are looked up for one request: whoever writes a manifest
/// chooses how many it names, and the host waits for every answer.
pub(super) const MOST_IMAGES: usize = 3;

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
        let registry = Registry::of(reference.registry());
        if !self.settings.allows_to_ask(&registry) {
            return Err(Unknown::NotListed(registry.to_string()));
        }
        let name = reference.name();
        if let Some((_, digest)) = self.digests.iter().find(|(known, _)| *known == name) {
            return digest.clone();
        }
        if self.digests.len() >= MOST_IMAGES {
            return Err(Unknown::TooMany);
        }
        let digest = self.ask_for_digest(&name);
        self.digests.push((name, digest.clone()));
        digest
    }

    fn ask_for_digest(&self, name: &str) -> Result<String, Unknown> {
        let request = format!("\"{name}\"");
        ask(
            self.host,
            Capability::ManifestDigest,
            &request,
            "digest",
            |answer| {
                let digest = answer.field("digest")?.text()?;
                Digest::of(digest)?;
                Some(digest.to_owned())
            },
        )
    }
}

/// Whether what a registry serves is an index of which every one of `digests` is a
/// child: some container runtimes report the manifest that fits their platform.
pub(in crate::policy) fn is_child(
    digests: &[String],
    reference: &ImageReference<'_>,
    served: &str,
    host: &dyn Host,
) -> Result<Vec<bool>, Unknown> {
    let repository = reference.name();
    let repository = repository.rsplit_once(':').map_or("", |(name, _)| name);
    let request = format!("\"{repository}@{served}\"");
    let expected = "image manifest";
    ask(host, Capability::Manifest, &request, expected, |answer| {
        let children = match answer.field("manifests") {
            Some(Node::List(children)) => children.as_slice(),
            // A manifest of one image has none.
            None if answer.field("config").is_some() => &[],
            _ => return None,
        };
        let is_child = |digest: &String| {
            let mut children = children
                .iter()
                .filter_map(|child| child.field("digest")?.text());
            children.any(|child| child == digest)
        };
        Some(digests.iter().map(is_child).collect())
    })
}
